"""How training goes on from a previous model: words, first topics, ids, on corpora whose topics are known."""

from __future__ import annotations

import numpy as np
import pytest

from tests.python.unit.topics.previous.previous_models import TERMS, previous_topics
from tests.python.unit.topics.small_corpora import corpus_of, in_terms_of
from text_explorer.topics.models.engines import ENGINES
from text_explorer.topics.models.gibbs_lda import GibbsLdaModel
from text_explorer.topics.models.training import EngineSettings, best_topics, train
from text_explorer.topics.previous.matching import match, similarities
from text_explorer.topics.previous.start import WEIGHT_OF_MOVED, start_from

PREVIOUS = [[40, 40, 0], [0, 0, 60]]
TEXTS = ["army navy army"] * 6 + ["bread bread"] * 9
CHEESE = "cheese onion cheese onion"


def start_on(texts, *edits, n_topics=2, weight=0.5, counts=PREVIOUS, **options):
    corpus = corpus_of(texts)
    return corpus, start_from(previous_topics(counts, *edits), corpus, n_topics, weight=weight, **options)


def pseudo_counts(corpus, start, index):
    return dict(zip(corpus.vocabulary.terms, start.seed_counts[index].tolist()))


def test_previous_occurrences_count_by_their_weight_and_new_terms_nothing():
    corpus, start = start_on([*TEXTS, CHEESE])
    assert pseudo_counts(corpus, start, 0) == {"army": 20, "navy": 20, "bread": 0, "cheese": 0, "onion": 0}
    assert pseudo_counts(corpus, start, 1)["bread"] == 30


def test_documents_start_in_the_topic_of_their_words():
    _, start = start_on(TEXTS)
    assert start.first_topics.tolist() == [0] * 6 + [1] * 9


def test_new_topics_start_with_the_documents_previous_ones_explain_worst():
    _, start = start_on([*TEXTS, CHEESE, *TEXTS[:1], CHEESE, CHEESE], n_topics=3)
    assert start.n_topics == 3
    assert start.first_topics[[15, 17, 18]].tolist() == [2, 2, 2]


def test_fewer_topics_than_before_add_none():
    _, start = start_on(TEXTS, n_topics=1)
    assert start.n_topics == 2


def test_a_merge_makes_no_room_for_a_new_topic():
    _, start = start_on(TEXTS, {"topic_id": 0, "merged_into": 1})
    assert start.n_topics == 1


def test_words_of_a_moved_document_count_for_its_topic():
    corpus, start = start_on(TEXTS, weight=0, moved={0: 1})
    assert pseudo_counts(corpus, start, 1) == {"army": 2 * WEIGHT_OF_MOVED, "navy": WEIGHT_OF_MOVED, "bread": 0}
    assert start.first_topics[0] == 1


def test_seeds_of_a_known_label_go_to_its_topic_and_others_to_a_new_one():
    seeds = np.array([[0, 0, 7], [5, 0, 0]])  # army, bread, navy by the alphabet
    corpus, start = start_on(TEXTS, weight=0, seeded_names=["Topic 1", "Food"], seeds=seeds)
    assert start.seeded == (1, 2)
    assert pseudo_counts(corpus, start, 1) == {"army": 0, "bread": 0, "navy": 7}
    assert pseudo_counts(corpus, start, 2) == {"army": 5, "bread": 0, "navy": 0}


def test_topics_are_matched_by_the_probability_they_share():
    first = np.array([[0.5, 0.5, 0.0], [0.0, 0.2, 0.8]])
    second = np.array([[0.1, 0.1, 0.8], [0.6, 0.4, 0.0], [0.0, 1.0, 0.0]])
    found = similarities(first, second)
    assert found == pytest.approx(np.array([[0.2, 0.9, 0.5], [0.9, 0.2, 0.2]]))
    assert match(found).tolist() == [1, 0]
    assert match(found[:, 2:]).tolist() == [0, -1]


def test_ids_of_topics_that_are_gone_are_not_used_again():
    corpus, start = start_on([*TEXTS, *[CHEESE] * 3], n_topics=2)
    distr = {"bread": [0, 60, 0, 0, 0], "cheese": [0, 0, 30, 0, 30]}
    assert corpus.vocabulary.terms == ("army", "bread", "cheese", "navy", "onion")
    model = GibbsLdaModel(np.array([distr["cheese"], distr["bread"]], dtype=float), np.array([0.1, 0.2]), 0.001)
    order, retired = start.number(model, np.array([1, 0]))
    assert order.tolist() == [-1, 1, 0]
    numbered = model.reordered(order, retired)
    assert numbered.in_use.tolist() == [False, True, True]
    assert numbered.topic_term_counts.tolist() == [[40, 0, 0, 40, 0], distr["bread"], distr["cheese"]]


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_retired_topics_have_no_part_in_any_document(engine):
    corpus = corpus_of(TEXTS)
    model = train(corpus, EngineSettings(engine, 2)).model
    retired = np.array([[9.0, 9.0, 9.0], [0, 0, 0], [0, 0, 0]])
    numbered = model.reordered(np.array([-1, 0, 1]), retired)
    shares = numbered.transform(in_terms_of(corpus, [*TEXTS, "unknown"]))
    assert shares[:15, 0].tolist() == [0] * 15
    assert shares[:15, 1:].tolist() == model.transform(corpus).tolist()
    assert np.isnan(shares[15]).all()


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_training_goes_on_with_the_ids_of_each_engine(engine):
    texts = [*TEXTS, *[CHEESE] * 8]
    corpus, start = start_on(texts, n_topics=3)
    trained = train(
        corpus, EngineSettings(engine, start.n_topics, seed=1), seed_counts=start.seed_counts,
        first_topics=start.first_topics, numbering=start.number,
    )  # fmt: skip
    topics = best_topics(trained.model.transform(corpus)).tolist()
    assert topics == [0] * 6 + [1] * 9 + [2] * 8
    assert set(TERMS) < set(corpus.vocabulary.terms)
