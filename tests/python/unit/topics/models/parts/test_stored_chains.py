"""A chain that is stored between two passes goes on elsewhere with the same bytes."""

from dataclasses import replace

import numpy as np
import pytest

from tests.python.unit.topics.small_corpora import random_corpus
from text_explorer.topics.models.elsewhere import Elsewhere
from text_explorer.topics.models.gibbs_lda import fit_gibbs_lda
from text_explorer.topics.models.gsdmm import fit_gsdmm
from text_explorer.topics.models.meaning.sampler import most_likely_state
from text_explorer.topics.models.parts.gsdmm_engine import GsdmmEngine
from text_explorer.topics.models.parts.lda_engine import LdaEngine
from text_explorer.topics.models.parts.part import split
from text_explorer.topics.models.parts.runners import Serial

CORPUS = random_corpus(200, 30, 15)
SEEDS = np.zeros((25, CORPUS.n_terms), dtype=np.int64)
SEEDS[4, 3] = SEEDS[9, 11] = 20
FITS = {"lda": (fit_gibbs_lda, 6, {"n_iterations": 24}), "gsdmm": (fit_gsdmm, 25, {"n_iterations": 14})}


class Storing(Serial):
    """Keeps each state in memory, as arrays alone, and goes on from one that it is given."""

    def __init__(self, stored=None):
        super().__init__(split(CORPUS, 3))
        self.given, self.states, self.n_sweeps = stored, [], 0

    def apply(self, step, shared, seed):
        self.n_sweeps += step.__name__ == "sweep"
        return super().apply(step, shared, seed)

    def store(self, engine, shared, kept):
        assigned = [part.assignments.copy() for part in self.parts]
        kept_arrays = {name: array.copy() for name, array in kept.arrays().items()}
        self.states.append((assigned, engine.facts(shared), kept_arrays))

    def restore(self, engine, unstarted, seed, kept):
        if self.given is None:
            return None
        assigned, facts, kept_arrays = self.given
        by_word = isinstance(engine, LdaEngine)
        self.parts = [
            (part.by_word() if by_word else part).assigned(array) for part, array in zip(self.parts, assigned)
        ]
        uncounted = engine.uncounted(unstarted, facts)
        shared = engine.resumed(uncounted, facts, self.apply(engine.recount, uncounted, seed))
        kept.restore(kept_arrays)
        return shared


def fit(name, runner):
    function, n_topics, given = FITS[name]
    seeds = SEEDS[:n_topics]
    model = function(
        CORPUS, n_topics, seed=5, seed_counts=seeds, elsewhere=Elsewhere(lambda *_: runner, most_likely_state), **given
    )
    return {array: values.tobytes() for array, values in model.arrays().items()}


@pytest.mark.parametrize("name", FITS)
def test_from_each_state_the_same_model_follows(name):
    undisturbed = Storing()
    expected = fit(name, undisturbed)
    n_stored = len(undisturbed.states)
    assert n_stored == undisturbed.n_sweeps - 1 >= 23
    renamed = [len(facts.get("renamed", ())) > 0 for _, facts, _ in undisturbed.states]
    assert any(renamed) == (name == "gsdmm")
    resumed = [Storing(state) for state in undisturbed.states]
    assert [fit(name, runner) for runner in resumed] == [expected] * n_stored
    assert [runner.n_sweeps for runner in resumed] == list(range(n_stored, 0, -1))


UNSTARTED = {
    "lda": (LdaEngine(), LdaEngine().unstarted(6, CORPUS.n_terms, None)),
    "gsdmm": (GsdmmEngine(0.1, 0.1, 1), GsdmmEngine(0.1, 0.1, 1).unstarted(25, CORPUS.n_terms, None)),
}


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("lda", {"alpha": np.full(7, 0.1)}),
        ("lda", {"alpha": np.full(6, np.nan)}),
        ("lda", {"alpha": np.full(6, -0.1)}),
        ("lda", {"beta": np.array(0.0)}),
        ("lda", {"sweep": np.array(-1)}),
        ("gsdmm", {"first_clusters": np.zeros(32, dtype=np.int64)}),
        ("gsdmm", {"renamed": np.zeros(3, dtype=np.int64)}),
        ("gsdmm", {"round": np.array(0)}),
    ],
)
def test_facts_that_cannot_be_are_refused(name, damage):
    engine, unstarted = UNSTARTED[name]
    facts = {**engine.facts(replace(unstarted, **{"sweep" if name == "lda" else "round": 3})), **damage}
    with pytest.raises(ValueError, match="damaged"):
        engine.uncounted(unstarted, facts)


@pytest.mark.parametrize("name", UNSTARTED)
@pytest.mark.parametrize("damage", ["too few", "too large", "negative", "floats"])
def test_assignments_that_cannot_be_are_refused_before_they_are_counted(name, damage):
    engine, unstarted = UNSTARTED[name]
    part = engine.start(split(CORPUS, 1)[0], unstarted, 0)[0]
    topics = part.assignments.astype(np.int64)
    damaged = {"too few": topics[1:], "too large": topics + 1_000, "negative": -topics - 1, "floats": topics / 2}
    with pytest.raises(ValueError, match="assignment"):
        engine.recount(part.assigned(damaged[damage]), unstarted, 0)
