"""Headless Chromium for tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Optional

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


def find_chromium() -> Optional[str]:
    """Return the path of the machine's Chromium, else of the one Playwright downloaded; None where there is none."""
    found = [path for path in map(shutil.which, NAMES) if path is not None]
    if found:
        return found[0]
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return str(own) if own.exists() else None


@contextmanager
def headless_chromium() -> Iterator[Browser]:
    """Start headless Chromium and close it at the end of the block.

    Yields
    ------
    playwright.sync_api.Browser
        The browser.
    """
    path = find_chromium()
    if path is None:
        if os.environ.get("SKIP_BROWSER") == "1":
            pytest.skip("SKIP_BROWSER=1: Chromium is missing.")
        pytest.fail("Chromium is missing: 'make test' installs it; SKIP_BROWSER=1 skips the tests that need it.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()
