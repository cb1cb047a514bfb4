"""Topics on two levels: super-topics that fold in every view, are renamed and get topics, and the field that finds one.

Forty topics in seven super-topics: topic t belongs to super-topic t % 7, and the lower its number the more documents.
"""

from __future__ import annotations

import json
import math
import re

import pytest
from playwright.sync_api import expect

from local_dss.command_line import main
from tests.python.unit.explorer.memory_source import small_source
from tests.python.webapp.conftest import check_accessibility, import_source

N_TOPICS, N_SUPER_TOPICS = 40, 7
ROLES = {role: role for role in ("document_topics", "topics", "topic_terms", "model")}


@pytest.fixture(scope="module")
def levels_host(serve, tmp_path_factory):
    """Serve the forty topics to an analyst."""
    folder, source = tmp_path_factory.mktemp("levels"), small_source()
    document, topic = (source.tables[role][0] for role in ("document_topics", "topics"))
    numbers = [number for number in range(N_TOPICS) for _ in range(2 * (N_TOPICS - number))]
    source.tables = {
        "document_topics": [{**document, "id": f"d{i}", "topic_id": number} for i, number in enumerate(numbers)],
        "topics": [
            {**topic, "topic_id": number, "label": f"topic {number}", "representative_documents": "[]",
             "top_terms": json.dumps([f"word{number}", "common"]), "map_x": math.cos(number), "map_y": math.sin(number),
             "parent": number % N_SUPER_TOPICS, "parent_label": f"family {number % N_SUPER_TOPICS}"}
            for number in range(N_TOPICS)
        ],
        "topic_terms": source.tables["topic_terms"],
    }  # fmt: skip
    source.model = {
        **source.model, "n_topics": N_TOPICS, "topic_labels": [f"topic {number}" for number in range(N_TOPICS)],
        "topic_parents": [number % N_SUPER_TOPICS for number in range(N_TOPICS)],
        "super_topics": [f"family {number}" for number in range(N_SUPER_TOPICS)],
    }  # fmt: skip
    import_source(source, folder / "home", folder / "files")
    (folder / "model").mkdir()
    (folder / "model" / "manifest.json").write_text(json.dumps(source.model), "utf-8")
    assert main(["import-folder", "--home", str(folder / "home"), "model", str(folder / "model")]) in (0, None)
    return serve("--user", "analyst", home=folder / "home", id_column="id", **ROLES)


def supers(page):
    return page.locator(".tx-topics .tx-super")


def test_super_topics_fold_in_list_and_bars_and_the_address_keeps_which(in_studio, levels_host):
    page = in_studio(host=levels_host)
    tree, rows = page.get_by_role("tree", name="40 topics"), page.locator(".tx-prevalence .tx-row")
    expect(supers(page)).to_have_count(N_SUPER_TOPICS)
    expect(supers(page).first).to_contain_text("family 0")
    expect(rows).to_have_count(N_SUPER_TOPICS + N_TOPICS)
    supers(page).nth(1).click()
    expect(rows).to_have_count(N_SUPER_TOPICS + N_TOPICS - 6)
    expect(page).to_have_url(re.compile("#open=0-2-3-4-5-6$"))
    supers(page).nth(1).focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("#open=all$"))
    check_accessibility(page)
    page.get_by_role("button", name="Flat").click()
    expect(tree).to_have_count(0)
    expect(rows).to_have_count(N_TOPICS)
    assert page.locator('.tx-prevalence a.tx-row[tabindex="0"]').count() == 1


def test_a_topic_is_found_by_term_number_or_label_and_opened(in_studio, levels_host):
    page = in_studio("#open=none", host=levels_host)
    page.keyboard.press("t")
    page.keyboard.type("word17")
    expect(page.locator(".tx-topics > [data-hue]")).to_have_count(1)
    expect(page.locator(".tx-topics > [data-hue]")).to_contain_text("term: word17")
    page.keyboard.press("Enter")
    expect(page.locator("h1:visible")).to_contain_text("topic 17")
    page.get_by_label("Find a topic").press("Escape")
    # The super-topic of the chosen topic is unfolded for it.
    expect(page.locator('.tx-topics [aria-selected="true"]')).to_contain_text("topic 17")
    expect(page.locator(".tx-topics [data-parent]")).to_have_count(6)


def test_topics_move_and_super_topics_are_renamed_until_saved_and_after(in_studio, levels_host):
    page = in_studio("#open=0", host=levels_host)
    page.locator('.tx-topics [data-value="14"]').drag_to(page.locator('.tx-topics [data-value="s3"]'))
    expect(page.locator('.tx-topics [data-value="s3"]')).to_contain_text("7 topics")
    page.keyboard.press("z")
    expect(page.locator('.tx-topics [data-value="s3"]')).to_contain_text("6 topics")
    page.locator('.tx-topics [data-value="14"]').click()
    page.keyboard.press("s")
    page.get_by_role("radio", name="family 3").check()
    page.get_by_role("button", name="Move").click()
    page.locator('.tx-topics [data-value="s3"]').focus()
    page.keyboard.press("e")
    page.get_by_label("Name of the super-topic").fill("Law and order")
    page.keyboard.press("Enter")
    expect(page.locator('.tx-topics [data-value="s3"]')).to_contain_text("Law and order")
    page.get_by_role("button", name="2 edits").click()
    expect(page.get_by_role("dialog")).to_contain_text("moved to the super-topic “family 3”")
    page.get_by_role("button", name="Save 2 edits").click()
    expect(page.locator(".tx-toast")).to_contain_text("Saved in the model folder")
    page.reload()
    expect(page.locator('.tx-topics [data-value="s3"]')).to_contain_text("Law and order")
    expect(page.locator('.tx-topics [data-value="s3"]')).to_contain_text("7 topics")


def test_map_and_matrix_show_super_topics_and_their_topics_on_demand(in_studio, levels_host):
    page = in_studio("#shape=map&open=none", host=levels_host)
    expect(page.locator(".tx-map-hull")).to_have_count(N_SUPER_TOPICS)
    assert page.locator('.tx-map-topic[tabindex="0"]').count() == 1
    before = page.locator('.tx-map-topic[data-topic="0"] .tx-map-circle').get_attribute("r")
    page.get_by_role("button", name="Zoom in").click()
    expect(page.locator(".tx-map-topic").first).to_be_attached()
    page.wait_for_function(
        "(r) => [...document.querySelectorAll('.tx-map-circle')].every((c) => c.getAttribute('r') !== r)", arg=before
    )
    page.locator('.tx-map-topic[tabindex="0"]').focus()
    page.keyboard.press("0")
    expect(page.locator(".tx-map-topic")).to_have_count(N_TOPICS)
    page.get_by_role("button", name="Matrix").click()
    cells = page.locator(".tx-similarity .tx-cell, .tx-similarity .tx-cell-same")
    expect(page.locator(".tx-similarity .tx-row")).to_have_count(N_SUPER_TOPICS)
    page.locator(".tx-similarity .tx-row-fold").first.press("Enter")
    expect(page.locator(".tx-similarity .tx-matrix-frame")).to_have_count(1)
    n_rows = page.locator(".tx-similarity .tx-row").count()
    assert n_rows in (N_SUPER_TOPICS + 5, N_SUPER_TOPICS + 6, N_SUPER_TOPICS + 7)
    expect(cells.nth(n_rows * n_rows + 4)).to_be_attached()  # those of the legend too
    check_accessibility(page)
