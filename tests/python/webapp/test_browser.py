"""The webapp as its readers use it: with the mouse, the keyboard, on a phone, and by a link from a colleague."""

from __future__ import annotations

import gzip
import re

import pytest
from playwright.sync_api import expect

from local_dss.site.local_dss_storage.datasets import StoredDataset
from tests.python.unit.explorer.memory_source import EMOJI_TEXT, SCRIPT_LABEL, SCRIPT_TEXT, SECOND_SENTENCE

SENTENCE = EMOJI_TEXT[slice(*SECOND_SENTENCE)]


def heading(page, text):
    """Expect the title of the centre column."""
    expect(page.locator("h1:visible")).to_have_text(text)


def topic_option(page, topic):
    return page.locator(f'[role=option][data-value="{topic}"]')


def test_it_opens_with_an_overview_of_all_topics(explorer):
    page = explorer()
    heading(page, "67 documents in 30 topics")
    expect(page.locator(".tx-prevalence .tx-row")).to_have_count(30)
    expect(page.locator(".tx-prevalence .tx-row").first).to_contain_text("cats, dogs")
    page.get_by_text("How good is this model?").click()
    expect(page.get_by_text("1 empty text, 1 no known term")).to_be_visible()


def test_the_first_load_takes_few_and_small_files(open_page, host):
    sizes = {}

    def note_size(response):
        if "/plugins/" in response.url or response.url.endswith(host.page_path):
            sizes[response.url] = len(gzip.compress(response.body()))

    page = open_page("about:blank")
    page.on("response", note_size)
    page.goto(host.origin + host.page_path)
    page.locator(".tx-finding .tx-row").first.wait_for()
    assert 2 < len(sizes) < 12
    assert sum(sizes.values()) < 100_000
    preloaded = page.evaluate("[...document.querySelectorAll('link[rel=modulepreload]')].map((link) => link.href)")
    assert set(preloaded) == {url for url in sizes if url.split("?")[0].endswith(".js")}


def test_a_part_of_the_page_that_cannot_be_fetched_is_reported(explorer):
    page = explorer("#screen=story", tolerant=True)
    page.route("**/chunks/later-*.js", lambda route: route.abort())
    page.get_by_role("link", name="Terms", exact=True).click()
    expect(page.get_by_text("This part of the page could not be loaded")).to_be_visible()
    page.unroute("**/chunks/later-*.js")
    page.get_by_role("button", name="Reload the page").click()
    expect(page.get_by_role("searchbox", name="Find a term")).to_be_visible()


def test_choosing_a_topic_shows_its_terms_summary_and_documents(explorer):
    page = explorer()
    topic_option(page, 0).click()
    heading(page, "Topic 0: cats, dogs")
    expect(page.locator(".tx-terms .tx-row")).to_have_count(3)
    expect(page.locator(".tx-terms .tx-row .tx-bar-cell")).to_contain_text(["50.00%", "×1.3"])
    expect(page.locator(".tx-documents-section:visible .tx-panel-note")).to_have_text("63 documents")
    expect(page.get_by_label("Order", exact=True).locator("option:checked")).to_have_text("highest probability first")
    expect(topic_option(page, 0)).to_have_attribute("aria-selected", "true")


def test_an_open_document_shows_its_summary_in_place(explorer):
    page = explorer("#topic=1")
    page.locator(".tx-card", has_text="😀").click()
    expect(page.locator(".tx-text")).to_have_text(EMOJI_TEXT)
    expect(page.locator(".tx-text .tx-mark-summary")).to_have_text(SENTENCE)
    expect(page.get_by_text("Summary, 1 sentence")).to_be_visible()


def test_an_open_document_shows_its_mixture_and_says_what_it_means(explorer):
    page = explorer("#doc=3")
    expect(page.locator(".tx-mixture-share")).to_have_text(["75.0%", "25.0%"])
    expect(page.locator(".tx-mixture-section")).to_contain_text("posterior probability")


def test_a_sentence_of_a_topics_summary_leads_to_its_place(explorer):
    page = explorer("#topic=1")
    page.locator("a.tx-quote", has_text=SENTENCE).click()
    expect(page.locator(".tx-text .tx-mark-source")).to_have_text(SENTENCE)
    expect(page.locator(".tx-reader-key")).to_have_text("d")


