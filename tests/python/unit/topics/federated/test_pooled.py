"""Without noise and rare terms, sites that exchange counts end with the model of one machine that has all texts."""

import numpy as np
import pytest

from tests.python.unit.english_texts import english
from tests.python.unit.topics.federated.small_federation import PLAIN, Federation, themed_texts
from text_explorer.corpus.document_term_matrix import bags_of_words, build_corpus
from text_explorer.topics.federated import site
from text_explorer.topics.federated.site import numbered_parts
from text_explorer.topics.models.gibbs_lda import is_sample
from text_explorer.topics.models.parts.lda_engine import LdaEngine
from text_explorer.topics.models.parts.runners import Serial

TEXTS = {"north": themed_texts(40), "south": themed_texts(25, first=7), "east": themed_texts(9, first=2)}


def pooled_states(n_sweeps, **priors):
    """Run the chain of all texts on one machine, in parts that are the sites."""
    corpus, _ = build_corpus(english([text for own in TEXTS.values() for text in own]), PLAIN)
    parts = [
        numbered_parts(bags_of_words(english(own), corpus.vocabulary, PLAIN), index, len(TEXTS))[0]
        for index, own in enumerate(TEXTS.values())
    ]
    engine = LdaEngine(**priors)
    runner = Serial(parts)
    states = runner.run(engine, engine.unstarted(3, corpus.n_terms, None), 0)
    return corpus, [state for _, state in zip(range(n_sweeps), states)]


def test_the_vocabulary_is_that_of_all_texts():
    federation = Federation.of(TEXTS)
    federation.run_round()
    pooled, _ = pooled_states(0)
    assert federation.shared.vocabulary.terms == pooled.vocabulary.terms
    assert federation.shared.vocabulary.document_counts.tolist() == pooled.vocabulary.document_counts.tolist()
    assert federation.shared.vocabulary.term_counts.tolist() == pooled.vocabulary.term_counts.tolist()


@pytest.mark.parametrize("priors", [{}, {"alpha": 0.2, "beta": 0.05}], ids=["estimated", "fixed"])
def test_counts_and_priors_are_the_same_bytes_after_every_sweep(priors):
    _, states = pooled_states(31, **priors)
    assert len(states) == 31
    federation = Federation.of(TEXTS, n_rounds=31, **priors)
    federation.run_round()
    federation.run_round()
    assert federation.shared.model.sweep == 0
    for state in states:
        federation.run_round()
        lda = federation.shared.model
        assert lda.sweep == state.sweep
        assert lda.term_topics.tobytes() == state.term_topics.tobytes()
        assert (lda.alpha.tobytes(), lda.beta) == (state.alpha.tobytes(), state.beta)
    assert federation.shared.stage == "profile"


def test_the_model_is_the_mean_of_the_same_states():
    _, states = pooled_states(20)
    federation = Federation.of(TEXTS, n_rounds=20)
    federation.run()
    samples = [state.term_topics[:, :3] for sweep, state in enumerate(states, 1) if is_sample(sweep, 20)]
    assert len(samples) == 2
    mean = (sum(sample.astype(np.int64) for sample in samples) / len(samples)).T
    model = federation.shared.final_model
    order = np.argsort(-mean.sum(axis=1), kind="stable")
    assert model.topic_term_counts.tobytes() == np.ascontiguousarray(mean[order]).tobytes()
    assert model.alpha.tobytes() == states[-1].alpha[order].tobytes()


def test_several_sweeps_between_two_exchanges_find_the_themes_too():
    federation = Federation.of(TEXTS, n_rounds=8, sweeps_per_round=5)
    federation.run()
    model = federation.shared.final_model
    corpus = bags_of_words(english(themed_texts(3)), federation.shared.vocabulary, PLAIN)
    assert len(set(model.transform(corpus).argmax(axis=1).tolist())) == 3


def test_parts_of_all_sites_have_different_numbers_and_large_sites_have_several(monkeypatch):
    monkeypatch.setattr(site, "number_of_parts", lambda n_words: max(n_words // 40, 1))
    corpus, _ = build_corpus(english(TEXTS["north"]), PLAIN)
    numbers = [[part.number for part in numbered_parts(corpus, index, 3)] for index in range(3)]
    assert numbers == [[0, 3, 6, 9], [1, 4, 7, 10], [2, 5, 8, 11]]
    assert sum(part.n_words for part in numbered_parts(corpus, 0, 3)) == 160


def test_a_site_of_several_parts_trains_too(monkeypatch):
    monkeypatch.setattr(site, "number_of_parts", lambda n_words: max(n_words // 40, 1))
    federation = Federation.of(TEXTS, n_rounds=3)
    federation.run()
    assert federation.shared.final_model.topic_term_counts.sum() == pytest.approx(4 * 74)
