"""GSDMM against a slow version that says what equation 4 of Yin and Wang (2014) says."""

import math

import numpy as np
import pytest

from tests.python.unit.english_texts import english
from text_explorer.corpus.bag_of_words import build_corpus
from text_explorer.corpus.preparation import Preparation
from text_explorer.topics import _gsdmm_kernels as kernels
from text_explorer.topics.gsdmm import GsdmmModel, fit_gsdmm


def corpus_of(texts):
    corpus, _ = build_corpus(english(texts), Preparation(max_document_share=1.0))
    return corpus


def plain_log_weights(bag, m, n, n_w, alpha, beta):
    """Equation 4 for each cluster, factor by factor, in logarithms; n_w of shape (K, V)."""
    n_terms = n_w.shape[1]
    logs = []
    for z in range(len(m)):
        log = math.log(m[z] + alpha)
        log += sum(math.log(n_w[z, w] + beta + j - 1) for w, count in bag.items() for j in range(1, count + 1))
        log -= sum(math.log(n[z] + n_terms * beta + i - 1) for i in range(1, sum(bag.values()) + 1))
        logs.append(log)
    return np.array(logs)


def normalised(logs):
    weights = np.exp(logs - logs.max())
    return weights / weights.sum()


@pytest.mark.parametrize("repeats", [1, 3, 400])
def test_weights_follow_equation_4_for_short_and_long_texts(repeats):
    generator = np.random.default_rng(repeats)
    n_w = generator.integers(0, 9, size=(5, 12)).astype(np.int32)
    n_w[4] = 0
    m, n = np.array([3, 2, 5, 1, 0]), n_w.sum(axis=1, dtype=np.int64)
    bag = {0: repeats, 3: 1, 7: 2 * repeats}
    weights = np.empty(5)
    kernels.weigh(
        np.array(list(bag), dtype=np.int32), np.array(list(bag.values()), dtype=np.int32), np.arange(5), 5,
        m, n, np.ascontiguousarray(n_w.T), 0.1, 0.05, weights,
    )  # fmt: skip
    assert weights / weights.sum() == pytest.approx(normalised(plain_log_weights(bag, m, n, n_w, 0.1, 0.05)), rel=1e-9)


def test_a_long_text_finds_its_cluster_and_not_the_last_one():
    long_text = " ".join(["army", "navy", "battle"] * 400)
    corpus = corpus_of([long_text, "army navy", "gold silver bank", "gold coin"])
    model = fit_gsdmm(corpus, 4, seed=2)
    best = model.transform(corpus).argmax(axis=1)
    assert best[0] == best[1]
    assert best[2] == best[3] != best[0]


def test_counts_stay_those_of_the_assignment():
    corpus = corpus_of([f"army navy w{i % 3}x" for i in range(30)] + ["gold gold silver"] * 10)
    model = fit_gsdmm(corpus, 8, n_iterations=5, seed=1)
    assert model.topic_docs.sum() == 40
    assert model.topic_term_counts.sum(axis=0).tolist() == corpus.vocabulary.term_counts.tolist()


def test_an_empty_cluster_is_drawn_as_often_as_all_empty_ones_weigh():
    # One document alone: every cluster is empty when it is drawn, so each sweep leaves it where it was.
    corpus = corpus_of(["army navy"])
    model = fit_gsdmm(corpus, 50, seed=0)
    assert model.topic_docs.tolist() == [1]


def test_the_posterior_of_a_clear_text_is_near_one():
    model = GsdmmModel(np.array([9, 9]), np.array([[50, 0], [0, 50]], dtype=np.int32), 0.1, 0.1)
    corpus = corpus_of(["army army", "navy"])
    assert model.transform(corpus)[:, 0] == pytest.approx([1.0, 0.0], abs=0.01)
