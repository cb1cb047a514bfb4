"""The document map, search by meaning and similar documents in a browser, on documents with embeddings."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs

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


def area_of(page):
    """Return left, top, right and bottom of the area that is a filter."""
    hash_ = page.evaluate("location.hash.slice(1)")
    return [float(number) for number in parse_qs(hash_)["box"][0].split(",")]


def middle_of(area):
    """Return the place in the middle of an area."""
    left, top, right, bottom = area
    return [(left + right) / 2, (top + bottom) / 2]


def drag(page, element, *, margin, to=None):
    """Drag across an element, from one share of its sides to another, and return the place where it ended."""
    box = element.bounding_box()
    places = [
        (box["x"] + share * box["width"], box["y"] + share * box["height"]) for share in (margin, to or 1 - margin)
    ]
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[1], steps=3)
    page.mouse.up()
    page.mouse.move(*places[1])
    return {"clientX": places[1][0], "clientY": places[1][1]}


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
    page.keyboard.press("Enter")  # the whole map is not an area
    for _ in range(3):
        page.keyboard.press("+")
    assert "box=" not in page.evaluate("location.hash")
    expect(page.get_by_role("button", name="List documents in view")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Remove the filter Area: of the document map")).to_be_visible()
    expect(page.locator(".tx-found")).to_have_text(re.compile(r"^\d+ of 300 documents$"))
    in_view = area_of(page)
    page.get_by_role("button", name="Remove the filter Area: of the document map").click()
    page.keyboard.down("Shift")
    drag(page, canvas, margin=0.25)
    page.keyboard.up("Shift")
    expect(page.locator(".tx-found")).to_have_text(re.compile(r"^\d+ of 300 documents$"))
    middle = [(3 * one + other) / 4 for one, other in zip(in_view, in_view[2:] + in_view[:2])]
    assert area_of(page) == pytest.approx(middle, abs=0.01)  # the map has not moved below the pointer
    page.get_by_role("button", name="Remove the filter Area: of the document map").click()
    page.get_by_role("button", name="Show the whole map").click()
    page.get_by_role("button", name="Select area").click()
    end = drag(page, canvas, margin=0.5, to=0.28)
    expect(page.get_by_role("button", name="Remove the filter Area: of the document map")).to_be_visible()
    expect(page.locator(".tx-docmap-card")).to_be_visible()  # the drag ended on a document
    canvas.dispatch_event("click", end)  # which some browsers send after a drag
    assert "doc=" not in page.evaluate("location.hash")
    page.get_by_role("button", name="Remove the filter Area: of the document map").click()
    page.get_by_role("button", name="Select area").click()
    drag(page, canvas, margin=0.005)
    expect(page.locator(".tx-found")).to_have_text("270 of 300 documents")
    page.get_by_role("link", name=re.compile("topic 1")).first.click()
    expect(page.locator(".tx-found")).to_have_text(f"{N_OF_TOPIC_1} of 300 documents")
    page.evaluate("location.hash += '&doc=7'")
    similar = page.locator(".tx-similar-card")
    expect(similar).to_have_count(4)
    expect(page.locator(".tx-reader-side")).to_contain_text("By meaning (embeddings), among the")
    select = page.get_by_role("button", name="Select area")
    select.click()
    page.keyboard.press("Escape")
    expect(select).to_have_attribute("aria-pressed", "false")
    assert "doc=7" in page.evaluate("location.hash")


def test_the_middle_of_a_zoomed_map_stays_there_in_another_window_and_esc_leaves_an_area(embedded, open_page):
    page = open_page(f"{embedded.origin}{embedded.page_path}#screen=documents&docs=map")
    canvas = page.get_by_role("application", name=re.compile("Document map"))
    for key in ("+", "+", "+", "Shift+ArrowLeft", "Enter"):
        canvas.press(key)
    area, width = area_of(page), canvas.bounding_box()["width"]
    metrics = {"width": 1240, "height": 900, "deviceScaleFactor": 2, "mobile": False}
    browser = page.context.new_cdp_session(page)
    browser.send("Emulation.setDeviceMetricsOverride", metrics)
    expect(canvas).not_to_have_css("width", f"{width}px")
    expect(canvas).to_have_attribute("width", str(round(2 * canvas.bounding_box()["width"])))
    canvas.press("Enter")
    assert area_of(page) != area
    assert middle_of(area_of(page)) == pytest.approx(middle_of(area), abs=0.01)
    browser.send("Emulation.setDeviceMetricsOverride", {**metrics, "height": 880, "deviceScaleFactor": 1})
    expect(canvas).to_have_attribute("width", str(round(canvas.bounding_box()["width"])))
    area, box = area_of(page), canvas.bounding_box()
    page.keyboard.down("Shift")
    page.mouse.move(box["x"] + 50, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + 150, box["y"] + 150)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert area_of(page) == area  # Esc has left the area being dragged


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
    meaning = page.get_by_role("switch", name="Search by meaning")
    meaning.click()
    expect(page.locator(".tx-ranking")).to_have_count(0)
    assert re.search("[#&]q=an", page.evaluate("location.hash"))
    meaning.click()
    expect(meaning).to_have_attribute("aria-checked", "true")
    assert "near=" not in page.evaluate("location.hash")  # a search may cost money: Enter sends it
    field.press("Enter")
    expect(page.locator(".tx-ranking")).to_have_count(1)
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
