"""Headless Chromium for tests: the browser of the system, never one that is downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOW_TO_GET_IT = "This test needs Chromium: apt-get install chromium, or brew install chromium."


def find_chromium() -> str:
    """Return the path of Chromium; without it, skip the test, or fail it where CI is true.

    Returns
    -------
    str
        Path of the browser.
    """
    found = [path for path in map(shutil.which, NAMES) if path is not None]
    if found:
        return found[0]
    if os.environ.get("CI") == "true":
        pytest.fail(HOW_TO_GET_IT)
    pytest.skip(HOW_TO_GET_IT)


@contextmanager
def headless_chromium() -> Iterator[Browser]:
    """Start headless Chromium and close it at the end of the block.

    Yields
    ------
    playwright.sync_api.Browser
        The browser.
    """
    path = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()
