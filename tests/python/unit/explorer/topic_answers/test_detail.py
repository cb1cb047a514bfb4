"""The overview and the details of a topic."""

from __future__ import annotations

import json
from datetime import datetime, timezone

import pytest

from tests.python.unit.explorer.memory_source import EMOJI_TEXT, LABELS, SECOND_SENTENCE, small_source
from text_explorer.explorer.documents.listing import document_detail
from text_explorer.explorer.shared.errors import NotFoundError
from text_explorer.explorer.topic_answers.detail import topic_detail
from text_explorer.explorer.topic_answers.overview import overview


def test_the_overview_counts_documents_topics_and_statuses(indexed):
    found = overview(indexed())
    assert found["counts"] == {"documents": 7, "assigned": 5, "topics": 2, "summaries": 2, "topic_summaries": 1}
    assert found["statuses"] == [
        {"status": "ok", "n": 5},
        {"status": "empty text", "n": 1},
        {"status": "no known term", "n": 1},
    ]
    assert found["notes"] == []


def test_the_overview_lists_topics_by_id_with_shares_and_terms(indexed):
    topics = overview(indexed())["topics"]
    assert [(topic["id"], topic["label"], topic["share"]) for topic in topics] == [
        (0, LABELS[0], 0.6),
        (1, LABELS[1], 0.4),
    ]
    assert topics[0]["top_terms"] == ["cats", "dogs"]


@pytest.mark.parametrize(
    ("engine", "name", "words"),
    [
        ("gsdmm", "probability", "posterior"),
        ("lda_gibbs", "proportion", "not a confidence"),
        ("lda_gensim", "proportion", "not a confidence"),
        (None, "weight", "No model folder"),
    ],
)
def test_each_engine_says_what_its_number_means(indexed, engine, name, words):
    source = small_source()
    source.model = {"engine": engine} if engine else None
    wording = overview(indexed(source))["engine"]
    assert wording["probability_name"] == name
    assert words in wording["probability_explanation"]


def test_a_topic_has_its_terms_by_falling_probability_with_all_figures(indexed):
    terms = topic_detail(indexed(), 0)["terms"]
    assert [term["term"] for term in terms] == ["cats", "purr", "dogs"]
    assert terms[1] == {
        "term": "purr",
        "probability": 0.25,
        "lift": 2.0,
        "relevance": None,
        "frex": None,
        "saliency": None,
        "rank": 2,
        "count": 4,
        "document_count": 2,
    }


def test_representatives_lead_to_their_documents_where_there_are_any(indexed):
    representatives = topic_detail(indexed(), 0)["representatives"]
    assert [(document["key"], document["row"]) for document in representatives] == [("b", 1), ("gone", None)]
    assert [document["similar"] for document in representatives] == [40, 0]


def test_a_summary_brings_each_sentence_from_its_document(indexed):
    summary = topic_detail(indexed(), 1)["summary"]
    start, end = SECOND_SENTENCE
    assert summary["sources"] == [
        {"key": "d", "start": start, "end": end, "score": 0.25, "row": 3, "text": EMOJI_TEXT[start:end]}
    ]
    assert summary["keyphrases"] == ["bold", "<b>"]


def test_a_source_outside_its_document_has_no_sentence(indexed):
    source = small_source()
    source.tables["group_summaries"][0]["summary_sources"] = (
        '[{"row_key": "d", "start": 5, "end": 9999}, {"row_key": "z"}]'
    )
    sources = topic_detail(indexed(source), 1)["summary"]["sources"]
    assert [(found["row"], found["text"]) for found in sources] == [(None, None), (None, None)]


def test_what_the_summary_does_not_hold_is_no_quote_of_it(indexed):
    source = small_source()
    # The recipes ran with other id columns: the key is that of another document.
    source.tables["group_summaries"][0]["summary_sources"] = json.dumps([{"row_key": "a", "start": 1, "end": 8}])
    sources = topic_detail(indexed(source), 1)["summary"]["sources"]
    assert [(found["row"], found["text"]) for found in sources] == [(None, None)]


def test_sentences_whose_place_is_not_found_are_counted_in_a_note(indexed):
    source = small_source()
    start, end = SECOND_SENTENCE
    places = [{"row_key": "d", "start": start, "end": end}, {"row_key": "a", "start": 1, "end": 8}]
    source.tables["group_summaries"][0]["summary_sources"] = json.dumps(places)
    (note,) = overview(indexed(source))["notes"]
    assert note.startswith("Sentences of topic summaries not found in the documents: 1 of 2.")
    assert note.endswith("Run all recipes on the same documents with the same id column.")


def test_of_documents_that_share_an_id_the_one_that_holds_the_sentence_is_its_source(indexed):
    source = small_source()
    source.tables["document_topics"][0]["id"] = "d"
    start, end = SECOND_SENTENCE
    sources = topic_detail(indexed(source), 1)["summary"]["sources"]
    assert [(found["row"], found["text"]) for found in sources] == [(3, EMOJI_TEXT[start:end])]


