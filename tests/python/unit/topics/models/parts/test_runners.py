"""The same bytes, whatever works on the parts and in whatever order."""

from itertools import islice

import numpy as np
import pytest

from tests.python.unit.topics.small_corpora import corpus_of_counts, counts_of, random_corpus
from text_explorer.topics.models.gibbs_lda import fit_gibbs_lda
from text_explorer.topics.models.gsdmm import fit_gsdmm
from text_explorer.topics.models.parts import runners
from text_explorer.topics.models.parts.gsdmm_engine import ROUNDS, GsdmmEngine
from text_explorer.topics.models.parts.lda_engine import LdaEngine
from text_explorer.topics.models.parts.part import split
from text_explorer.topics.models.parts.runners import Serial, Threads, runner_of
from text_explorer.topics.models.parts.statistics import CountsError, Statistics

ENGINES = {
    "lda": LdaEngine(),
    "lda with fewer sums": LdaEngine(n_sweeps=10, sweeps_between_sums=3),
    "gsdmm": GsdmmEngine(0.1, 0.1, 1),
    "gsdmm in rounds": GsdmmEngine(0.1, 0.1, 1, ROUNDS),
}
N_SWEEPS, N_TOPICS = 22, 6
"""Enough sweeps for LDA to estimate its priors once."""


@pytest.fixture(scope="module")
def corpus():
    return random_corpus(300, 40, 25)


@pytest.fixture(params=ENGINES)
def engine(request):
    return ENGINES[request.param]


def last_state(engine, runner, corpus, n_sweeps=N_SWEEPS):
    states = runner.run(engine, engine.unstarted(N_TOPICS, corpus.n_terms, None), 3)
    return next(islice(states, n_sweeps - 1, None))


def bytes_of(state, parts):
    """All arrays of a state, and the assignments of all parts."""
    arrays = {name: value for name, value in vars(state).items() if isinstance(value, np.ndarray)}
    assigned = {part.number: part.assignments.tobytes() for part in parts}
    return {**{name: array.tobytes() for name, array in arrays.items()}, **dict(sorted(assigned.items()))}


@pytest.mark.parametrize("n_parts", [1, 4, 16])
def test_one_thread_several_and_shuffled_parts_give_the_same_bytes(engine, corpus, n_parts):
    parts = split(corpus, n_parts)
    serial = Serial(parts)
    expected = bytes_of(last_state(engine, serial, corpus), serial.parts)
    others = [Threads(parts, 2), Threads(parts, 3), Threads(parts, 99), Serial(parts[::-1]), Threads(parts[::-1], 2)]
    assert [bytes_of(last_state(engine, runner, corpus), runner.parts) == expected for runner in others] == [True] * 5


@pytest.mark.parametrize("n_parts", [1, 4])
def test_assignments_are_those_counted(engine, corpus, n_parts):
    runner = Threads(split(corpus, n_parts), 2)
    sweeps = zip(runner.run(engine, engine.unstarted(30, corpus.n_terms, None), 1), range(8))
    # After each sweep, so that clusters that are renamed are seen as well.
    assert [counts_are_of_assignments(engine, state, runner.parts) for state, _ in sweeps] == [True] * 8


def counts_are_of_assignments(engine, state, parts):
    table = state.term_topics if isinstance(engine, LdaEngine) else state.term_clusters
    counted = np.zeros(table.shape, dtype=np.int64)
    for part in parts:
        repeats = 1 if isinstance(engine, LdaEngine) else np.diff(part.indptr)
        assigned = np.repeat(part.assignments, repeats)
        if getattr(state, "renamed", None) is not None:
            assigned = state.renamed[assigned]
        np.add.at(counted, (part.indices, assigned), part.data if len(part.data) else 1)
    return (counted == table).all()


def test_a_step_leaves_its_part_and_the_shared_state_as_they_were(engine, corpus):
    (part,) = split(corpus, 1)
    unstarted = engine.unstarted(N_TOPICS, corpus.n_terms, None)
    part, statistics = engine.start(part, unstarted, 0)
    shared = engine.update(unstarted, statistics)
    before = bytes_of(shared, [part])
    first, second = engine.sweep(part, shared, 0), engine.sweep(part, shared, 0)
    engine.update(shared, first[1])
    assert bytes_of(shared, [part]) == before
    assert first[1].to_bytes() == second[1].to_bytes()
    assert first[0].assignments.tobytes() == second[0].assignments.tobytes() != part.assignments.tobytes()


