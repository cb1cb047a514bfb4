"""Terms of a real small project: looked up, seen in the documents, put on the list of stop words."""

from __future__ import annotations

import csv
import re

import pytest
from playwright.sync_api import expect

from local_dss.site.local_dss_storage.datasets import StoredDataset
from tests.python.webapp import studio

WITH_HARBOUR = [row for row in studio.documents() if "harbour" in row["text"].lower()]
TERMS = sorted(word for words in studio.THEMES.values() for word in words.split())


def terms_listed(page):
    return page.locator(".tx-term-table tbody th")


def test_all_terms_are_listed_and_ordered(in_studio):
    page = in_studio("#screen=terms")
    expect(page.get_by_text("48 terms in the model")).to_be_visible()
    page.locator(".tx-term-list").get_by_label("Order").select_option("A to Z")
    expect(terms_listed(page)).to_have_text(TERMS)


def test_typing_shortens_the_list_and_a_click_shows_the_term(in_studio):
    page = in_studio("#screen=terms")
    page.get_by_role("searchbox", name="Find a term").fill("har")
    expect(terms_listed(page)).to_have_count(3)
    assert sorted(terms_listed(page).all_text_contents()) == ["harbour", "harvest", "orchard"]
    page.get_by_role("link", name="harbour", exact=True).click()
    expect(page.locator(".tx-term-title")).to_have_text("harbour")
    times = sum(row["text"].lower().count("harbour") for row in WITH_HARBOUR)
    expect(page.locator(".tx-term-detail")).to_contain_text(f"{times} occurrences in {len(WITH_HARBOUR)} documents")
    page.get_by_role("link", name="All terms").click()
    expect(page.get_by_role("searchbox", name="Find a term")).to_have_value("har")


def test_the_topics_of_a_term_are_reported_in_bars_and_figures(in_studio):
    page = in_studio("#screen=terms&term=harbour")
    bars = page.locator(".tx-term-bar")
    expect(bars.first).to_have_attribute("aria-label", re.compile(r"^Topic \d, .*: [\d.]+% of the term's occurrences"))
    page.locator(".tx-term-detail").get_by_role("button", name="Table").click()
    heads = ["Topic", "Label", "p(topic | term)", "p(term | topic)", "Lift", "Rank"]
    expect(page.locator(".tx-term-detail thead th")).to_have_text(heads)
    shares = page.locator(".tx-term-detail tbody td:nth-child(3)").all_text_contents()
    values = [float(share.rstrip("%")) for share in shares]
    assert values == sorted(values, reverse=True)
    assert sum(values) == pytest.approx(100, abs=1)


def test_a_bar_leads_to_its_topic(in_studio):
    page = in_studio("#screen=terms&term=harbour")
    bar = page.locator(".tx-term-bar").first
    topic = re.match(r"Topic (\d)", bar.get_attribute("aria-label")).group(1)
    bar.press("Enter")
    expect(page.locator(f'[role=option][data-value="{topic}"]')).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("link", name="Topics", exact=True)).to_have_attribute("aria-current", "page")


def test_every_line_holds_the_term_and_opens_its_document(in_studio):
    page = in_studio("#screen=terms&term=harbour")
    lines = page.locator(".tx-kwic-line")
    expect(page.get_by_text(f"{len(WITH_HARBOUR)} documents with the term, one line each")).to_be_visible()
    expect(lines.locator("mark")).to_have_text([re.compile("^harbour$", re.IGNORECASE)] * min(25, len(WITH_HARBOUR)))
    lines.nth(1).click()
    expect(page.locator(".tx-reader-key")).to_have_text(WITH_HARBOUR[1]["id"])
    expect(page.locator(".tx-reader-place")).to_have_text(f"2 of {len(WITH_HARBOUR)}")
    expect(page.locator(".tx-mark-term").first).to_have_text(re.compile("harbour", re.IGNORECASE))


def test_filters_narrow_the_lines(in_studio):
    n_in_2021 = sum(row["date"].startswith("2021") for row in WITH_HARBOUR)
    page = in_studio("#screen=terms&term=harbour&from=2021-01-01&to=2021-12-31")
    expect(page.get_by_text(f"{n_in_2021} documents with the term, one line each")).to_be_visible()


def test_lines_have_pages_of_their_own(in_studio):
    page = in_studio("#screen=terms&term=harbour&page=3")
    page.get_by_role("button", name="Next", exact=True).click()
    expect(page.locator(".tx-pager-place:visible")).to_have_text(re.compile("^26–"))
    assert "page=3" in page.url
    assert "lines=2" in page.url
    page.get_by_role("link", name="All terms").click()
    assert "page=3" in page.url


def test_a_line_from_right_to_left_is_aligned_from_the_right(open_page, studio_host):
    def hebrew(route):
        line = {
            "row": 0,
            "key": "d000",
            "topic": None,
            "left": "אני רוצה לומר כי ",
            "match": "המס",
            "right": " על ההכנסה",
        }
        route.fulfill(json={"total": 1, "page": 1, "pages": 1, "size": 25, "lines": [line]})

    page = open_page("about:blank")
    page.route("**/api/kwic?*", hebrew)
    page.goto(f"{studio_host.origin}{studio_host.page_path}#screen=terms&term=harbour")
    line = page.locator(".tx-kwic-line")
    expect(line.locator(".tx-kwic-text")).to_have_css("direction", "rtl")
    expect(line.locator("mark")).to_be_visible()
    before, match = (line.locator(name).bounding_box() for name in (".tx-kwic-left span", "mark"))
    assert before["x"] >= match["x"] + match["width"] - 1
    assert line.locator(".tx-kwic-text").text_content() == "אני רוצה לומר כי המס על ההכנסה"


