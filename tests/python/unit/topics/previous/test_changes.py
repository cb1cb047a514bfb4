"""What became of the topics of a previous model: the dataset, and the edits that go on."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tests.python.unit.topics.previous.previous_models import ARMY, NAVY, previous_topics, split_of
from tests.python.unit.topics.small_corpora import corpus_of
from text_explorer.columns import names_of
from text_explorer.topics.describing.description import describe_topics
from text_explorer.topics.edits.edit_files import parse_file
from text_explorer.topics.edits.moves import MovedDocument
from text_explorer.topics.models.training import EngineSettings, train
from text_explorer.topics.previous.carried_edits import carried_edits, carried_file, carried_path
from text_explorer.topics.previous.changes import changes_table
from text_explorer.topics.previous.columns import TOPIC_CHANGES
from text_explorer.topics.previous.start import start_from

PREVIOUS = [[40, 40, 0], [0, 0, 60]]
TEXTS = ["bread bread", "bread oven bread"] * 15 + ["cheese onion cheese"] * 10
MODEL_ID = "b" * 32


@pytest.fixture(scope="module")
def update():
    """Train on bread and cheese after army and bread."""
    corpus = corpus_of(TEXTS)
    start = start_from(previous_topics(PREVIOUS, documents=[30, 10]), corpus, 3, weight=0.1)
    trained = train(
        corpus, EngineSettings("gsdmm", start.n_topics), seed_counts=start.seed_counts,
        first_topics=start.first_topics, numbering=start.number,
    )  # fmt: skip
    return describe_topics(trained, rename=start.previous.keep_labels), start, trained.model.topic_term_counts


@pytest.fixture(scope="module")
def rows(update):
    table = changes_table(*update)
    assert list(table.columns) == names_of(TOPIC_CHANGES)
    return table.to_dict("records")


def test_each_topic_of_both_models_has_a_row(rows):
    assert [row["topic_id"] for row in rows] == [0, 1, 2]
    assert [row["change"] for row in rows] == ["gone", "grown", "new"]


def test_documents_and_shares_are_those_of_both_trainings(rows):
    assert [row["n_documents"] for row in rows] == [0, 30, 10]
    assert [row["document_share"] for row in rows] == [0, 0.75, 0.25]
    assert [row["n_documents_before"] for row in rows[:2]] == [30, 10]
    assert [row["document_share_before"] for row in rows[:2]] == [0.75, 0.25]


def test_a_gone_topic_keeps_its_label_and_its_terms_are_told(rows, update):
    gone = rows[0]
    assert (gone["label"], gone["label_before"], gone["top_terms"]) == ("topic 0", "topic 0", None)
    assert json.loads(gone["top_terms_before"])[:2] == ["army", "navy"]
    assert update[0].in_use.tolist() == [False, True, True]


def test_a_new_topic_names_the_most_similar_previous_one(rows):
    new = rows[2]
    assert new["label_before"] is None
    assert json.loads(new["related_topics"])[0] in (0, 1)
    assert 0 <= new["similarity"] < 0.3 < rows[1]["similarity"] <= 1


def test_retired_topics_leave_the_description_of_the_others_alone(update):
    description, *_ = update
    corpus = description.corpus
    alone = describe_topics(train(corpus, EngineSettings("gsdmm", 2)))
    assert alone.tally.n_documents.tolist() == description.tally.n_documents[1:].tolist()
    assert alone.quality()["diversity"] == description.quality()["diversity"]
    assert np.isnan(description.correlations.correlations[0]).all()


def test_gone_topics_are_hidden_by_a_file_of_a_fixed_name(update):
    description, start, _ = update
    files = carried_file(start.previous, description.in_use, {}, {}, MODEL_ID)
    ((path, content),) = files.items()
    assert path == carried_path(MODEL_ID)
    parsed = parse_file(path, content)
    assert parsed.model_id == MODEL_ID
    assert [(edit.topic_id, dict(edit.changes), edit.author) for edit in parsed.edits] == [
        (0, {"hidden": True}, "Discover topics")
    ]


def test_hidden_topics_notes_merges_and_moves_go_on():
    document = MovedDocument("id", "d1", "c" * 32)
    split = split_of([ARMY, NAVY], (3, [0.9, 0.1], 0.5), (4, [0.1, 0.9], 0.5))
    previous = previous_topics(
        [[4, 4, 0], [0, 2, 6], [1, 0, 0]], {"topic_id": 1, "hidden": True, "note": "old"},
        {"topic_id": 2, "merged_into": 1}, {"topic_id": 0, "split": split},
    )  # fmt: skip
    in_use = np.array([False, True, False, True, True])
    files = carried_file(previous, in_use, {document: 3}, {}, MODEL_ID)
    edits = {edit.topic_id: edit for edit in parse_file(*files.popitem()).edits}
    assert {topic: dict(edit.changes) for topic, edit in edits.items()} == {
        0: {"hidden": True}, 1: {"hidden": True, "note": "old"}, 2: {"merged_into": 1}, 3: {"documents": (document,)},
    }  # fmt: skip
    assert {edits[topic].author for topic in (0, 1, 2)} == {"ann"}


def test_more_documents_moved_to_a_topic_than_can_go_on_are_named(caplog):
    documents = {MovedDocument("id", f"d{number}", "c" * 32): 0 for number in range(1_002)}
    (edit,) = carried_edits(previous_topics(PREVIOUS), np.array([True, True]), documents, {})
    assert len(edit.changes["documents"]) == 1_000
    assert "1,002 documents were moved by hand to topic 0" in caplog.text


def test_without_edits_and_gone_topics_nothing_is_written():
    assert carried_file(previous_topics(PREVIOUS), np.array([True, True, True]), {}, {}, MODEL_ID) == {}


def test_the_order_of_rows_does_not_show():
    corpora = corpus_of(TEXTS), corpus_of(TEXTS[::-1])
    starts = [start_from(previous_topics(PREVIOUS), corpus, 2, weight=0.1) for corpus in corpora]
    assert starts[0].seed_counts.tobytes() == starts[1].seed_counts.tobytes()
    assert starts[0].first_topics.tolist() == starts[1].first_topics[::-1].tolist()
