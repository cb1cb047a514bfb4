from dataclasses import replace

import numpy as np
import pytest

from tests.python.unit.topics.small_corpora import corpus_of_counts
from tests.python.unit.topics.vectors import near_directions, with_units
from text_explorer.topics.models.gsdmm import fit_gsdmm
from text_explorer.topics.quality.meaning_checks import (
    LEAST_PAIRS,
    FitOfVectors,
    agreement,
    check_rare_terms,
    meaning_facts,
    without_words,
)

N_THEMES, N_DOCS = 4, 900


def documents(seed=0, noise=0.3):
    """Texts of four themes; each of 300 rare terms is in three texts of a theme."""
    generator = np.random.default_rng(seed)
    counts = np.zeros((N_DOCS, 20 + 300), dtype=int)
    themes = np.arange(N_DOCS) % N_THEMES
    for row, theme in enumerate(themes):
        counts[row, 5 * theme : 5 * theme + 5] = generator.multinomial(5, np.full(5, 0.2))
    for term in range(300):
        counts[generator.choice(np.flatnonzero(themes == term % N_THEMES), 3, replace=False), 20 + term] = 1
    return with_units(corpus_of_counts(counts), near_directions(themes, 8, noise, seed))


def shuffled(corpus):
    return replace(corpus, vectors=corpus.vectors.take(np.random.default_rng(1).permutation(corpus.n_docs)))


def test_embeddings_of_their_own_texts_pass():
    check = check_rare_terms(documents())
    assert check.n_pairs == 300
    assert check.cosine > 0.3
    assert check.warning is None


def test_embeddings_of_other_rows_are_found_before_any_training():
    check = check_rare_terms(shuffled(documents()))
    assert abs(check.cosine) < 0.1
    assert check.warning.startswith("The embeddings do not seem to belong to these texts")


def test_random_embeddings_are_found_though_equal_texts_have_equal_ones():
    corpus = documents()
    noise = np.random.default_rng(0).normal(size=(N_DOCS, 8))
    random = with_units(corpus, noise)
    doubled = random.take(np.repeat(np.arange(N_DOCS), 2))
    assert check_rare_terms(doubled).warning is not None


def test_too_few_pairs_are_not_judged():
    few = shuffled(documents()).take(np.arange(100))
    check = check_rare_terms(few)
    assert check.n_pairs < LEAST_PAIRS
    assert check.cosine is None
    assert check.warning is None


def test_terms_of_more_documents_count_as_rare_where_the_vocabulary_has_no_rarer_ones():
    generator = np.random.default_rng(0)
    themes = np.arange(4_000) % 4
    counts = np.zeros((4_000, 260), dtype=int)
    for term in range(260):
        counts[generator.choice(np.flatnonzero(themes == term % 4), 15, replace=False), term] = 1
    corpus = with_units(corpus_of_counts(counts), near_directions(themes, 8, 0.3))
    assert check_rare_terms(corpus).cosine > 0.3


def test_words_and_vectors_agree_where_they_belong_together_and_not_elsewhere():
    right, wrong = documents(), shuffled(documents())
    assert agreement(fit_gsdmm(right, N_THEMES, seed=1), right) > 0.95
    assert agreement(fit_gsdmm(wrong, N_THEMES, seed=1), wrong) < 0.6


def test_a_corpus_without_vectors_has_no_agreement():
    corpus = replace(documents(), vectors=None)
    model = fit_gsdmm(corpus, 2)
    assert agreement(model, corpus) is None
    assert meaning_facts(model, corpus, "vector", check_rare_terms(corpus)) == {}


def test_the_facts_of_a_training_are_plain_figures():
    corpus = documents()
    model = fit_gsdmm(corpus, N_THEMES)
    facts = meaning_facts(model, corpus, "vector", check_rare_terms(corpus))
    assert facts["source"] == "vector"
    assert facts["kappa"] == round(model.meaning.kappa, 3)
    assert facts["mean_cosine"] == pytest.approx(model.run.cosine, abs=1e-4)
    assert (facts["share_with_vectors"], facts["n_dimensions"], facts["n_rare_term_pairs"]) == (1.0, 8, 300)
    assert max(facts["log_joints_of_starts"]) == round(max(model.run.log_joints), 1)


def test_vectors_alone_are_documents_without_words():
    corpus = without_words(documents())
    assert corpus.doc_lengths.sum() == 0
    assert corpus.known.all()


@pytest.mark.parametrize(("strange", "warned"), [(False, False), (True, True)])
def test_vectors_of_another_model_of_the_same_length_do_not_fit(strange, warned):
    corpus = documents()
    model = fit_gsdmm(corpus, N_THEMES)
    turned = with_units(corpus, np.random.default_rng(5).normal(size=(N_DOCS, 8))) if strange else documents(seed=2)
    fit = FitOfVectors()
    for first in (0, 450):
        fit.add(model, turned.part(first, first + 450))
    assert (fit.warning is not None) == warned


def test_few_new_vectors_are_not_judged():
    corpus = documents()
    fit = FitOfVectors()
    fit.add(fit_gsdmm(corpus, N_THEMES), shuffled(corpus).part(0, 50))
    assert fit.warning is None
