"""The story: what the page opens on, what readers make of it, and the report to take along."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.python.webapp.conftest import check_accessibility

HTML = "<img src=x onerror=alert(1)> & “tax”"
# Width and height of a desktop, a phone, and a window of 1280 x 800 at 200 %.
DESKTOP, PHONE, ZOOMED = (1280, 800), (390, 844), (640, 400)
MOST_BYTES = 2 * 2**20


def finding(page, name):
    return page.locator(f'.tx-finding[data-finding="{name}"]')


def titles(page):
    """Return the ids of the findings in their order."""
    return page.locator(".tx-findings .tx-finding").evaluate_all("cards => cards.map((card) => card.dataset.finding)")


def choose(page, name, item):
    """Choose an item of the menu of a finding."""
    finding(page, name).get_by_role("button", name="Change the finding").click()
    page.get_by_role("button", name=item, exact=True).locator("visible=true").click()


def wait_until_read(page):
    """Wait for the findings of all documents: those read so far have fewer."""
    finding(page, "largest").wait_for()
    page.locator(".tx-building").wait_for(state="hidden")
    page.wait_for_load_state("networkidle")


def lowest_edge(page, selector):
    """Return how far down the last of some elements reaches, and where the visible part of the page ends."""
    page.locator(selector).first.wait_for()
    page.wait_for_load_state("networkidle")
    return page.evaluate(
        """(selector) => [
            Math.max(...[...document.querySelectorAll(selector)].map((node) => node.getBoundingClientRect().bottom)),
            document.querySelector(".tx-centre").getBoundingClientRect().bottom]""",
        selector,
    )


def test_the_page_opens_on_the_largest_topics_and_the_fastest_riser_each_with_a_quote(in_studio):
    page = in_studio("", width=DESKTOP[0], height=DESKTOP[1])
    wait_until_read(page)
    largest = finding(page, "largest")
    expect(largest.locator(".tx-finding-topic")).to_have_count(3)
    expect(largest.locator(".tx-quote")).to_have_count(3)
    # The themes of each year are made: law rises from none to half, fruit falls to none.
    expect(finding(page, "rising").locator(".tx-finding-sentence")).to_contain_text("rose the most: from")
    shown = '[data-finding="largest"] .tx-quote, [data-finding="rising"] .tx-finding-sentence'
    for selector in (shown, '[data-finding="rising"] .tx-quotes li:first-child'):
        bottom, end = lowest_edge(page, selector)
        assert bottom <= end, selector
    for (width, height), part in ((PHONE, ".tx-quote"), (ZOOMED, ".tx-finding-sentence")):
        page.set_viewport_size({"width": width, "height": height})
        bottom, end = lowest_edge(page, f'[data-finding="largest"] {part}')
        assert bottom <= end, part
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    check_accessibility(page)
    page.set_viewport_size({"width": 1024, "height": 768})
    page.emulate_media(color_scheme="dark")
    finding(page, "rising").get_by_role("button", name="Why?").click()
    expect(page.get_by_text("n = ").locator("visible=true")).to_contain_text("documents")
    check_accessibility(page)
    finding(page, "rising").get_by_role("link", name="All topics over time").click()
    expect(page).to_have_url(re.compile(r"#screen=time&topic=\d+$"))


def test_what_readers_make_of_the_story_is_kept_with_the_model_or_in_the_browser(own_studio, in_studio):
    host = own_studio()
    page = in_studio("", host=host)
    wait_until_read(page)
    before = titles(page)
    choose(page, "rising", "Move up")
    moved = ["rising", "largest", *before[2:]]
    expect(page.locator(".tx-finding").first).to_have_attribute("data-finding", "rising")
    choose(page, "documents", "Hide")
    choose(page, "rising", "Comment…")
    page.get_by_role("textbox", name="Comment").fill(HTML)
    page.get_by_role("button", name="Save comment").click()
    expect(finding(page, "rising").locator(".tx-comment")).to_contain_text(HTML)
    page.reload()
    expect(finding(page, "rising").locator(".tx-comment")).to_contain_text("analyst")
    assert titles(page) == [name for name in moved if name != "documents"]
    page.get_by_text("1 hidden").click()
    page.get_by_role("button", name="Show again").click()
    expect(finding(page, "documents")).to_be_visible()
    assert titles(page) == moved

    without_model = in_studio("", host=own_studio(model="", text_column="text", id_column="id"))
    expect(without_model.get_by_text("are kept in this browser tab only. There is no model folder")).to_be_visible()
    wait_until_read(without_model)
    choose(without_model, "largest", "Hide")
    without_model.reload()
    expect(without_model.get_by_text("1 hidden")).to_be_visible()
    expect(finding(without_model, "largest")).to_have_count(0)


def test_a_menu_stays_open_while_an_earlier_change_is_saved(own_studio, in_studio):
    page = in_studio("", host=own_studio())
    wait_until_read(page)
    largest, rising, *rest = titles(page)
    held = []

    def hold(route):
        if route.request.method == "POST":
            held.append(route)
        else:
            route.fallback()

    page.route("**/api/story/edits", hold)
    without = [name for name in rest if name != "documents"]
    for name, item, order in (
        ("rising", "Move up", [rising, largest, *rest]),
        ("documents", "Hide", [rising, largest, *without]),
        ("rising", "Move down", [largest, rising, *without]),
    ):
        with page.expect_request("**/api/story/edits"):
            choose(page, name, item)
        finding(page, "rising").get_by_role("button", name="Change the finding").click()
        held.pop().continue_()
        cards = page.locator(".tx-findings .tx-finding")
        expect(cards).to_have_count(len(order))
        expect(cards.first).to_have_attribute("data-finding", order[0])
        assert titles(page) == order
        expect(page.get_by_role("button", name="Comment…", exact=True).locator("visible=true")).to_be_visible()
        page.keyboard.press("Escape")


def test_the_report_is_one_file_that_opens_offline_and_is_printed_with_page_numbers(in_studio, browser, tmp_path):
    page = in_studio("#screen=story&g=0:A")
    finding(page, "largest").wait_for()
    page.locator('.tx-left [role=option][data-value="0"]').click()
    page.keyboard.press("e")
    page.get_by_role("textbox", name="Topic name").fill(HTML)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Story", exact=True).click()
    page.get_by_role("button", name="Report").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save report").click()
    path = Path(tmp_path, "report.html")
    download.value.save_as(path)
    text = path.read_text("utf-8")
    assert len(text.encode("utf-8")) < MOST_BYTES
    assert re.findall(r"<script|<img|<link|url\(|: ;| on\w+=\"| title=\"", text) == []

    asked = []
    context = browser.new_context(offline=True, color_scheme="dark")
    saved = context.new_page()
    saved.on("request", lambda request: asked.append(request.url))
    saved.goto(path.as_uri())
    expect(saved.locator(".tx-report-cover")).to_contain_text("product: A")
    expect(saved.locator(".tx-report-cover")).to_contain_text("not saved yet")
    expect(saved.get_by_role("heading", name=HTML)).to_be_visible()
    assert saved.locator(".tx-report-topic").count() == 5
    assert saved.locator(".tx-report-topic svg").count() >= 5
    size = saved.locator(".tx-chart text").first.evaluate("node => getComputedStyle(node).fontSize")
    assert (size, saved.evaluate("getComputedStyle(document.documentElement).backgroundColor")) == (
        "12px", "rgb(255, 255, 255)",
    )  # fmt: skip
    check_accessibility(saved)
    assert asked == [path.as_uri()]
    assert "counter(page)" in text
    context.close()

    page.evaluate("() => { window.print = () => { window.printed = document.title; }; }")
    page.get_by_role("button", name="Print report").click()
    page.wait_for_function("() => window.printed === 'Topics in with_topics'")
    page.emulate_media(media="print")
    expect(page.locator(".tx-report-holder")).to_be_visible()
    expect(page.locator(".tx-top")).to_be_hidden()
    n_pages = len(re.findall(rb"/Type /Page\b", page.pdf(format="A4")))
    assert n_pages >= 4
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".tx-report-holder")).to_have_count(0)
