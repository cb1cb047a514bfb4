"""Links to views that open the page around the webapp, views saved by name, and the menu of screens."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.python.webapp import studio
from tests.python.webapp.conftest import check_accessibility

# As an instance does: the fragment of the outer page is not handed on to the frame.
FRAME_SCRIPT = 'const webapp = document.querySelector("iframe"); webapp.src = webapp.dataset.src;'
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture
def framed(open_page):
    """Open the page around the webapp at a fragment; return it and the frame."""

    def open_framed(address):
        page = open_page("about:blank", permissions=CLIPBOARD)
        page.route("**/frame.js", lambda route: route.fulfill(body=FRAME_SCRIPT, content_type="text/javascript"))
        page.goto(address)
        return page, page.frame_locator("iframe")

    return open_framed


def test_a_link_copied_in_the_frame_opens_the_outer_page_at_the_same_view(framed, studio_host):
    page, frame = framed(studio_host.origin + "/")
    frame.get_by_role("link", name="Terms").click()
    frame.get_by_role("searchbox", name="Search the documents").fill("ship & captain")
    expect(page).to_have_url(re.compile(r"/#screen=terms&q=ship\+~26\+captain$"))
    frame.get_by_role("button", name="Copy link to this view").click()
    expect(frame.get_by_text("The link is copied.")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url
    other, other_frame = framed(link)
    expect(other_frame.get_by_role("link", name="Terms")).to_have_attribute("aria-current", "page")
    expect(other_frame.get_by_role("searchbox", name="Search the documents")).to_have_value("ship & captain")
    # An outer page that has lost the fragment: the view is kept with the tab.
    other_frame.get_by_role("link", name="Time").click()
    expect(other).to_have_url(re.compile("#screen=time"))
    other.evaluate("history.replaceState(null, '', '/')")
    other.reload()
    expect(other_frame.get_by_role("link", name="Time")).to_have_attribute("aria-current", "page")


def test_a_saved_view_is_there_in_another_browser_and_can_be_renamed_and_deleted(own_studio, in_studio):
    host = own_studio()
    page = in_studio("#screen=groups&g=0:A", host=host)
    page.get_by_role("button", name="Views").click()
    page.get_by_label("Name", exact=True).fill("What A is about")
    page.get_by_label("Note (optional)").fill("For Monday")
    page.get_by_role("button", name="Save this view").click()
    expect(page.get_by_role("link", name="What A is about")).to_be_visible()
    check_accessibility(page)
    other = in_studio("", host=host)
    other.get_by_role("button", name="Views").click()
    expect(other.locator(".tx-views")).to_contain_text(f"{studio.USER} · ")
    other.get_by_role("button", name="Rename").click()
    other.locator(".tx-views").get_by_label("Name", exact=True).fill("Product A")
    other.get_by_role("button", name="Apply").click()
    expect(other.locator(".tx-views")).to_contain_text("For Monday")
    other.get_by_role("link", name="Product A").click()
    expect(other.get_by_role("link", name="Groups")).to_have_attribute("aria-current", "page")
    assert other.url.endswith("#screen=groups&g=0%3AA")
    other.get_by_role("button", name="Views").click()
    other.get_by_role("button", name="Delete").click()
    other.get_by_role("button", name="Delete for everybody").click()
    expect(other.get_by_text("None yet.")).to_be_visible()


def test_without_a_model_folder_there_is_the_link_alone_and_empty_screens_are_marked(serve, studio_home, in_studio):
    roles = {role: studio.ROLES[role] for role in ("document_topics", "topics", "topic_terms")}
    page = in_studio("#screen=review", host=serve("--user", studio.USER, home=studio_home, **roles))
    expect(page.get_by_text("so answers are not saved")).to_be_visible()
    page.get_by_role("button", name="Views").click()
    expect(page.get_by_label("Link to this view")).to_have_value(re.compile("#screen=review$"))
    expect(page.get_by_text("no model folder to save views in")).to_be_visible()
    expect(page.get_by_role("button", name="Save this view")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Views")).to_be_focused()
    more = page.get_by_role("button", name="More: Review")
    more.focus()
    for name in ("What changed", "Drivers", "Models"):
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("link", name=name, exact=True)).to_be_focused()
    expect(page.get_by_role("link", name="Models")).to_have_attribute(
        "title", re.compile("Run 'Compare numbers of topics'")
    )
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Try a text is not available for this data")).to_be_visible()
    expect(page.get_by_role("button", name="More: Try a text")).to_be_visible()


def test_the_bars_take_less_than_a_quarter_of_a_page_at_high_zoom(in_studio):
    page = in_studio("", width=720, height=450)
    heights = page.evaluate(
        "[...document.querySelectorAll('.tx-top, .tx-tabs, .tx-switcher')].map((bar) => bar.offsetHeight)"
    )
    assert len(heights) == 3
    assert sum(heights) < 450 / 4
