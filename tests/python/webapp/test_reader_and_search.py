"""The reader on long texts, and the search as people type it."""

from __future__ import annotations

import csv
import json
import re

from playwright.sync_api import expect

from tests.python.webapp import studio
from tests.python.webapp.conftest import check_accessibility

DOCUMENTS = studio.documents()
PARAGRAPH = "The harbour was full of ships that left for the island in the storm. " * 12 + "\n\n"
LONG_TEXT = PARAGRAPH * 250
LAST_SENTENCE = "The harbour was full of ships that left for the island in the storm."


def n_with(*words, without=()):
    """Count the documents that hold all of some words, and none of others."""
    texts = [set(re.findall(r"\w+", row["text"].lower())) for row in DOCUMENTS]
    return sum(set(words) <= text and not text & set(without) for text in texts)


def test_the_search_reads_minus_or_stars_and_ids(in_studio):
    page = in_studio("#screen=documents")
    field = page.get_by_role("searchbox", name="Search the documents")
    found = page.locator(".tx-found")
    harbour, without = n_with("harbour"), n_with("harbour", without=["sailor"])
    assert 0 < without < harbour
    field.fill("harbour -sailor")
    expect(found).to_contain_text(f"{without} of ")
    expect(page.locator(".tx-search-syntax")).to_contain_text("war* longer words")
    field.fill("harb")
    expect(page.get_by_text("No documents match the search")).to_be_visible()
    page.get_by_role("switch", name="Also longer words (harb*)").click()
    expect(found).to_contain_text(f"{harbour} of ")
    expect(field).to_have_value("harb*")
    check_accessibility(page)
    field.fill("d007")
    expect(page.locator(".tx-card")).to_have_count(1)
    expect(page.locator(".tx-card-key")).to_have_text("d007")


def show_long_text(page):
    """Let the first document be a very long one, with "harbour" coloured and two sentences chosen."""
    starts = [match.start() for match in re.finditer("harbour", LONG_TEXT)]
    end = LONG_TEXT.rindex(LAST_SENTENCE)
    change = {
        "text": LONG_TEXT,
        "summary": {
            "text": LAST_SENTENCE, "status": "ok",
            "spans": [
                {"start": 0, "end": len(LAST_SENTENCE), "rank": 1, "score": 1},
                {"start": end, "end": end + len(LAST_SENTENCE), "rank": 2, "score": 1},
            ],
        },
    }  # fmt: skip
    words = {
        "spans": [[start, start + 7, 0, 0.9, "harbour"] for start in starts],
        "n_words": len(starts), "n_known": len(starts), "unknown": [], "boilerplate": [],
    }  # fmt: skip

    def answer_document(route):
        value = route.fetch().json()
        route.fulfill(body=json.dumps({**value, **change}), content_type="application/json")

    page.route(re.compile(r"/api/documents/0(\?.*)?$"), answer_document)
    page.route(
        "**/api/documents/0/words", lambda route: route.fulfill(body=json.dumps(words), content_type="application/json")
    )
    page.evaluate("location.hash = '#screen=documents&doc=0'")
    return len(starts)


def test_a_long_text_is_coloured_where_it_is_read_and_its_summary_leads_there(in_studio):
    page = in_studio("#screen=documents")
    n_words = show_long_text(page)
    words = page.locator(".tx-text .tx-word")
    expect(words.first).to_be_attached()
    page.wait_for_function("n => document.querySelector('.tx-text').textContent.length === n", arg=len(LONG_TEXT))
    assert words.count() < n_words / 2
    sentences = page.get_by_role("region", name="Summary").get_by_role("button")
    expect(sentences).to_have_text([LAST_SENTENCE, LAST_SENTENCE])
    last_block = page.locator(".tx-text > div").last
    expect(last_block.locator(".tx-word")).to_have_count(0)
    sentences.last.click()
    expect(page.locator(".tx-mark-here").first).to_be_in_viewport()
    expect(last_block.locator(".tx-word").first).to_be_attached()
    expect(page.locator(".tx-tick")).to_have_count(2)
    page.get_by_role("button", name="Next sentence").click()
    expect(page.locator(".tx-steps-place")).to_have_text("1 of 2")
    page.get_by_role("button", name="Wide").click()
    expect(page.locator(".tx-centre")).to_be_hidden()
    assert "wide=true" in page.url
    check_accessibility(page)


def test_a_document_leads_to_similar_ones_and_to_summaries_by_method(in_studio):
    page = in_studio("#screen=documents&doc=0")
    similar = page.locator(".tx-similar-card")
    expect(similar.first).to_be_visible()
    name = similar.first.locator(".tx-strong").inner_text()
    page.get_by_text("Summaries by method").click()
    page.get_by_role("combobox", name="Sentences of each summary").select_option("1")
    methods = page.locator(".tx-method")
    expect(methods).to_have_count(7)
    sentence = methods.last.get_by_role("button")
    first = DOCUMENTS[0]["text"].split(". ")[0] + "."
    expect(sentence).to_contain_text(first)
    sentence.click()
    expect(page.locator(".tx-legend")).to_contain_text("First sentences, 1 sentence")
    check_accessibility(page)
    similar.first.click()
    expect(page.locator(".tx-reader-key")).to_have_text(name)


def test_files_hold_all_terms_and_pictures_say_what_they_show(in_studio):
    page = in_studio("#screen=terms&size=25")
    note = page.locator(".tx-term-list .tx-panel-note")
    expect(note).to_contain_text(re.compile(r"^\d+ "))
    total = int(note.inner_text().split()[0])
    with page.expect_download() as download:
        page.locator(".tx-term-list").get_by_role("link", name="Save as CSV").click()
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["term"] for row in rows}) == total > 40
    page.evaluate("location.hash = '#screen=terms&term=harbour&g=0:A'")
    figure = page.locator(".tx-figure-panel", has_text="Topics of “harbour”")
    with page.expect_download() as download:
        figure.get_by_role("button", name="SVG", exact=True).click()
    picture = download.value.path().read_text("utf-8")
    n = sum(row["product"] == "A" for row in DOCUMENTS)
    for words in ("Topics of “harbour”", "product: A", f"{n} of {len(DOCUMENTS)} documents", "with_topics"):
        assert words in picture
    expect(page.locator(".tx-related-terms")).to_contain_text("captain")