def test_a_word_the_model_does_not_know_says_so(in_studio):
    page = in_studio("#screen=terms")
    box = page.get_by_role("searchbox", name="Find a term")
    box.fill("zebra")
    expect(page.get_by_text("No matching terms")).to_be_visible()
    box.press("Enter")
    expect(page.get_by_text("Not in the model's vocabulary")).to_be_visible()
    expect(page.get_by_text("No occurrences")).to_be_visible()
    expect(page.locator(".tx-term-detail .tx-figure-panel")).to_be_hidden()


def test_markup_typed_as_a_term_stays_text(in_studio):
    page = in_studio("#screen=terms&term=%3Cimg%20src=x%20onerror=alert(1)%3E")
    expect(page.locator(".tx-term-title")).to_have_text("<img src=x onerror=alert(1)>")
    expect(page.get_by_text("No occurrences")).to_be_visible()
    assert page.locator(".tx img").count() == 0


def test_without_a_model_folder_the_terms_of_the_topics_are_listed(serve, studio_home, open_page):
    roles = {name: role for name, role in studio.ROLES.items() if name != "model"}
    host = serve(home=studio_home, text_column="text", id_column="id", **roles)
    page = open_page(f"{host.origin}{host.page_path}#screen=terms")
    expect(page.get_by_text("terms listed for the topics")).to_be_visible()
    terms_listed(page).first.get_by_role("link").click()
    expect(page.locator(".tx-kwic-line").first).to_be_visible()


def stored_stop_words(home):
    path = StoredDataset(home, "LOCAL", "stop_words").folder / "data" / "NP.csv"
    return [row[:2] for row in csv.reader(path.read_text("utf-8").splitlines())]


def test_stop_words_are_queued_then_kept_in_the_dataset(own_studio, open_page):
    host = own_studio()
    page = open_page(f"{host.origin}{host.page_path}#screen=terms&term=harbour")
    page.get_by_role("button", name="Add to stop words").click()
    expect(page.get_by_text("1 unsaved change")).to_be_visible()
    page.get_by_label("Word to add").fill("crew")
    page.get_by_label("Word to add").press("Enter")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved, also in the dataset stop_words.")).to_be_visible()
    assert sorted(stored_stop_words(own_studio.home)) == [["crew", studio.USER], ["harbour", studio.USER]]
    page.get_by_role("button", name="Remove crew").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".tx-stop-chip")).to_have_count(1)
    expect(page.get_by_text("unsaved change")).to_have_count(0)
    assert stored_stop_words(own_studio.home) == [["harbour", studio.USER]]
    page.reload()
    expect(page.get_by_role("button", name="Remove from stop words")).to_be_visible()


def test_proposed_stop_words_are_added_by_one_click_each_or_all_at_once(studio_host, open_page):
    words = [{"word": word, "reason": f"in {n} of 5 topics"} for word, n in (("crew", 5), ("deck", 4), ("mast", 3))]
    page = open_page("about:blank")
    page.route("**/api/stop-words/proposed", lambda route: route.fulfill(json={"words": words}))
    page.goto(f"{studio_host.origin}{studio_host.page_path}#screen=terms")
    panel = page.locator(".tx-proposed")
    expect(panel.locator(".tx-stop-chip")).to_have_text(
        ["crewin 5 of 5 topics", "deckin 4 of 5 topics", "mastin 3 of 5 topics"]
    )
    panel.get_by_role("button", name="Add deck to the stop words").click()
    expect(panel.locator(".tx-stop-chip")).to_have_count(2)
    expect(page.get_by_text("1 unsaved change")).to_be_visible()
    panel.get_by_role("button", name="Add all").click()
    expect(panel).to_be_hidden()
    added = page.locator('.tx-stop .tx-stop-chip[data-state="added"]')
    expect(added).to_have_text([re.compile(word) for word in ("deck", "crew", "mast")])
    page.get_by_role("button", name="Remove deck").click()
    expect(panel.locator(".tx-stop-chip")).to_have_text(["deckin 4 of 5 topics"])
    panel.get_by_role("link", name="deck").click()
    expect(page.locator(".tx-term-title")).to_have_text("deck")
    expect(panel).to_be_hidden()


def test_no_panel_stands_where_no_word_is_proposed(in_studio):
    page = in_studio("#screen=terms")
    expect(page.get_by_text("48 terms in the model")).to_be_visible()
    expect(page.locator(".tx-proposed")).to_be_hidden()


def test_who_is_not_known_may_take_the_stop_words_along_as_a_file(own_studio, open_page):
    host = own_studio(user=None)
    page = open_page(f"{host.origin}{host.page_path}#screen=terms&term=harbour")
    page.get_by_role("button", name="Add to stop words").click()
    expect(page.get_by_role("button", name="Save", exact=True)).to_have_count(0)
    expect(page.locator(".tx-stop-tools .tx-panel-note")).to_contain_text(re.compile(r"\w+\.$"))
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    with open(download.value.path(), encoding="utf-8-sig", newline="") as handle:
        assert list(csv.reader(handle)) == [["stop_word"], ["harbour"]]


def test_a_list_that_cannot_be_saved_keeps_its_words(own_studio, open_page):
    host = own_studio()
    page = open_page(f"{host.origin}{host.page_path}#screen=terms&term=harbour", tolerant=True)
    page.route("**/api/stop-words", lambda route: route.fallback() if route.request.method == "GET" else route.abort())
    page.get_by_role("button", name="Add to stop words").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Not saved. The backend of this webapp cannot be reached.")).to_be_visible()
    expect(page.locator('.tx-stop-chip[data-state="added"]')).to_have_text(re.compile("harbour"))
