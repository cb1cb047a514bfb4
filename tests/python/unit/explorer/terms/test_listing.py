"""Terms with their topics: from the model folder, from the dataset of terms, and with topics merged."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tests.python.unit.explorer.memory_source import small_source
from tests.python.unit.explorer.theme_source import FOREIGN, N_WORDS, OWN, SHARE, edited, theme_source
from tests.python.unit.topics.theme_models import COUNT, THEMES
from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.explorer.shared.parameters import Page
from text_explorer.explorer.terms.listing import PAGE_SIZE, TermsRequest, list_terms, term_detail
from text_explorer.explorer.terms.topic_word_matrix import TopicWordMatrix
from text_explorer.explorer.topic_answers.overview import overview
from text_explorer.topics.describing.terms import score_terms
from text_explorer.topics.storage.model_folder import read_model

WORDS = sorted(" ".join(THEMES.values()).split())


def test_all_words_of_the_model_are_listed(indexed):
    found = list_terms(indexed(theme_source()), TermsRequest(sort="term"))
    assert [term["term"] for term in found["terms"]] == WORDS
    assert (found["total"], found["source"], found["pages"]) == (N_WORDS, "model", 1)


def test_a_term_belongs_to_topics_by_their_parts_of_it(indexed):
    topics = term_detail(indexed(theme_source()), "army")["topics"]
    assert topics[0] == {
        "topic": 0,
        "share": pytest.approx(SHARE),
        "probability": pytest.approx(OWN),
        "lift": pytest.approx(OWN * N_WORDS),
        "rank": 1,
    }
    assert [topic["topic"] for topic in topics[1:]] == [1, 2, 3, 4, 5]
    assert sum(topic["share"] for topic in topics) == pytest.approx(1)


def test_a_word_of_another_topic_ranks_behind_the_topics_own(indexed):
    ranks = {topic["topic"]: topic["rank"] for topic in term_detail(indexed(theme_source()), "army")["topics"]}
    assert ranks == {0: 1, 1: 5, 2: 5, 3: 5, 4: 5, 5: 5}


def test_topics_merged_add_up_their_parts_of_a_term_and_average_their_probabilities(indexed):
    index = indexed(theme_source(), edits=edited({"topic_id": 1, "merged_into": 0}))
    first = term_detail(index, "army")["topics"][0]
    assert first["topic"] == 0
    assert first["share"] == pytest.approx(SHARE * (1 + FOREIGN / OWN))
    assert first["probability"] == pytest.approx((OWN + FOREIGN) / 2)


def test_terms_of_a_merged_topic_are_those_of_all_it_is_made_of(indexed):
    index = indexed(theme_source(), edits=edited({"topic_id": 1, "merged_into": 0}))
    found = list_terms(index, TermsRequest(topic=1, sort="term"))
    assert [term["term"] for term in found["terms"]] == sorted(f"{THEMES['war']} {THEMES['money']}".split())


def test_saliency_is_that_of_the_recipe(indexed):
    source = theme_source()
    _, model, vocabulary, _ = read_model(source.model_file)
    corpus = Corpus(np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32), vocabulary)
    expected = score_terms(model.topic_term_distr, np.full(len(THEMES), 1 / 6), corpus).saliency()
    found = list_terms(indexed(source), TermsRequest(sort="term"))
    assert [term["saliency"] for term in found["terms"]] == pytest.approx(expected.tolist())


def test_without_a_model_folder_the_dataset_of_terms_is_used(indexed):
    source = theme_source(with_files=False)
    found = list_terms(indexed(source), TermsRequest(typed="arm"))
    assert found["source"] == "topic_terms"
    (army,) = found["terms"]
    # p(topic | term) = lift p(topic); topics that do not list the term have the rest.
    assert army == {
        "term": "army",
        "count": COUNT,
        "document_count": 1,
        "saliency": 0.05,
        "topics": [{"topic": 0, "share": pytest.approx(OWN * N_WORDS / 6, abs=1e-6)}],
    }


def test_listed_terms_without_lift_and_token_share_still_have_topics(indexed):
    source = small_source()
    for term in source.tables["topic_terms"]:
        term["lift"] = None
    for topic in source.tables["topics"]:
        topic["token_share"] = None
    (first, *_) = term_detail(indexed(source), "cats")["topics"]
    assert (first["topic"], first["share"]) == (0, pytest.approx(1))


def test_a_folder_of_another_run_is_not_mixed_in(indexed):
    source = theme_source()
    for topic in source.tables["topics"]:
        topic["top_terms"] = json.dumps(["something", "else"])
    index = indexed(source)
    assert TopicWordMatrix(index).source == "topic_terms"
    (note,) = overview(index)["notes"]
    assert "the model folder comes from another run of 'Discover topics'" in note


def test_a_folder_of_fewer_topics_is_not_mixed_in(indexed):
    source = theme_source()
    del source.tables["topics"][5]
    assert TopicWordMatrix(indexed(source)).source == "topic_terms"


def test_a_damaged_model_is_reported_and_done_without(indexed):
    source = theme_source()
    source.files["model.npz"] = b"no archive"
    index = indexed(source)
    assert TopicWordMatrix(index).source == "topic_terms"
    assert overview(index)["notes"][0].startswith("Only the words listed in the dataset of terms are shown.")


@pytest.mark.parametrize("typed", ["ARM", "rmy", " army ", "ármy"])
def test_terms_are_found_by_any_part_whatever_case_and_accents(indexed, typed):
    assert [term["term"] for term in list_terms(indexed(theme_source()), TermsRequest(typed=typed))["terms"]] == [
        "army"
    ]


@pytest.mark.parametrize("typed", ["%", "_", "' OR 1=1 --", "😀"])
def test_nothing_typed_is_read_as_an_operator(indexed, typed):
    assert list_terms(indexed(theme_source()), TermsRequest(typed=typed))["total"] == 0


def test_terms_come_in_pages(indexed):
    source = theme_source(with_files=False)
    first = source.tables["topic_terms"][0]
    source.tables["topic_terms"] += [{**first, "term": f"word{number:03}", "count": number} for number in range(100)]
    found = list_terms(indexed(source), TermsRequest(sort="count", page=Page(2, PAGE_SIZE)))
    assert (found["total"], found["pages"], len(found["terms"])) == (124, 3, 50)
    # The first page: 49 words that occur more often than the terms of the themes, and one of those.
    assert [term["count"] for term in found["terms"][:24]] == [50] * 24


def test_a_page_behind_the_last_is_empty(indexed):
    found = list_terms(indexed(theme_source()), TermsRequest(page=Page(99_999_999_999, PAGE_SIZE)))
    assert (found["terms"], found["total"]) == ([], N_WORDS)


def test_an_unknown_term_brings_those_that_have_the_same_beginning(indexed):
    found = term_detail(indexed(theme_source()), "coins")
    assert (found["known"], found["topics"], found["near"]) == (False, [], ["coin"])
    assert term_detail(indexed(theme_source()), "xylophone")["near"] == []


def test_a_term_is_found_in_another_case_and_is_not_near_itself(indexed):
    found = term_detail(indexed(theme_source()), "ARMY")
    assert (found["term"], found["known"]) == ("army", True)
    assert "army" not in found["near"]


def test_a_topic_the_data_do_not_have_has_no_terms(indexed):
    assert list_terms(indexed(theme_source()), TermsRequest(topic=99))["total"] == 0


def test_terms_of_one_topic_alone_are_all_its_own(indexed):
    source = theme_source(with_files=False)
    source.tables["topics"] = source.tables["topics"][:1]
    source.tables["topic_terms"] = source.tables["topic_terms"][:4]
    source.tables["document_topics"] = source.tables["document_topics"][:1]
    (topic,) = term_detail(indexed(source), "navy")["topics"]
    assert topic["topic"] == 0


def test_topics_without_any_term_are_no_fault(indexed):
    source = theme_source(with_files=False)
    source.tables["topic_terms"] = {"columns": list(source.tables["topic_terms"][0])}
    index = indexed(source)
    assert list_terms(index, TermsRequest())["total"] == 0
    assert term_detail(index, "army")["known"] is False


def test_blocks_give_back_what_the_model_holds(indexed):
    source = theme_source()
    _, model, vocabulary, _ = read_model(source.model_file)
    words = TopicWordMatrix(indexed(source))
    places = [vocabulary.ids[word] for word in ("tide", "army")]
    assert words.probabilities(places) == pytest.approx(model.topic_term_distr[:, places].T)
    assert words.all_probabilities() == pytest.approx(model.topic_term_distr.T)


def test_without_counts_the_saliency_of_a_term_is_not_known(indexed):
    source = theme_source(with_files=False)
    for row in source.tables["topic_terms"]:
        row.update(count=None, saliency=None)
    found = list_terms(indexed(source), TermsRequest(typed="army"))["terms"][0]
    assert (found["count"], found["saliency"]) == (0, None)
    assert found["topics"][0]["topic"] == 0
