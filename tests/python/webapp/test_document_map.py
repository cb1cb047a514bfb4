"""The document map, search by meaning and similar documents in a browser, on documents with embeddings."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.python.unit.explorer.embedded_source import N_DOCUMENTS, embedded_source, embedding_of, topic_of
from tests.python.webapp.conftest import check_accessibility, import_source

N_OF_TOPIC_1 = sum(topic_of(row) == 1 and row % 10 > 0 for row in range(N_DOCUMENTS))
ROLES = ("document_topics", "topics", "topic_terms")
COLUMNS = {"text_column": "text", "id_column": "id", "group_columns": ["country"], "embedding_column": "embedding"}


@pytest.fixture(scope="module")
def embedded(serve, tmp_path_factory):
    """Serve the small corpus with embeddings."""
    folder = tmp_path_factory.mktemp("embedded")
    import_source(embedded_source(), folder / "home", folder / "files")
    return serve("--user", "analyst", home=folder / "home", **{role: role for role in ROLES}, **COLUMNS)


def test_an_area_of_the_map_is_listed_and_a_document_opened_by_keyboard_and_pointer(embedded, open_page):
    page = open_page(f"{embedded.origin}{embedded.page_path}#screen=documents&docs=map")
    canvas = page.get_by_role("application", name=re.compile("Document map of 270 documents in 3 topics"))
    expect(canvas).to_be_visible()
    expect(page.locator(".tx-docmap-topic")).to_have_count(3)
    expect(page.locator(".tx-figure-panel")).to_contain_text(
        "30 documents without an embedding or a topic are left out"
    )
    check_accessibility(page)
    canvas.focus()
    for _ in range(3):
        page.keyboard.press("+")
    expect(page.get_by_role("button", name="List documents in view")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Remove the filter Area: of the document map")).to_be_visible()
    expect(page.locator(".tx-found")).to_have_text(re.compile(r"^\d+ of 300 documents$"))
    page.get_by_role("button", name="Remove the filter Area: of the document map").click()
    page.get_by_role("button", name="Show the whole map").click()
    page.get_by_role("button", name="Select area").click()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] - 2)
    page.mouse.up()
    expect(page.locator(".tx-found")).to_have_text("270 of 300 documents")
    page.get_by_role("link", name=re.compile("topic 1")).first.click()
    expect(page.locator(".tx-found")).to_have_text(f"{N_OF_TOPIC_1} of 300 documents")
    page.evaluate("location.hash += '&doc=7'")
    similar = page.locator(".tx-similar-card")
    expect(similar).to_have_count(4)
    expect(page.locator(".tx-reader-side")).to_contain_text("By meaning (embeddings), among the")


def test_a_search_by_meaning_waits_for_enter_and_says_what_it_rests_on(embedded, open_page):
    page = open_page(f"{embedded.origin}{embedded.page_path}#screen=documents")
    field = page.get_by_role("searchbox", name="Search the documents")
    field.focus()
    page.get_by_role("switch", name="Search by meaning").click()
    field.fill("an orchard")
    field.press("Enter")
    expect(page.locator(".tx-ranking")).to_contain_text(
        "Nearest in meaning to the 20 documents that best match orchard"
    )
    expect(page.locator(".tx-card").first).to_contain_text("similarity 0.9")
    expect(page.locator(".tx-card .tx-badge-id").first).to_have_text("1")
    assert "near=an+orchard" in page.evaluate("location.hash")
    check_accessibility(page)
    field.fill("")
    expect(page.locator(".tx-ranking")).to_have_count(0)


def test_a_search_is_embedded_by_the_model_of_the_instance_which_the_settings_name(serve, open_page, tmp_path):
    """No document has a word of the search; its embedding is that of a document of topic 2."""
    import_source(embedded_source(), tmp_path / "home", tmp_path / "files")
    model = {"id": "fake:local:own", "friendlyName": "own", "purpose": ["TEXT_EMBEDDING_EXTRACTION"]}
    answers = [{"match": "lawsuit", "embedding": embedding_of(2).tolist()}]
    (tmp_path / "home" / "instance.json").write_text(json.dumps({"llms": [{**model, "answers": answers}]}), "utf-8")
    settings = {**{role: role for role in ROLES}, **COLUMNS, "embedding_model": model["id"]}
    host = serve("--user", "analyst", home=tmp_path / "home", **settings)
    page = open_page(f"{host.origin}{host.page_path}#screen=documents&near=lawsuit")
    expect(page.locator(".tx-ranking")).to_contain_text("Nearest in meaning to “lawsuit”")
    expect(page.locator(".tx-card").first).to_contain_text("similarity 1")
    expect(page.locator(".tx-card .tx-badge-id").first).to_have_text("2")


def test_without_embeddings_the_map_says_what_is_missing_and_words_rank_by_topics(explorer):
    page = explorer("#screen=documents&docs=map")
    expect(page.locator(".tx-docmap-part")).to_contain_text("This needs an embedding column")
    page.evaluate("location.hash = '#screen=documents&near=cats'")
    expect(page.locator(".tx-ranking")).to_contain_text("Ranked by topics of your words: cats")
