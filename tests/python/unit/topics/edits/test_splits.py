"""Splitting a topic into sub-topics, and moving documents by hand, as the log of edits keeps them."""

from datetime import datetime, timedelta, timezone

import numpy as np
import pytest

from text_explorer.corpus.document_term_matrix import build_corpus
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.errors import DataError, SettingsError
from text_explorer.topics.edits.edit_files import parse_file
from text_explorer.topics.edits.edit_log import EditLog, edit_history, log_of_files, new_edit_file, resolve_edits
from text_explorer.topics.edits.fit_split import fit_split, top_terms
from text_explorer.topics.edits.moves import MovedDocument, digest_of, moved_topics
from text_explorer.topics.edits.splits import follow_splits

LABELS = ("war", "money", "law")
PARENTS, SUPER = (0, 1, 1), ("conflict", "state")
NOON = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)
TERMS = ["army", "navy"]
SPLIT = {
    "terms": TERMS,
    "parts": [
        {"label": "land", "share": 0.5, "probabilities": [0.9, 0.1]},
        {"label": "sea", "share": 0.5, "probabilities": [0.1, 0.9]},
    ],
}
DOCUMENT = {"id_column": "id", "key": "a", "digest": digest_of("the text").hex()}


class Log:
    """An edit log that is saved to and read back, as in the folder."""

    def __init__(self):
        self.files = {}

    def save(self, *changes):
        written = NOON + timedelta(minutes=len(self.files))
        path, content = new_edit_file(changes, self.read(), len(LABELS), len(SUPER), author="ann", written=written)
        self.files[path] = content

    def read(self):
        return log_of_files((parse_file(path, content) for path, content in self.files.items()), "m")

    def resolved(self):
        return resolve_edits(self.read().edits, LABELS, PARENTS, SUPER)


@pytest.fixture
def log():
    return Log()


def corpus_of(*texts):
    preparation = Preparation(max_document_share=1.0, min_documents=1)
    return build_corpus([DocumentText(text, "en") for text in texts], preparation)[0]


def test_sub_topics_get_the_next_ids_and_the_labels_they_were_given(log):
    log.save({"topic_id": 0, "split": SPLIT})
    edits = log.resolved()
    assert edits.labels == (*LABELS, "land", "sea")
    assert (edits.splits[0].ids, edits.split_from) == ((3, 4), {3: 0, 4: 0})
    assert edits.belongs_to == (0, 1, 2, 3, 4)


def test_ids_of_a_split_taken_back_are_not_used_again(log):
    log.save({"topic_id": 0, "split": SPLIT})
    log.save({"topic_id": 0, "split": None})
    log.save({"topic_id": 1, "split": SPLIT})
    edits = log.resolved()
    assert edits.splits.keys() == {1}
    assert edits.splits[1].ids == (5, 6)


def test_two_splits_saved_together_have_different_ids(log):
    log.save({"topic_id": 0, "split": SPLIT}, {"topic_id": 1, "split": SPLIT})
    edits = log.resolved()
    assert [split.ids for split in edits.splits.values()] == [(3, 4), (5, 6)]


def test_sub_topics_are_renamed_hidden_merged_and_split_as_any_topic(log):
    log.save({"topic_id": 0, "split": SPLIT})
    log.save({"topic_id": 3, "label": "Army", "hidden": True}, {"topic_id": 4, "merged_into": 2})
    log.save({"topic_id": 3, "split": SPLIT})
    edits = log.resolved()
    assert edits.labels == (*LABELS, "Army", "sea", "land", "sea")
    assert (edits.belongs_to[4], edits.hidden[3]) == (2, True)
    assert edits.split_from == {3: 0, 4: 0, 5: 3, 6: 3}


def test_sub_topics_are_in_the_super_topic_of_the_topic_that_was_split_unless_they_are_moved(log):
    log.save({"topic_id": 0, "split": SPLIT})
    log.save({"topic_id": 3, "split": SPLIT})
    assert log.resolved().super_topics == (0, 1, 1, 0, 0, 0, 0)
    log.save({"topic_id": 0, "parent": 1}, {"topic_id": 4, "parent": 0})
    assert log.resolved().super_topics == (1, 1, 1, 1, 0, 1, 1)
    log.save({"topic_id": 4, "parent": None})
    assert log.resolved().super_topics == (1, 1, 1, 1, 1, 1, 1)
    assert resolve_edits(log.read().edits, LABELS).super_topics == ()


