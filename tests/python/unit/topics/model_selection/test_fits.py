import logging
import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest

from tests.python.unit.topics.small_corpora import corpus_of_counts
from text_explorer.columns import names_of
from text_explorer.topics.describing.terms import top_terms
from text_explorer.topics.model_selection import columns
from text_explorer.topics.model_selection.fits import (
    ONE_SEED,
    FitSettings,
    MeasuredFit,
    TermMeasures,
    comparison_table,
    load_engine,
    measure_fit,
)
from text_explorer.topics.model_selection.held_out import hold_out
from text_explorer.topics.models import training
from text_explorer.topics.models.engines import ENGINES
from text_explorer.topics.models.training import EngineSettings, train
from text_explorer.topics.quality.predictive_likelihood import perplexity


@dataclass
class KnownCoherence:
    """Coherence with values set by a test."""

    npmi: float
    cv: float
    reasons: tuple

    def mean_npmi(self):
        return self.npmi

    def mean_cv(self):
        return self.cv


def measures(npmi=0.25, cv=0.5, reasons=()):
    return TermMeasures(
        coherence=lambda corpus, top_terms, *, n_workers: KnownCoherence(npmi, cv, reasons),
        diversity=lambda top_terms: len(np.unique(top_terms)) / top_terms.size,
    )


@pytest.fixture(scope="module")
def five_themes():
    """300 documents of five themes of ten terms each, whose words come from one theme alone."""
    generator = np.random.default_rng(3)
    matrix = np.zeros((300, 50), dtype=np.int64)
    for document in range(300):
        own = document % 5 * 10
        matrix[document, own : own + 10] = generator.multinomial(25, np.full(10, 0.1))
    corpus = corpus_of_counts(matrix)
    return corpus, hold_out(corpus, 0)


@pytest.fixture(params=sorted(ENGINES))
def engine(request):
    return request.param


def test_a_model_of_the_themes_has_the_measures_they_make_sure_of(five_themes, engine):
    fit = measure_fit(*five_themes, FitSettings(engine, 5, 4), measures())
    assert (fit.engine, fit.n_topics, fit.seed, fit.status) == (engine, 5, 4, "ok")
    assert sorted(map(sorted, fit.top_terms)) == [list(range(first, first + 10)) for first in range(0, 50, 10)]
    assert (fit.n_topics_alive, fit.diversity, fit.coherence_npmi, fit.coherence_cv) == (5, 1.0, 0.25, 0.5)
    assert fit.perplexity == pytest.approx(10, abs=1)  # a word is one of the ten of its theme
    assert fit.notes == ()
    assert fit.seconds >= 0


def test_too_few_topics_predict_worse(five_themes, engine):
    few, enough = (measure_fit(*five_themes, FitSettings(engine, k, 4), measures()).perplexity for k in (2, 5))
    assert few > 1.5 * enough


def test_the_perplexity_is_that_of_the_documents_held_out(five_themes, engine):
    corpus, split = five_themes
    fit = measure_fit(corpus, split, FitSettings(engine, 4, 2), measures())
    model = train(split.training, EngineSettings(engine, 4, seed=2)).model
    expected = perplexity(model, split.unseen, model.transform(split.seen))
    assert fit.perplexity == pytest.approx(expected, abs=1e-5)
    lists = top_terms(model.topic_term_distr, 10).tolist()
    assert sorted(map(list, fit.top_terms)) == sorted(lists)


def test_settings_reach_the_engine(five_themes, engine):
    settings = FitSettings(engine, 3, 4, n_iterations=2, alpha=0.7, beta=0.3)
    fit = measure_fit(*five_themes, settings, measures())
    model = train(five_themes[1].training, EngineSettings(engine, 3, 2, 0.7, 0.3, 4)).model
    assert fit.n_iterations == 2
    assert sorted(map(list, fit.top_terms)) == sorted(top_terms(model.topic_term_distr, 10).tolist())


def test_the_same_seed_gives_the_same_figures_but_for_the_time(five_themes, engine):
    first, again = (
        replace(measure_fit(*five_themes, FitSettings(engine, 4, 0), measures()), seconds=None) for _ in range(2)
    )
    assert first == again


def test_coherence_is_of_all_documents_and_one_thread(five_themes):
    asked = []

    def coherence(corpus, best, *, n_workers):
        asked.append((corpus, best.shape, n_workers))
        return KnownCoherence(0.1, 0.2, ())

    measure_fit(*five_themes, FitSettings("gsdmm", 5, 0), replace(measures(), coherence=coherence))
    assert asked == [(five_themes[0], (5, 10), 1)]


def test_topics_without_coherence_are_counted_with_a_reason(five_themes):
    reasons = (None, "'fleet' never occurs in the texts.", None, "The topic has a single term.", None)
    fit = measure_fit(*five_themes, FitSettings("gsdmm", 5, 0), measures(math.nan, 0.5, reasons))
    assert fit.coherence_npmi is None
    assert fit.notes == (
        "Topics without NPMI or C_v, left out of that mean: 2 of 5. One of them: 'fleet' never occurs in the texts.",
    )


