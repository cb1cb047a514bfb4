"""The choice between engines, and what `train` does with any of them; see test_contract.py for the models."""

import numpy as np
import pytest

from tests.python.unit.topics.small_corpora import corpus_of, random_corpus, shares_of
from text_explorer.errors import DataError
from text_explorer.topics.models import training
from text_explorer.topics.models.engines import ENGINES
from text_explorer.topics.models.gibbs_lda import fit_gibbs_lda
from text_explorer.topics.models.gsdmm import fit_gsdmm
from text_explorer.topics.models.training import (
    EngineSettings,
    TrainedTopics,
    best_topics,
    train,
)
from text_explorer.topics.models.variational_lda import fit_variational_lda


@pytest.fixture(params=sorted(ENGINES))
def engine(request):
    return request.param


def test_topics_are_numbered_by_falling_number_of_documents(engine):
    corpus = corpus_of(["army navy"] * 3 + ["gold silver"] * 12 + ["teacher pupil"] * 7)
    trained = train(corpus, EngineSettings(engine=engine, n_topics=3, seed=3))
    n_documents = np.bincount(best_topics(shares_of(trained)))
    assert n_documents.tolist() == sorted(n_documents, reverse=True)


@pytest.mark.parametrize("shares_held", [1, 21])
def test_topics_are_put_in_order_part_by_part(engine, monkeypatch, shares_held):
    corpus = corpus_of(["army navy"] * 3 + ["gold silver"] * 12 + ["teacher pupil"] * 7)
    settings = EngineSettings(engine=engine, n_topics=3, seed=3)
    usual = shares_of(train(corpus, settings))
    monkeypatch.setattr(training, "SHARES_HELD", shares_held)
    assert shares_of(train(corpus, settings)).tobytes() == usual.tobytes()


def test_seeded_topics_are_known_by_their_final_ids(engine):
    corpus = corpus_of(["army navy"] * 3 + ["gold silver"] * 12 + ["teacher pupil"] * 7)
    terms = corpus.vocabulary.terms
    seed_counts = np.array([[10 * (term in seeds) for term in terms] for seeds in (["navy"], ["gold", "silver"], [])])
    trained = train(corpus, EngineSettings(engine=engine, n_topics=3, seed=3), seed_counts=seed_counts)
    assert trained.final_ids(range(2)) == [2, 0]


def test_a_seeded_topic_that_lost_all_documents_has_no_final_id(themed_corpus):
    first_topics = np.array([4, 0, 7])
    model = train(themed_corpus, EngineSettings(engine="gsdmm", n_topics=3)).model
    assert TrainedTopics(model, themed_corpus, "", first_topics).final_ids(range(3)) == [1, -1, -1]


@pytest.mark.parametrize(
    ("engine_name", "fit"), [("gsdmm", fit_gsdmm), ("lda_gibbs", fit_gibbs_lda), ("lda_gensim", fit_variational_lda)]
)
def test_settings_reach_the_engine(engine_name, fit):
    corpus = random_corpus(40, 12, 15)
    options = {"n_iterations": 7, "alpha": 0.6, "beta": 0.2, "seed": 9}
    model = train(corpus, EngineSettings(engine_name, n_topics=3, **options)).model
    direct = fit(corpus, 3, **options)
    assert np.sort(model.topic_term_distr, axis=0).tolist() == np.sort(direct.topic_term_distr, axis=0).tolist()
    assert np.unique(model.alpha).tolist() == [0.6]


def test_several_processes_are_a_matter_of_gensim_alone(themed_corpus):
    settings = EngineSettings(engine="lda_gibbs", n_topics=3, n_iterations=3)
    several = EngineSettings(engine="lda_gibbs", n_topics=3, n_iterations=3, n_processes=2)
    assert shares_of(train(themed_corpus, several)).tolist() == shares_of(train(themed_corpus, settings)).tolist()
    gensim = train(themed_corpus, EngineSettings(engine="lda_gensim", n_topics=3, n_iterations=3, n_processes=2))
    assert shares_of(gensim).sum(axis=1) == pytest.approx(1)


@pytest.mark.parametrize("engine_name", ["lda_gibbs", "lda_gensim"])
def test_lda_of_one_document_is_sent_to_gsdmm(engine_name):
    with pytest.raises(DataError, match=r"known word: 1\. Select the method GSDMM \(one topic per text; "):
        train(corpus_of(["army navy"]), EngineSettings(engine=engine_name, n_topics=2))


def test_the_reason_for_the_engine_is_kept():
    trained = train(random_corpus(30, 10, 40), EngineSettings("gsdmm", 3, 2), engine_reason="It predicts better.")
    assert trained.engine_reason == "It predicts better."


def test_the_best_topic_is_the_first_of_the_largest_shares():
    shares = np.array([[0.2, 0.8], [0.5, 0.5], [np.nan, np.nan], [0.9, 0.1]])
    assert best_topics(shares).tolist() == [1, 0, -1, 0]


@pytest.mark.parametrize(
    ("engine_name", "what"),
    [("gsdmm", "GSDMM"), ("lda_gibbs", "LDA by Gibbs sampling"), ("lda_gensim", "LDA by gensim")],
)
def test_the_first_and_last_iterations_are_logged(engine_name, what, caplog):
    with caplog.at_level("INFO", logger="text_explorer"):
        train(random_corpus(60, 20, 15), EngineSettings(engine=engine_name, n_topics=5, n_iterations=4))
    lines = [record.message.split(",")[0] for record in caplog.records if record.message.startswith(f"{what}: ")]
    assert [lines[0], lines[-1]] == [f"{what}: iteration 1 of 4", f"{what}: iteration 4 of 4"]