def test_a_topic_without_summary_shows_typical_documents(explorer):
    page = explorer("#topic=0")
    expect(page.get_by_role("heading", name="Representative documents")).to_be_visible()
    page.locator("a.tx-quote").first.click()
    expect(page.locator(".tx-reader-key")).to_have_text("b")


def test_back_and_forward_go_through_what_was_seen(explorer):
    page = explorer()
    topic_option(page, 1).click()
    heading(page, f"Topic 1: {SCRIPT_LABEL}")
    page.locator(".tx-card", has_text="😀").click()
    expect(page.locator(".tx-reader-key")).to_have_text("d")
    page.go_back()
    expect(page.get_by_role("heading", name="Open a document to read it here")).to_be_visible()
    page.go_back()
    heading(page, "67 documents in 30 topics")
    page.go_forward()
    heading(page, f"Topic 1: {SCRIPT_LABEL}")


def test_a_link_reopens_the_same_view(explorer, open_page):
    page = explorer("#topic=0")
    page.get_by_role("slider").press("ArrowLeft")
    page.get_by_role("searchbox", name="Search the documents").fill("purr")
    expect(page.get_by_text("62 of 63 documents with “purr”")).to_be_visible()
    page.get_by_role("button", name="Next", exact=True).click()
    page.locator(".tx-card").first.click()
    expect(page.locator(".tx-text")).to_be_visible()
    seen = page.locator(".tx-body").inner_text()
    again = open_page(page.url)
    expect(again.locator(".tx-text")).to_be_visible()
    expect(again.locator(".tx-card").first).to_be_visible()
    expect(again.locator(".tx-body")).to_have_text(seen, use_inner_text=True)
    expect(again.get_by_role("searchbox", name="Search the documents")).to_have_value("purr")


def test_a_search_in_a_topic_puts_the_documents_found_in_the_place_of_its_terms(explorer):
    page = explorer("#topic=0")
    terms = page.locator(".tx-terms .tx-row").first
    expect(terms).to_be_visible()
    page.get_by_role("searchbox", name="Search the documents").fill("purr")
    expect(page.get_by_text("62 of 63 documents with “purr”")).to_be_visible()
    expect(terms).to_be_hidden()
    page.get_by_role("searchbox", name="Search the documents").fill("")
    expect(terms).to_be_visible()


def test_a_link_to_a_document_shows_it_on_a_narrow_screen(explorer):
    page = explorer("#topic=0&doc=1", width=390)
    expect(page.locator(".tx-text")).to_be_visible()


def test_a_search_over_everything_counts_and_marks(explorer):
    page = explorer()
    page.get_by_role("searchbox", name="Search the documents").fill("unicode")
    expect(page.locator(".tx-found[aria-live=polite]")).to_have_text("1 of 67 documents")
    expect(page.locator(".tx-card mark")).to_have_text("Ünïcode")
    page.locator(".tx-card").click()
    expect(page.locator(".tx-text .tx-mark-match")).to_have_text("Ünïcode")


def test_a_search_that_finds_nothing_says_so_and_can_be_cleared(explorer):
    page = explorer("#screen=documents&q=zebra")
    expect(page.get_by_text("No documents match the search")).to_be_visible()
    page.get_by_role("button", name="Remove the filter Search: “zebra”").click()
    expect(page.locator(".tx-found")).to_have_text("67 documents")


def test_documents_without_a_topic_say_why(explorer):
    page = explorer()
    page.get_by_text("How good is this model?").locator("visible=true").click()
    page.get_by_role("link", name="2", exact=True).click()
    heading(page, "Without a topic")
    expect(page.locator(".tx-card-status")).to_have_text(["empty text", "no known term"])
    page.locator(".tx-card").first.click()
    expect(page.get_by_text("This document is empty")).to_be_visible()


def test_the_slider_reorders_terms_from_common_to_distinctive(explorer):
    page = explorer("#topic=0")
    terms = page.locator(".tx-terms .tx-bar-label")
    expect(terms).to_have_text(["cats", "purr", "dogs"])
    page.get_by_role("slider").press("End")
    expect(terms).to_have_text(["purr", "cats", "dogs"])
    expect(page.locator(".tx-slider-value")).to_have_text("λ 0.0")
    assert page.url.endswith("lambda=0")