@pytest.mark.parametrize("engine_name", ["lda_gibbs", "lda_gensim"])
def test_more_topics_than_documents_are_a_status_not_a_failure(engine_name):
    corpus = corpus_of_counts([[2, 1], [1, 2], [0, 0]])
    fit = measure_fit(corpus, hold_out(corpus, 0), FitSettings(engine_name, 3, 0), measures())
    assert not fit.succeeded
    assert fit.status.startswith("More topics (3) than training documents with a known word (2)")
    assert (fit.perplexity, fit.top_terms, fit.seconds) == (None, (), None)


def test_gsdmm_takes_a_number_beyond_the_documents_as_a_limit():
    corpus = corpus_of_counts([[2, 1], [1, 2], [0, 0]])
    fit = measure_fit(corpus, hold_out(corpus, 0), FitSettings("gsdmm", 30, 0), measures())
    assert fit.succeeded
    assert fit.n_topics_alive <= 2


@pytest.mark.parametrize("matrix", [[[1]], [[3, 1]], [[1, 0], [0, 0]], [[5], [0], [2]]])
def test_the_smallest_corpora_are_measured_as_far_as_possible(matrix, engine):
    corpus = corpus_of_counts(matrix)
    fit = measure_fit(corpus, hold_out(corpus, 0), FitSettings(engine, 2, 0), measures())
    assert fit.perplexity is None
    assert fit.succeeded == (engine == "gsdmm" or len([row for row in matrix if sum(row)]) >= 2)


def test_topics_alive_are_counted_part_by_part(five_themes, engine, monkeypatch):
    usual = measure_fit(*five_themes, FitSettings(engine, 8, 0), measures()).n_topics_alive
    monkeypatch.setattr(training, "SHARES_HELD", 50)
    assert measure_fit(*five_themes, FitSettings(engine, 8, 0), measures()).n_topics_alive == usual


def test_an_engine_is_loaded_from_a_corpus_that_begins_with_empty_texts(engine, caplog):
    caplog.set_level(logging.INFO)
    corpus = corpus_of_counts([[0, 0], [0, 0], [2, 1]])
    load_engine(corpus, engine)
    assert corpus.doc_lengths.tolist() == [0, 0, 3]


def test_the_log_names_the_model_of_each_line_and_is_silent_on_quick_ones(five_themes, caplog, monkeypatch):
    caplog.set_level(logging.INFO)
    measure_fit(*five_themes, FitSettings("lda_gibbs", 5, 3), measures())
    assert caplog.messages == []
    monkeypatch.setattr("text_explorer.topics.models.progress.SECONDS_BETWEEN_LINES", 0.0)
    measure_fit(*five_themes, FitSettings("lda_gibbs", 5, 3, n_iterations=3), measures())
    assert [message.split(",")[0] for message in caplog.messages] == [
        "lda_gibbs with 5 topics and seed 3: iteration 2 of 3"
    ]


FIT = MeasuredFit("gsdmm", 2, 0, 2, 0.1, 0.5, 1.0, 90.5, 30, 0.25, top_terms=((0, 1), (2, 3)))


def test_the_table_has_a_row_for_each_fit_in_its_order_and_the_types_of_its_schema():
    fits = [FIT, replace(FIT, seed=1, top_terms=((2, 3), (0, 9))), MeasuredFit("gsdmm", 9, 0, status="No model.")]
    table = comparison_table(fits)
    assert list(table.columns) == names_of(columns.COMPARISON)
    assert table[["n_topics", "seed", "status"]].to_numpy().tolist() == [
        [2, 0, "ok"],
        [2, 1, "ok"],
        [9, 0, "No model."],
    ]
    assert table["stability"].tolist()[:2] == pytest.approx([(1 + 1 / 3) / 2] * 2, abs=1e-6)
    assert table["n_topics_alive"].dtype == "Int64"
    assert table.loc[2, ["n_topics_alive", "perplexity", "stability", "seconds", "notes"]].isna().all()
    assert table["notes"].isna().all()


def test_stability_compares_seeds_of_one_engine_and_number_alone():
    others = [replace(FIT, engine="lda_gibbs"), replace(FIT, n_topics=3)]
    table = comparison_table([FIT, *others, replace(FIT, seed=1)])
    assert table["stability"].tolist()[::3] == [1.0, 1.0]
    assert table["stability"].isna().tolist() == [False, True, True, False]
    assert table["notes"].tolist() == [None, ONE_SEED, ONE_SEED, None]


def test_a_failed_seed_is_not_compared():
    table = comparison_table([FIT, MeasuredFit("gsdmm", 2, 1, status="No model.")])
    assert table["stability"].isna().all()
    assert pd.isna(table.loc[1, "notes"])