def test_statistics_of_each_step_survive_their_bytes(engine, corpus):
    class Federated(Serial):
        """Sends all statistics as bytes."""

        def apply(self, step, shared, seed):
            found = super().apply(step, shared, seed)
            return Statistics.from_bytes(found.to_bytes(), found.zero())

    parts = split(corpus, 4)
    serial, sent = Serial(parts), Federated(parts)
    assert bytes_of(last_state(engine, sent, corpus), sent.parts) == bytes_of(
        last_state(engine, serial, corpus), serial.parts
    )


# Models


@pytest.mark.parametrize("fit", [fit_gibbs_lda, fit_gsdmm])
@pytest.mark.parametrize("n_parts", [1, 4, 16])
def test_threads_and_the_order_of_rows_do_not_show_in_a_model(monkeypatch, corpus, fit, n_parts):
    monkeypatch.setattr(runners, "number_of_parts", lambda _: n_parts)
    shuffled = corpus_of_counts(counts_of(corpus)[np.random.default_rng(1).permutation(corpus.n_docs)])
    one, two, other = (fit(*given, n_iterations=25, n_workers=n) for *given, n in
                       ((corpus, 5, 1), (corpus, 5, 2), (shuffled, 5, 3)))  # fmt: skip
    expected = {name: array.tobytes() for name, array in one.arrays().items()}
    assert {name: array.tobytes() for name, array in two.arrays().items()} == expected
    assert {name: array.tobytes() for name, array in other.arrays().items()} == expected


# Faults


class Faulty(Serial):
    """Changes the statistics of one sweep."""

    def __init__(self, parts, fault):
        super().__init__(parts)
        self._fault, self._n_done = fault, 0

    def apply(self, step, shared, seed):
        self._n_done += 1
        found = super().apply(step, shared, seed)
        return self._fault(found) if self._n_done == 3 else found


def with_first_cell(statistics, value):
    """Replace a change of the table of terms by topic."""
    changes = {name: array.copy() for name, array in statistics.changes.items()}
    changes["term_topics" if "term_topics" in changes else "term_clusters"][0, 0] = value
    return Statistics(statistics.counts, changes)


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (lambda found: found + found, r"^The counts of words do not add up: 13,680 instead of 6,840\. A part of"),
        (lambda found: found.zero(), r"^The counts of words do not add up: 0 instead of "),
        (lambda found: with_first_cell(found, 9_999), "instead of"),
        (lambda found: with_first_cell(found, -9_999), "impossible"),
    ],
    ids=["a part counted twice", "a lost part", "a damaged cell", "a negative cell"],
)  # fmt: skip
def test_counts_that_do_not_add_up_stop_the_run(engine, corpus, fault, message):
    with pytest.raises(CountsError, match=message):
        last_state(engine, Faulty(split(corpus, 4), fault), corpus)


@pytest.mark.parametrize("runner_type", [Serial, lambda parts: Threads(parts, 3)], ids=["serial", "threads"])
def test_an_error_in_a_part_ends_the_run(corpus, runner_type):
    started = []

    def fail(part, _shared, _seed, _total):
        started.append(part.number)
        raise ValueError("no memory")

    with pytest.raises(ValueError, match="no memory"):
        runner_type(split(corpus, 16)).apply(fail, None, 0)
    assert len(started) <= 3


# Scheduling


def test_threads_take_the_largest_part_left(corpus):
    counts = counts_of(corpus)
    parts = [split(corpus_of_counts(counts[: 20 * n]), 1)[0] for n in (1, 4, 2, 3)]
    taken = []

    def note(part, _shared, _seed, total):
        taken.append(part.n_docs)
        return part, Statistics({"words": np.array([part.n_words])}, {}).added_to(total)

    total = Threads(parts, 1).apply(note, None, 0)
    assert taken == [80, 60, 40, 20]
    assert total.counts["words"].tolist() == [sum(part.n_words for part in parts)]


def test_counts_too_large_for_a_copy_in_each_thread_allow_fewer_threads(monkeypatch, corpus):
    parts, counts = split(corpus, 16), np.zeros(1000, dtype=np.int64)
    assert runner_of(parts, 5, counts).n_threads == 5
    monkeypatch.setattr(runners, "MEMORY_OF_COPIES", 48_000)
    assert runner_of(parts, 5, counts).n_threads == 3
    monkeypatch.setattr(runners, "MEMORY_OF_COPIES", 1)
    assert runner_of(parts, 5, counts).n_threads == 1