def test_pages_of_documents_follow_each_other(explorer):
    page = explorer("#topic=0")
    first = page.locator(".tx-card").first
    expect(first).to_contain_text("עולם")
    page.get_by_role("button", name="Next", exact=True).click()
    expect(page.locator(".tx-pager-place")).to_have_text("26–50 of 63")
    expect(first).to_contain_text("filler-22")


def test_markup_in_the_data_stays_text(explorer):
    page = explorer("#topic=1&doc=2")
    expect(page.locator(".tx-text")).to_have_text(SCRIPT_TEXT)
    heading(page, f"Topic 1: {SCRIPT_LABEL}")
    expect(page.locator(".tx-chip")).to_have_text(["bold", "<b>"])
    assert page.locator(".tx img, .tx b, .tx script").count() == 0


def test_text_from_right_to_left_is_set_so(explorer):
    page = explorer("#doc=4")
    expect(page.locator(".tx-text")).to_have_css("direction", "rtl")


def test_keys_walk_through_topics_search_and_step_back(explorer):
    page = explorer()
    heading(page, "67 documents in 30 topics")
    page.keyboard.press("j")
    heading(page, "Topic 0: cats, dogs")
    page.keyboard.press("j")
    heading(page, f"Topic 1: {SCRIPT_LABEL}")
    page.keyboard.press("k")
    heading(page, "Topic 0: cats, dogs")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Search the documents")).to_be_focused()
    page.keyboard.type("jk")
    expect(page.get_by_role("searchbox", name="Search the documents")).to_have_value("jk")
    heading(page, "Topic 0: cats, dogs")
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox", name="Search the documents")).to_have_value("")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    heading(page, "67 documents in 30 topics")


def test_the_list_of_topics_is_one_stop_of_the_tab_key(explorer):
    page = explorer()
    options = page.locator("[role=option]")
    expect(page.locator("[role=option][tabindex='0']")).to_have_count(1)
    options.first.focus()
    page.keyboard.press("ArrowDown")
    expect(topic_option(page, 0)).to_be_focused()
    page.keyboard.press("Enter")
    heading(page, "Topic 0: cats, dogs")
    expect(topic_option(page, 0)).to_be_focused()
    page.keyboard.press("End")
    expect(topic_option(page, "none")).to_be_focused()


def test_a_phone_shows_one_column_and_a_switch(explorer):
    page = explorer(width=390, height=844)
    expect(page.locator(".tx-centre")).to_be_visible()
    expect(page.locator(".tx-left")).to_be_hidden()
    page.get_by_role("button", name="Topics").last.click()
    topic_option(page, 1).click()
    heading(page, f"Topic 1: {SCRIPT_LABEL}")
    page.locator(".tx-card", has_text="😀").click()
    expect(page.locator(".tx-text")).to_be_visible()
    expect(page.locator(".tx-centre")).to_be_hidden()
    page.go_back()
    expect(page.locator(".tx-centre")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440, 2200])