STORED_IDS = pytest.mark.parametrize(
    ("ids", "written"),
    [
        (("007", "8"), ("007", "8")),
        ((17, 18), ("17", "18")),
        ((17.0, 0.5), ("17", "0.5")),
        ((True, False), ("true", "false")),
        (
            (datetime(2020, 1, 18, tzinfo=timezone.utc), datetime(2020, 1, 19, tzinfo=timezone.utc)),
            ("2020-01-18T00:00:00.000Z", "2020-01-19T00:00:00.000Z"),
        ),
    ],
    ids=["string", "bigint", "double", "boolean", "date"],
)


@STORED_IDS
def test_ids_of_every_type_join_with_the_keys_the_recipes_write(indexed, ids, written):
    source = small_source()
    documents = source.tables["document_topics"]
    for document, row_id in zip(documents, ids):
        document["id"] = row_id
    source.tables["topics"][0]["representative_documents"] = json.dumps(
        [{"row_key": key, "excerpt": "x", "probability": 1} for key in written]
    )
    representatives = topic_detail(indexed(source), 0)["representatives"]
    assert [document["row"] for document in representatives] == [0, 1]


@STORED_IDS
def test_summaries_join_by_ids_of_every_type(indexed, ids, written):
    source = small_source()
    documents, summaries = source.tables["document_topics"], source.tables["summaries"]
    documents[0]["id"], documents[3]["id"] = ids
    # The summaries may lie on a storage that holds the same ids as text.
    summaries[0]["id"], summaries[1]["id"] = ids[1], written[0]
    connection = indexed(source)
    assert document_detail(connection, 0)["summary"]["text"] == "Cats purr."
    assert document_detail(connection, 3)["summary"]["text"] == EMOJI_TEXT[slice(*SECOND_SENTENCE)]


@STORED_IDS
def test_sentences_of_a_topics_summary_join_by_ids_of_every_type(indexed, ids, written):
    source = small_source()
    source.tables["document_topics"][3]["id"] = ids[1]
    start, end = SECOND_SENTENCE
    place = {"row_key": written[1], "start": start, "end": end}
    source.tables["group_summaries"][0]["summary_sources"] = json.dumps([place])
    assert [found["row"] for found in topic_detail(indexed(source), 1)["summary"]["sources"]] == [3]


def test_summaries_of_other_groups_are_left_out_with_a_note(indexed):
    source = small_source()
    for row in source.tables["document_topics"]:
        row["topic_id_1"] = row.pop("topic_id")
        row["topic_id"] = "old"
    source.model["columns"] = {"document_topics": {"topic_id": "topic_id_1"}}
    connection = indexed(source)
    assert topic_detail(connection, 1)["summary"] is None
    assert overview(connection)["notes"] == [
        "The summaries of the topics are not shown: they are not grouped by 'topic_id_1', the column that holds the "
        "topics. Run 'Summarize groups of texts' on the documents with topics with the group column 'topic_id_1' and "
        "select its output in the settings."
    ]


def test_an_unknown_topic_is_reported_in_a_sentence(indexed):
    with pytest.raises(NotFoundError, match="There is no topic 7 in the data"):
        topic_detail(indexed(), 7)


def abstract_of(*sources, **sentence):
    return json.dumps([
        {"sentence": "Astral pets.", "kept": True, "sources": sources, **sentence},
        {"sentence": "Left out.", "kept": False, "sources": []},
    ])  # fmt: skip


def test_the_abstract_of_a_topic_has_kept_sentences_with_their_sources_in_place(indexed):
    start, end = SECOND_SENTENCE
    source = small_source()
    quoted = EMOJI_TEXT[start:end]
    places = [
        {"row_key": "d", "start": start, "end": end, "text": f" {quoted}\n"},
        {"row_key": "d", "start": start, "end": end, "text": "Another sentence."},
        {"row_key": "gone", "start": 0, "end": 4, "text": "Cats"},
    ]
    source.tables["abstracts"] = [{"topic_id": 1, "abstract_sentences": abstract_of(*places)}]
    index = indexed(source)
    (sentence,) = topic_detail(index, 1)["abstract"]
    assert sentence["text"] == "Astral pets."
    assert [(each["key"], each["row"]) for each in sentence["sources"]] == [("d", 3), ("d", None), ("gone", None)]
    assert topic_detail(index, 0)["abstract"] == []


def test_abstracts_of_other_groups_are_a_note_and_the_page_opens(indexed):
    source = small_source()
    source.tables["abstracts"] = [{"product": "red", "abstract_sentences": "[]"}]
    index = indexed(source)
    assert topic_detail(index, 1)["abstract"] == []
    assert any(
        "has no column 'topic_id'. Select the dataset that 'Write abstracts' wrote" in note
        for note in overview(index)["notes"]
    )