def test_what_was_merged_or_moved_into_a_sub_topic_stays_with_the_topic_when_the_split_is_taken_back(log):
    log.save({"topic_id": 0, "split": SPLIT})
    log.save({"topic_id": 1, "merged_into": 3}, {"topic_id": 4, "documents": [DOCUMENT]})
    log.save({"topic_id": 0, "split": None})
    edits = log.resolved()
    assert edits.belongs_to == (0, 0, 2, 0, 0)
    assert [edits.belongs_to[topic] for topic in edits.moves.values()] == [0]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"topic_id": 0, "merged_into": 1}, "Topic 0 cannot be merged into topic 1: it is split"),
        ({"topic_id": 1, "merged_into": 0}, "Topic 1 cannot be merged into topic 0: that one is split"),
        ({"topic_id": 3, "merged_into": 2}, "Topic 3 cannot be merged into topic 2: that one is split"),
        ({"topic_id": 2, "split": SPLIT}, "Topic 2 cannot be split: it is merged into another topic"),
        ({"topic_id": 3, "parent_label": "x"}, "Topic 3 cannot be used to name a super-topic: it is a sub-topic"),
        ({"topic_id": 9, "split": SPLIT}, "Topic 9 cannot be edited: the model has topics 0 to 4"),
    ],
)
def test_what_would_leave_documents_or_super_topics_without_a_topic_is_refused(log, change, sentence):
    log.save({"topic_id": 2, "merged_into": 0})
    log.save({"topic_id": 0, "split": SPLIT})
    with pytest.raises(SettingsError) as refused:
        log.save(change)
    assert refused.value.faults[0].startswith(sentence)


def test_of_two_splits_saved_on_two_machines_at_once_the_second_is_passed_over(log):
    log.save({"topic_id": 0, "split": SPLIT})
    path, content = new_edit_file(
        [{"topic_id": 1, "split": SPLIT}], EditLog("m"), len(LABELS), author="bo", written=NOON + timedelta(hours=1)
    )
    log.files[path] = content
    edits = log.resolved()
    assert edits.splits.keys() == {0}
    assert "the ids of its sub-topics are used already" in edits.warnings[0]


FORGED = {
    "no object": ([], "split must be an object of terms and parts"),
    "no terms": ({**SPLIT, "terms": []}, "split.terms must be a list of 1 to 1,000 terms"),
    "a term twice": ({**SPLIT, "terms": ["army", "army"]}, "must not name a term twice"),
    "one part": ({**SPLIT, "parts": SPLIT["parts"][:1]}, "split.parts must be a list of 2 to 4 sub-topics"),
    "five parts": ({**SPLIT, "parts": SPLIT["parts"] * 3}, "split.parts must be a list of 2 to 4 sub-topics"),
    "a part of another kind": ({**SPLIT, "parts": [1, 2]}, "a sub-topic must have label, probabilities, share"),
    "a label of two lines": ({**SPLIT, "parts": [{**SPLIT["parts"][0], "label": "a\nb"}] * 2}, "one line of at most"),
    "no share": ({**SPLIT, "parts": [{**SPLIT["parts"][0], "share": 0}] * 2}, "share of a sub-topic must be above 0"),
    "impossible": (
        {**SPLIT, "parts": [{**SPLIT["parts"][0], "probabilities": [0.5, 0]}] * 2},
        "probabilities of a sub-topic must be a number above 0",
    ),
    "too few": (
        {**SPLIT, "parts": [{**SPLIT["parts"][0], "probabilities": [0.5]}] * 2},
        "probabilities of a sub-topic must be a number above 0 and at most 1 for each term",
    ),
}