@pytest.mark.parametrize(
    "fragment", ["", "#screen=overview", "#topic=1&doc=2&pane=document", "#topic=0", "#screen=documents"]
)
def test_nothing_is_wider_than_the_page(explorer, width, fragment):
    page = explorer(fragment, width=width)
    expect(page.locator(".tx-card:visible, .tx-text:visible, main .tx-row:visible").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    outside = page.evaluate(
        """() => [...document.querySelectorAll(".tx-body *")]
            .filter((node) => node.checkVisibility() && !node.closest(".tx-sr-only"))
            .filter((node) => node.getBoundingClientRect().right > innerWidth + 0.5)
            .map((node) => node.className)"""
    )
    assert outside == []


@pytest.mark.parametrize("fragment", ["#doc=3", "#topic=1&doc=3&q=sentence", "#screen=documents&doc=3&q=sentence"])
def test_everything_to_press_is_large_enough(explorer, fragment):
    page = explorer(fragment)
    expect(page.locator(".tx-text")).to_be_visible()
    expect(page.locator(".tx-card:visible, .tx-prevalence .tx-row:visible").first).to_be_visible()
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, a, input, summary, [role=option]")]
            .filter((node) => node.offsetParent)
            .map((node) => ({ box: node.getBoundingClientRect(), name: node.className }))
            .filter(({ box }) => box.height < 24 || box.width < 24)
            .map(({ box, name }) => `${name} ${box.width} ${box.height}`)"""
    )
    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_in_both_themes(explorer, scheme):
    page = explorer("#topic=1&doc=3", color_scheme=scheme)
    expect(page.locator(".tx-text")).to_be_visible()
    for name in (
        ".tx-text",
        ".tx-mark-summary",
        ".tx-explained",
        ".tx-panel-note",
        ".tx-topic-share",
        ".tx-link",
        ".tx-card-text",
    ):
        page.locator(name).first.wait_for(state="attached")
        assert contrast(page, name) >= 4.5, name


def contrast(page, selector):
    """Compute the contrast of an element's text to the first ground behind it (WCAG 2.2)."""
    colours = page.evaluate(
        """(selector) => {
            let node = document.querySelector(selector);
            const ink = getComputedStyle(node).color;
            const clear = (colour) => colour === "rgba(0, 0, 0, 0)";
            while (clear(getComputedStyle(node).backgroundColor)) node = node.parentElement;
            return [ink, getComputedStyle(node).backgroundColor];
        }""",
        selector,
    )
    light, dark = sorted((luminance(colour) for colour in colours), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    channels = [int(value) / 255 for value in re.findall(r"\d+", colour)[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear))


def test_an_unbuilt_dataset_is_reported_by_name(serve, home, open_page):
    columns = [{"name": "text", "type": "string"}, {"name": "topic_id", "type": "bigint"}]
    StoredDataset(home, "LOCAL", "unbuilt").create(columns)
    host = serve(document_topics="unbuilt", topics="topics", topic_terms="topic_terms", text_column="text")
    page = open_page(host.origin + host.page_path)
    sentence = "The dataset 'unbuilt' of the setting 'Documents with topics' cannot be read."
    expect(page.get_by_text(sentence)).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()


def test_without_a_model_and_a_text_column_the_page_names_the_columns_it_guessed(serve, open_page):
    host = serve(document_topics="document_topics", topics="topics", topic_terms="topic_terms")
    page = open_page(host.origin + host.page_path)
    expect(page.get_by_text("these columns were guessed from the data. Text column: text")).to_be_visible()


def test_a_backend_that_stopped_is_reported_and_tried_again(open_page, host):
    page = open_page("about:blank", tolerant=True)
    page.route("**/api/status*", lambda route: route.fulfill(status=502, body="Bad gateway"))
    page.goto(host.origin + host.page_path)
    expect(page.get_by_text("The backend of this webapp is not running.")).to_be_visible()
    page.unroute("**/api/status*")
    page.get_by_role("button", name="Try again").click()
    heading(page, "What is in these texts")


def test_before_the_first_answer_the_page_has_nothing_to_press(open_page, host):
    page = open_page("about:blank")
    page.route("**/api/status*", lambda route: None)
    page.goto(host.origin + host.page_path)
    expect(page.locator(".tx-notice")).to_be_visible()
    expect(page.locator(".tx-body")).to_be_hidden()


def test_before_the_documents_are_there_no_page_can_be_turned(open_page, host):
    page = open_page("about:blank")
    page.route("**/api/documents?*", lambda route: None)
    page.goto(f"{host.origin}{host.page_path}#topic=0")
    page.locator(".tx-topic-view").wait_for()
    expect(page.locator(".tx-pager")).to_be_hidden()


def test_a_link_to_a_document_that_is_gone_says_so(open_page, host):
    page = open_page(f"{host.origin}{host.page_path}#doc=9999", tolerant=True)
    expect(page.get_by_text("There is no document in row 9999 of the data.")).to_be_visible()


def test_reading_the_data_again_comes_back_to_the_same_view(explorer):
    page = explorer("#topic=1&doc=3")
    page.get_by_role("button", name="Reload the data").click()
    expect(page.locator(".tx-text")).to_have_text(EMOJI_TEXT)
    heading(page, f"Topic 1: {SCRIPT_LABEL}")


def is_focused(page, control):
    """Return whether the very same element still has the keyboard, and no other that replaced it."""
    return page.evaluate("(control) => control === document.activeElement", control)


def test_the_keyboard_stays_on_a_tab(explorer):
    page = explorer()
    tab = page.get_by_role("link", name="Documents", exact=True).element_handle()
    tab.press("Enter")
    expect(page.locator(".tx-card").first).to_be_visible()
    assert is_focused(page, tab)


def test_the_keyboard_stays_on_the_next_page(explorer):
    page = explorer("#topic=0")
    page.locator(".tx-card").first.wait_for()
    button = page.get_by_role("button", name="Next", exact=True).element_handle()
    button.press("Enter")
    expect(page.locator(".tx-pager-place")).to_have_text("26–50 of 63")
    assert is_focused(page, button)


def test_on_the_last_page_the_keyboard_moves_to_the_way_back(explorer):
    page = explorer("#topic=0&page=2")
    page.get_by_role("button", name="Next", exact=True).press("Enter")
    expect(page.locator(".tx-pager-place")).to_have_text("51–63 of 63")
    expect(page.get_by_role("button", name="Previous", exact=True)).to_be_focused()


def test_the_keyboard_stays_on_the_next_topic(explorer):
    page = explorer("#topic=0")
    button = page.get_by_role("button", name="Next topic (j)").element_handle()
    button.press("Enter")
    heading(page, f"Topic 1: {SCRIPT_LABEL}")
    assert is_focused(page, button)


def test_the_keyboard_is_in_the_centre_after_the_way_back_to_all_topics(explorer):
    page = explorer("#topic=0")
    page.get_by_role("link", name="All topics", exact=True).press("Enter")
    heading(page, "67 documents in 30 topics")
    expect(page.locator(".tx-centre")).to_be_focused()


def test_opening_a_document_takes_the_keyboard_to_its_heading_and_leaves_the_cards_alone(explorer):
    page = explorer("#topic=0")
    page.locator(".tx-card").nth(1).wait_for()
    card, other = (page.locator(".tx-card").nth(place).element_handle() for place in (1, 2))
    card.press("Enter")
    expect(page.locator(".tx-reader-key")).to_be_focused()
    expect(page.locator(".tx-card[aria-current=true]")).to_have_count(1)
    assert card.get_attribute("aria-current") == "true"
    other.press("Enter")
    expect(page.locator(".tx-reader-key")).to_have_text("a")
    assert (card.get_attribute("aria-current"), other.get_attribute("aria-current")) == (None, "true")


def test_closing_a_document_gives_the_keyboard_back_to_its_card(explorer):
    page = explorer("#topic=0")
    card = page.locator(".tx-card").nth(1)
    card.press("Enter")
    expect(page.locator(".tx-reader-key")).to_be_focused()
    page.get_by_role("button", name="Close the document").press("Enter")
    expect(card).to_be_focused()


def test_a_page_that_begins_with_a_document_leaves_the_keyboard_at_its_start(explorer):
    page = explorer("#topic=0&doc=1")
    expect(page.locator(".tx-text")).to_be_visible()
    expect(page.locator(".tx-reader-key")).not_to_be_focused()
    page.locator(".tx-card").nth(2).press("Enter")
    expect(page.locator(".tx-reader-key")).to_be_focused()


def test_all_topics_during_a_search_shows_the_documents_found(explorer):
    page = explorer("#topic=0&q=purr")
    expect(page.get_by_text("62 of 63 documents with “purr”")).to_be_visible()
    page.get_by_role("link", name="All topics", exact=True).click()
    expect(page.locator(".tx-found")).to_have_text("62 of 67 documents")
    expect(page.locator(".tx-card:visible").first).to_be_visible()


def test_a_link_to_a_search_over_everything_shows_the_documents_found(explorer):
    page = explorer("#q=purr")
    expect(page.locator(".tx-found")).to_have_text("62 of 67 documents")
    expect(page.get_by_role("link", name="Documents", exact=True)).to_have_attribute("aria-current", "page")


def test_the_page_says_when_the_data_were_read(explorer):
    source = explorer().locator(".tx-top-source")
    expect(source).to_have_text(re.compile(r"^Read \d+ \w+ \d{4}, \d\d:\d\d · document_topics$"))
