import numpy as np
import pytest

from tests.python.unit.english_texts import english
from text_explorer.corpus.document_term_matrix import build_corpus
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.topics.describing.terms import (
    class_tf_idf,
    label_topics,
    score_terms,
    top_terms,
    topic_terms_table,
)


@pytest.fixture
def corpus():
    # p(w): bank 4/12, common 6/12, war 2/12; terms in alphabetical order.
    texts = ["bank common", "bank common", "bank common common", "war common common", "war bank"]
    corpus, _ = build_corpus(english(texts), Preparation(max_document_share=1.0))
    return corpus


@pytest.fixture
def scores(corpus):
    return score_terms(np.array([[0.5, 0.4, 0.1], [0.1, 0.5, 0.4]]), np.array([6.0, 6.0]), corpus)


def test_lift_is_probability_over_marginal_probability(scores):
    assert scores.lift[0] == pytest.approx([0.5 / (4 / 12), 0.4 / (6 / 12), 0.1 / (2 / 12)])


def test_relevance_with_lambda_one_ranks_by_probability(scores):
    assert top_terms(scores.relevance(1.0), 3).tolist() == [[0, 1, 2], [1, 2, 0]]


def test_relevance_with_lambda_zero_ranks_by_lift(scores):
    assert top_terms(scores.relevance(0.0), 3).tolist() == [[0, 1, 2], [2, 1, 0]]


def test_relevance_between_mixes_the_logarithms(scores):
    assert scores.relevance(0.6)[0, 0] == pytest.approx(0.6 * np.log(0.5) + 0.4 * np.log(1.5))


def test_counts_of_a_term_sum_to_its_occurrences(scores, corpus):
    assert scores.count.sum(axis=0) == pytest.approx(corpus.vocabulary.term_counts)


def test_exclusivity_is_the_share_a_topic_has_of_its_terms(scores):
    share = np.array([[0.5 / 0.6, 0.4 / 0.9, 0.1 / 0.5], [0.1 / 0.6, 0.5 / 0.9, 0.4 / 0.5]])
    assert scores.exclusivity() == pytest.approx(share.mean(axis=1))


def test_saliency_is_information_about_the_topic_times_frequency(scores):
    joint = scores.count / scores.count.sum()
    of_term, of_topic = joint.sum(axis=0), joint.sum(axis=1)
    expected = [
        of_term[w] * sum(joint[t, w] / of_term[w] * np.log(joint[t, w] / of_term[w] / of_topic[t]) for t in (0, 1))
        for w in range(3)
    ]
    assert scores.saliency() == pytest.approx(expected)
    assert scores.saliency().sum() == pytest.approx((joint * np.log(joint / np.outer(of_topic, of_term))).sum())


def test_a_term_equally_frequent_in_all_topics_is_not_salient(corpus):
    alike = score_terms(np.array([[0.5, 0.3, 0.2], [0.5, 0.3, 0.2]]), np.array([9.0, 3.0]), corpus)
    assert alike.saliency() == pytest.approx([0, 0, 0], abs=1e-12)
    assert (alike.saliency() >= 0).all()
    empty_topic = score_terms(np.array([[0.5, 0.3, 0.2], [0.2, 0.3, 0.5]]), np.array([12.0, 0.0]), corpus)
    assert empty_topic.saliency() == pytest.approx([0, 0, 0], abs=1e-12)


def test_labels_are_the_most_relevant_terms_and_differ(corpus):
    longer = ("bank", "common", "war", "fleet")
    four = score_terms(np.array([[0.4, 0.3, 0.2, 0.1]] * 2), np.array([6.0, 6.0]), _with_terms(corpus, longer))
    assert label_topics(four, longer) == ["bank, common, war", "bank, common, war, fleet"]


def test_labels_of_the_same_terms_are_numbered_where_there_are_no_further_terms(corpus):
    alike = np.array([[0.5, 0.3, 0.2], [0.5, 0.3, 0.2], [0.2, 0.3, 0.5]])
    labels = label_topics(score_terms(alike, np.array([6.0] * 3), corpus), corpus.vocabulary.terms)
    assert labels == ["bank, war, common", "bank, war, common (2)", "war, common, bank (2)"]


@pytest.mark.parametrize("n_terms", [1, 2, 3, 6, 12])
def test_no_two_of_many_equal_topics_share_a_label(corpus, n_terms):
    terms = tuple(f"{letter}word" for letter in "abcdefghijkl"[:n_terms])
    distr = np.full((40, n_terms), 1 / n_terms)
    labels = label_topics(score_terms(distr, np.ones(40), _with_terms(corpus, terms)), terms)
    assert len(set(labels)) == 40


def test_the_top_terms_are_those_of_the_highest_class_based_tf_idf(corpus):
    scores = score_terms(np.array([[0.5, 0.4, 0.1], [0.1, 0.5, 0.4]]), np.array([6.0, 6.0]), corpus)
    weights = np.log(1 + 6 / np.array([4, 6, 2]))  # six words a topic, and the occurrences of each term
    assert class_tf_idf(scores.probability, np.array([4, 6, 2]) / 12) == pytest.approx(scores.probability * weights)
    assert scores.best.tolist() == [[0, 1, 2], [2, 1, 0]]  # "common" is the most probable term of topic 1


def test_a_label_does_not_say_bank_and_banks(corpus):
    terms = ("bank", "banks", "gold", "money")
    scores = score_terms(np.array([[0.4, 0.3, 0.2, 0.1]]), np.array([6.0]), _with_terms(corpus, terms))
    assert label_topics(scores, terms) == ["bank, gold, money"]
    alone = score_terms(np.array([[0.6, 0.4]]), np.array([6.0]), _with_terms(corpus, terms[:2]))
    assert label_topics(alone, terms[:2]) == ["bank, banks"]


def test_the_table_ranks_terms_by_relevance_within_each_topic(scores, corpus):
    table = topic_terms_table(scores, corpus)
    assert table["topic_id"].tolist() == [0, 0, 0, 1, 1, 1]
    assert table["rank"].tolist() == [1, 2, 3, 1, 2, 3]
    assert table["term"].tolist() == ["bank", "common", "war", "war", "common", "bank"]
    assert table["document_count"].tolist() == [4, 4, 2, 2, 4, 4]


def _with_terms(corpus, terms):
    from dataclasses import replace

    counts = np.ones(len(terms), dtype=np.int64)
    return replace(
        corpus, vocabulary=replace(corpus.vocabulary, terms=terms, term_counts=counts, document_counts=counts)
    )
