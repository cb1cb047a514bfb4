"""A webapp in a real browser: frame, iframe, library, modules and backend, under a strict policy."""

from __future__ import annotations

import json

import pytest

from tests.python.local_dss.webapp_host.running_host import write_config

PHONE_WIDTH = 390


def open_page(browser, url: str, **options):
    """Open a page; return it with the URLs it asked for and what its console shows."""
    page = browser.new_page(**options)
    urls, messages = [], []
    page.on("request", lambda request: urls.append(request.url))
    page.on("console", lambda message: messages.append((message.type, message.text)))
    page.on("pageerror", lambda error: messages.append(("pageerror", str(error))))
    page.goto(url)
    return page, urls, messages


def test_the_webapp_works_in_the_frame_under_a_strict_policy(browser, start_host, tmp_path):
    config = write_config(tmp_path, title="Été")
    host = start_host("webapp-probe_module", "--csp", "--config", config).wait_until_serving()
    page, urls, messages = open_page(browser, host.origin + "/#topic=3")
    shown = page.frame_locator("iframe").locator("#probe[data-state=shown]")
    outcome = json.loads(shown.text_content())
    assert outcome == {
        "config": {"title": "Été", "n_terms": 30},
        "projects": ["LOCAL", "OTHER"],
        "withSlash": {"text": "Hello, Ada!", "also": "1&2", "language": "en"},
        "withoutSlash": {"text": "Hello, Bo!", "also": None, "language": "en"},
        "kept": ["topic", "été"],
        "checkMessage": "complete",
        "fetchMessage": "Unsupported sampling method: tail",
        "globals": [],
        "hash": "#topic=3",
        "isFramed": True,
        "colour": "rgb(1, 2, 3)",
    }
    assert messages == []
    assert len(urls) >= 10
    assert [url for url in urls if not url.startswith(host.origin + "/")] == []
    page.close()


def test_the_frame_fills_a_phone_without_scrolling(browser, classic_host):
    page, _, _ = open_page(browser, classic_host.origin + "/", viewport={"width": PHONE_WIDTH, "height": 700})
    iframe = page.locator("iframe").bounding_box()
    above = [page.locator(part).bounding_box()["height"] for part in ("header", ".bar-warning")]
    assert (iframe["x"], iframe["width"]) == (0, PHONE_WIDTH)
    assert iframe["y"] == pytest.approx(sum(above), abs=1)
    assert iframe["y"] + iframe["height"] == pytest.approx(700, abs=1)
    page.close()


def test_a_classic_webapp_opens_alone_and_the_console_names_missing_libraries(browser, classic_host):
    page, _, messages = open_page(browser, classic_host.origin + classic_host.page_path)
    assert page.locator("#probe-title").text_content() == "Été <b>"
    assert page.title() == "Probe <classic> & plain"
    assert messages == [
        (
            "error",
            "The page lacks libraries it asks for: jquery, d3. "
            "Run 'make webapp-libraries', then serve with --libraries .webapp-libraries.",
        )
    ]
    page.close()