@pytest.mark.parametrize("case", FORGED)
def test_a_forged_split_is_refused(log, case):
    value, sentence = FORGED[case]
    with pytest.raises(SettingsError) as refused:
        log.save({"topic_id": 0, "split": value})
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    "document",
    [
        "a", {}, {**DOCUMENT, "digest": "x" * 32}, {**DOCUMENT, "digest": None}, {**DOCUMENT, "key": None},
        {**DOCUMENT, "key": "\ud800"}, {**DOCUMENT, "id_column": 7}, {**DOCUMENT, "row": 1},
    ],
)  # fmt: skip
def test_a_forged_document_is_refused(log, document):
    with pytest.raises(SettingsError, match="a document must have a digest"):
        log.save({"topic_id": 0, "documents": [document]})


def test_a_document_has_the_topic_it_was_moved_to_last(log):
    log.save({"topic_id": 0, "documents": [DOCUMENT]})
    log.save({"topic_id": 1, "documents": [DOCUMENT]})
    edits = log.resolved()
    assert edits.moves == {MovedDocument(**DOCUMENT): 1}
    assert [len(topic.documents) for topic in edit_history(log.read().edits, len(LABELS))] == [1, 1]
    log.save({"topic_id": 1, "documents": None})
    assert log.resolved().moves == {}


def test_a_moved_document_is_recognized_by_its_id_and_its_text():
    moves = {MovedDocument(**DOCUMENT): 2, MovedDocument(None, None, digest_of("other").hex()): 1}
    texts = ["the text", "the text", "the text, changed", "other"]
    ids = ["a", "b", "a", "x"]
    assert moved_topics(moves, texts, {"id": ids}) == [2, -1, -1, 1]
    assert moved_topics(moves, texts, {}) == [-1, -1, -1, 1]


def test_a_document_goes_to_the_likelier_sub_topic_by_the_words_the_split_knows(log):
    log.save({"topic_id": 0, "split": SPLIT})
    split = log.resolved().splits[0]
    assert split.topics_of(corpus_of("army army navy", "navy", "zebra", "navy army navy zebra")).tolist() == [
        3,
        4,
        3,
        4,
    ]


def test_splits_and_merges_are_followed_to_the_end():
    """Topic 0 is split into 3 and 4, 3 is merged into 1, and 1 into 5 and 6."""
    chosen = {0: 3, 1: 6}
    final_topic = np.array([0, 1, 2, 1, 4, 5, 6])
    found = follow_splits(
        np.array([0, 2, -1, 1]), final_topic, chosen, lambda part, rows: np.full(len(rows), part)
    )  # fmt: skip
    assert found.tolist() == [6, 2, -1, 6]


LAND, SEA = "army soldier tank battle", "navy ship submarine battle"


def test_two_subjects_in_one_topic_are_found_with_the_words_that_set_them_apart():
    corpus = corpus_of(*[LAND] * 30, *[SEA] * 20)
    split = fit_split(corpus, 2)
    assert split.topics_of(corpus).tolist() == [0] * 30 + [1] * 20
    assert [set(terms[:3]) for terms in top_terms(split)] == [
        {"army", "soldier", "tank"},
        {"navy", "ship", "submarine"},
    ]
    assert [part.share for part in split.parts] == [0.6, 0.4]
    assert fit_split(corpus, 2) == split


def test_more_terms_than_dimensions_are_clustered_the_same_each_time():
    """Four subjects of ten words each, of which every document has six."""
    rng = np.random.default_rng(0)
    words = [[f"{subject}{letter}" for letter in "abcdefghij"] for subject in ("army", "bank", "court", "dock")]
    texts = [" ".join(rng.choice(words[number % 4], 6, replace=False)) for number in range(80)]
    corpus = corpus_of(*texts)
    split = fit_split(corpus, 4)
    found = split.topics_of(corpus).reshape(20, 4)
    assert (found == found[0]).all()
    assert len(set(found[0])) == 4
    assert fit_split(corpus, 4) == split


def test_documents_of_the_same_words_are_not_split():
    with pytest.raises(DataError, match="No sub-topics were found"):
        fit_split(corpus_of(*["army"] * 3, "army army"), 2)
    with pytest.raises(DataError, match="No sub-topics were found"):
        fit_split(corpus_of("army"), 2)
