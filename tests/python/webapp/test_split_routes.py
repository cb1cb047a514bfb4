"""Splitting topics and moving documents by the webapp's addresses, and the same documents in 'Assign topics'."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from tests.python.unit.explorer.trained_source import MONEY, TEXTS, topic_of, trained_source
from tests.python.webapp.test_model_routes import Page
from text_explorer.corpus.language.document_languages import TextLanguages
from text_explorer.topics.assignment.assigned_columns import assigned_columns
from text_explorer.topics.assignment.scoring import score_documents
from text_explorer.topics.edits.edit_files import parse_file
from text_explorer.topics.edits.edit_log import log_of_files, resolve_edits
from text_explorer.topics.edits.moves import digest_of, moved_topics
from text_explorer.topics.storage.stored_model import read_stored_topics

N_MONEY = 3 * len(MONEY) + 1
"""Documents on money, and one whose only word was met once."""


@pytest.fixture
def source():
    return trained_source(edits="my_edits", id_column="id")


@pytest.fixture
def page(source, tmp_path):
    return Page(source, tmp_path)


@pytest.fixture
def money(source):
    return topic_of(source, "money")


def split(page, topic, parts=2):
    """Split a topic as the page does: by the value of the preview."""
    previewed = page.get(f"split?topic={topic}&parts={parts}")
    page.edit({"topic_id": topic, "split": previewed["split"]})
    return previewed


def moved(text, row):
    return {"id_column": "id", "key": f"d{row}", "digest": digest_of(text).hex()}


def topics_of(page):
    """Return the topic of each document by the list of documents."""
    found = page.get("documents?size=100&sort=row")["documents"]
    assert len(found) == len(TEXTS)
    return [document["topic"] for document in sorted(found, key=lambda document: document["row"])]


def assigned(source):
    """Return the topics that the recipe gives the same documents by the model folder."""
    return [None if pd.isna(topic) else int(topic) for topic in assigned_table(source)["topic_id"]]


def assigned_table(source):
    """Assign the same documents by the model folder, as the recipe does."""
    topics = read_stored_topics(source.model_file)
    edits = resolve_edits(
        log_of_files(
            (parse_file(path, content) for path, content in source.model_files("edits/").items()), topics.model_id
        ).edits,
        topics.labels, topics.parents, topics.super_labels,
    )  # fmt: skip
    languages = TextLanguages("en", detect=False)
    scored = score_documents([languages.with_language(text or None) for text in TEXTS], topics)
    by_hand = moved_topics(edits.moves, TEXTS, {"id": [f"d{row}" for row in range(len(TEXTS))]})
    nothing = np.array([not text for text in TEXTS])
    return assigned_columns(
        nothing, scored.doc_topic_distr, np.zeros(len(TEXTS)), edits, 0.0, scored.bags, by_hand
    )  # fmt: skip


def test_sub_topics_follow_a_split_topic_to_another_super_topic_here_and_in_assign_topics(source, page, money):
    levels = {"topic_parents": [0, 1] if money else [1, 0], "super_topics": ["animals", "economy"]}
    source.model = {**source.model, **levels}
    source.files["manifest.json"] = json.dumps({**json.loads(source.files["manifest.json"]), **levels}).encode()
    split(page, money)
    page.edit({"topic_id": money, "parent": 0}, {"topic_id": 1 - money, "parent": 1})
    overview = page.get("overview")
    listed = {topic["id"]: topic for topic in overview["topics"]}
    places = [(listed[topic]["parent_label"], listed[topic]["trained_parent"]) for topic in (2, 3)]
    assert places == [("animals", 0), ("animals", 0)]
    table = assigned_table(source)
    given = table.dropna(subset=["topic_id"])
    assert set(given["topic_id"]) == {1 - money, 2, 3}
    assert given["super_topic"].tolist() == [listed[topic]["parent_label"] for topic in given["topic_id"]]
    page.edit({"topic_id": 3, "parent": 1})
    listed = {topic["id"]: topic for topic in page.get("overview")["topics"]}
    assert [listed[topic]["parent_label"] for topic in (2, 3)] == ["animals", "economy"]
    moved_alone = assigned_table(source)
    assert set(moved_alone["super_topic"][moved_alone["topic_id"] == 3]) == {"economy"}


def test_a_preview_names_terms_documents_and_excerpts_of_each_part(page, money):
    found = page.get(f"split?topic={money}&parts=2")
    assert found["n_documents"] == N_MONEY == sum(part["n_documents"] for part in found["parts"])
    assert [len(part["excerpts"]) for part in found["parts"]] == [3, 3]
    shown = {document["excerpt"] for part in found["parts"] for document in part["excerpts"]}
    assert shown <= {*MONEY, "zeppelins"}
    assert page.get(f"split?topic={money}&parts=2") == found
    assert [part["label"] for part in found["split"]["parts"]] == [part["label"] for part in found["parts"]]


def test_sub_topics_take_the_place_of_the_topic_everywhere(page, money):
    previewed = split(page, money)
    whole = page.get("overview")["topics"][money]
    overview = page.get("overview")
    entries = {topic["id"]: topic for topic in overview["topics"]}
    assert (whole["split_into"], whole["n_documents"]) == ([2, 3], 0)
    assert [entries[part]["n_documents"] for part in (2, 3)] == [part["n_documents"] for part in previewed["parts"]]
    assert [entries[part]["label"] for part in (2, 3)] == [part["label"] for part in previewed["parts"]]
    assert overview["counts"]["topics"] == 3
    assert page.get("similarity")["ids"] == [1 - money, 2, 3]
    detail = page.get("topics/2")
    assert (detail["split_from"], detail["siblings"]) == (money, [2, 3])
    assert set(detail["top_terms"]) & set(previewed["parts"][0]["top_terms"])
    assert len(detail["representatives"]) == min(10, entries[2]["n_documents"])
    assert page.get("documents?topic=2")["total"] == entries[2]["n_documents"]
    assert page.get("counts")["topics"]["3"] == entries[3]["n_documents"]


def test_a_word_belongs_to_the_sub_topics_as_much_as_it_did_to_the_topic(page, money):
    before = {share["topic"]: share["share"] for share in page.get("term?term=interest")["topics"]}
    words = page.get(f"terms?topic={money}")["total"]
    split(page, money)
    assert page.get("terms?topic=2")["total"] == words > 0
    after = {share["topic"]: share["share"] for share in page.get("term?term=interest")["topics"]}
    assert after.get(2, 0) + after.get(3, 0) == pytest.approx(before[money], abs=2e-4)


def test_the_webapp_and_assign_topics_give_every_document_the_same_topic(page, source, money):
    split(page, money)
    split(page, 2)
    pets = 1 - money
    page.edit(
        {"topic_id": 3, "merged_into": pets},
        {"topic_id": 4, "documents": [moved(TEXTS[0], 0)]},
        {"topic_id": money, "documents": [moved(TEXTS[1], 1), moved(TEXTS[-1], len(TEXTS) - 1)]},
    )
    found = topics_of(page)
    assert found == assigned(source)
    assert set(found) == {pets, 4, 5, None}
    assert found[0] == 4
    assert {found[1], found[-1]} <= {4, 5}


def test_taken_back_the_topic_is_as_it_was_and_a_new_split_has_new_ids(page, source, money):
    before = topics_of(page)
    split(page, money)
    assert topics_of(page) != before
    page.edit({"topic_id": money, "split": None})
    assert topics_of(page) == before == assigned(source)
    split(page, money)
    assert page.get("overview")["topics"][money]["split_into"] == [4, 5]


def test_a_moved_document_is_shown_in_its_topic_at_once_and_says_so(page, money):
    pets = 1 - money
    document = page.get("documents/0")
    assert (document["topic"], document["moved"], document["digest"]) == (pets, False, moved(TEXTS[0], 0)["digest"])
    page.edit({"topic_id": money, "documents": [moved(TEXTS[0], 0)]})
    document = page.get("documents/0")
    shares = {part["topic"]: part["share"] for part in document["mixture"]}
    assert (document["topic"], document["moved"]) == (money, True)
    assert document["probability"] == pytest.approx(shares.get(money, 0.0), abs=1e-5)
    assert page.get("documents/16")["topic"] == pets, "the same text of another id stays"
    assert page.get("counts")["topics"][str(money)] == N_MONEY + 1


def test_without_ids_a_document_is_known_by_its_text(source, tmp_path, money):
    page = Page(source, tmp_path)
    page.edit({"topic_id": money, "documents": [{**moved(TEXTS[0], 0), "id_column": None, "key": None}]})
    found = topics_of(page)
    assert [found[row] for row in (0, 16, 32)] == [money] * 3
    assert found == assigned(source)


def test_a_text_that_is_tried_gets_a_sub_topic(page, money):
    split(page, money)
    found = page.post("try", {"text": MONEY[0]})
    row = TEXTS.index(MONEY[0])
    assert found["mixture"][0]["topic"] == page.get(f"documents/{row}")["topic"]
    assert {span[2] for span in found["spans"]} == {found["mixture"][0]["topic"]}
    assert {span[2] for span in page.get(f"documents/{row}/words")["spans"]} == {found["mixture"][0]["topic"]}


@pytest.mark.parametrize(
    ("address", "code"),
    [("split?topic=9&parts=2", 404), ("split?topic=0&parts=5", 400), ("split?topic=x", 400), ("split", 400)],
)
def test_what_cannot_be_split_is_answered_by_a_sentence(page, address, code):
    assert page.get(address, code)["error"]


def test_without_the_model_the_whole_topic_is_shown_with_a_warning(page, source, tmp_path, money):
    split(page, money)
    source.files = {path: content for path, content in source.files.items() if path.startswith("edits/")}
    other = Page(source, tmp_path / "other")
    overview = other.get("overview")
    assert overview["counts"]["topics"] == 2
    assert any("Sub-topics are not shown" in warning for warning in overview["edits"]["warnings"])


def test_of_two_people_who_move_the_same_document_the_second_is_asked(page, money):
    seen = page.get("edits")["version"]
    page.edit({"topic_id": money, "documents": [moved(TEXTS[0], 0)]}, Visitor="bo")
    mine = {"topic_id": 1 - money, "documents": [moved(TEXTS[0], 0)]}
    answer = page.post("edits", {"seen": seen, "changes": [mine]}, 409)
    assert answer["conflicts"][0]["changes"]["documents"] == [moved(TEXTS[0], 0)]


def test_who_takes_a_split_back_learns_that_its_sub_topics_were_edited(page, money):
    split(page, money)
    seen = page.get("edits")["version"]
    page.edit({"topic_id": 2, "label": "loans"}, Visitor="bo")
    answer = page.post("edits", {"seen": seen, "changes": [{"topic_id": money, "split": None}]}, 409)
    assert [conflict["topic_id"] for conflict in answer["conflicts"]] == [2]


def test_the_log_shows_splits_without_their_words_and_the_dataset_names_sub_topics(page, source, money):
    split(page, money)
    logged = page.get("edits")["log"][0]["changes"]["split"]
    assert logged == {"parts": [{"topic_id": part["topic_id"], "label": part["label"]} for part in logged["parts"]]}
    row = source.written["edits"][-1]
    assert (row["topic_id"], json.loads(row["split_into"])) == (money, logged["parts"])
    assert [part["topic_id"] for part in logged["parts"]] == [2, 3]


def test_beside_another_model_documents_count_in_sub_topics_and_where_they_were_moved(source, money, tmp_path):
    source.tables["other_topics"] = [
        {"topic_id": 7, "label": "all", "n_documents": len(TEXTS), "top_terms": '["bank", "gold"]'}
    ]
    source.tables["other_document_topics"] = [
        {"id": f"d{row}", "text": text, "topic_id": 7} for row, text in enumerate(TEXTS)
    ]
    page = Page(source, tmp_path)
    split(page, money)
    page.edit({"topic_id": 3, "documents": [moved(TEXTS[0], 0)]})
    topics = topics_of(page)
    assert {2, 3} <= set(topics)
    flow = page.get("models/other")["flow"]
    n_of = {cell["topic"]: cell["n"] for cell in flow["cells"]}
    assert n_of == {topic: topics.count(topic) for topic in set(topics)}
    of_changes = page.get("changes?against=other")["moved"]
    assert sum(cell["n"] for cell in of_changes["cells"] if cell["topic"] == money) == 0
    assert of_changes["n"] == len(TEXTS)
