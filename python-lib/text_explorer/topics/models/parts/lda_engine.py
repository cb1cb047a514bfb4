"""Collapsed Gibbs sampling of LDA on parts of a corpus, with priors estimated from summed counts (AD-LDA)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Optional

import numpy as np
from scipy.special import digamma

from text_explorer.topics.models.inference import padded
from text_explorer.topics.models.kernels import _gibbs_lda_kernels as kernels
from text_explorer.topics.models.kernels._gibbs_lda_by_term_kernels import bits_of_topic, sweep_by_term
from text_explorer.topics.models.kernels._sampling_kernels import LANES
from text_explorer.topics.models.parts.part import Part, check_assignments, random_state
from text_explorer.topics.models.parts.statistics import Statistics, check_total, checked_sum
from text_explorer.topics.models.seed_start import seeded_documents

FIRST_ALPHA = 0.1
FIRST_BETA = 0.01
"""Initial priors for each topic and term where they are estimated."""

FIRST_OPTIMISATION, OPTIMISATION_INTERVAL = 20, 10
"""Sweeps before the first estimation of the priors, and between two estimations after it."""

N_SAMPLES, SAMPLE_INTERVAL = 8, 5
"""The topics are the mean of this number of final states of the chain, taken at this interval of sweeps."""

ALPHA_ROUNDS = 20
BETA_BOUNDS = (FIRST_BETA, 1.0)
"""Fixed-point rounds per estimation of alpha; beta changes slowly and stays within these bounds.

With far more topics than the texts have, a lower beta would keep each term in the few topics that the first sweeps gave
it, and topics that say the same would not become one (measured in ``docs/performance.md``).
"""

LONGEST_COUNTED = 5_000
"""Words of a document that count in the estimation of the prior; keeps the histograms small."""


BY_TERM_FROM = 200
"""Topics from which sampling term by term, by sparse weights, is faster than weighing all topics for each word."""


@dataclass(frozen=True)
class LdaShared:
    """What all parts know of the chain; read-only."""

    sweep: int  # sweeps done, -1 before the start
    # int32 of shape (n_terms, n_topics, padded): occurrences of each term in each topic, seeds included
    term_topics: np.ndarray
    topic_words: np.ndarray  # int64 of shape (n_topics, padded): words in each topic, seeds included
    alpha: np.ndarray  # float64 of shape (n_topics,)
    beta: float
    n_words: int = 0  # of all documents, seeds not included
    # int64 of shape (n + 1,): documents with each number of words, up to that of the longest or ``LONGEST_COUNTED``
    lengths: Optional[np.ndarray] = None


@dataclass(frozen=True)
class LdaEngine:
    """Steps of the sampler; see `PartsEngine`."""

    alpha: Optional[float] = None  # None where the priors are to be estimated
    beta: Optional[float] = None
    n_sweeps: int = 0  # of the training
    sweeps_between_sums: int = 1  # in its second half, at most

    def unstarted(self, n_topics: int, n_terms: int, seed_counts: Optional[np.ndarray]) -> LdaShared:
        """Return the shared state before the start: the seeds, an int array of shape (n_topics, n_terms), alone."""
        term_topics = np.zeros((n_terms, -(-n_topics // LANES) * LANES), dtype=np.int32)
        if seed_counts is not None:
            term_topics[:, :n_topics] = seed_counts.T
        alpha = np.full(n_topics, FIRST_ALPHA if self.alpha is None else self.alpha)
        beta = FIRST_BETA if self.beta is None else self.beta
        return LdaShared(-1, term_topics, term_topics.sum(axis=0, dtype=np.int64), alpha, beta)

    def start(
        self, part: Part, shared: LdaShared, seed: int, total: Optional[Statistics] = None
    ) -> tuple[Part, Statistics]:
        """Assign the words to their first topics and count them."""
        words = part.by_word()
        words = words.assigned(self._first_topics(words, part, shared, seed))
        return words, _counted(words, shared).added_to(total)

    def recount(
        self, part: Part, shared: LdaShared, seed: int, total: Optional[Statistics] = None
    ) -> tuple[Part, Statistics]:
        """Count the topics of a part as a stopped training stored them; raise ``ValueError`` where they are none."""
        check_assignments(part.assignments, len(part.indices), len(shared.alpha))
        return part, _counted(part, shared).added_to(total)

    def facts(self, shared: LdaShared) -> dict[str, np.ndarray]:
        """Return what the assignments do not tell of a state."""
        return {"sweep": np.array(shared.sweep), "alpha": shared.alpha, "beta": np.array(shared.beta)}

    def uncounted(self, shared: LdaShared, facts: Mapping[str, np.ndarray]) -> LdaShared:
        """Return a stored state before `recount`, given the unstarted one; raise ``ValueError`` where it is none."""
        alpha, beta, sweep = facts["alpha"], float(facts["beta"]), int(facts["sweep"])
        if alpha.shape != shared.alpha.shape or alpha.dtype != shared.alpha.dtype or not (alpha > 0).all():
            raise ValueError("The document-topic prior is damaged.")
        if not (0 < beta < np.inf and np.isfinite(alpha).all() and sweep > 0):
            raise ValueError("The priors are damaged.")
        return replace(shared, alpha=alpha, beta=beta)

    def resumed(self, uncounted: LdaShared, facts: Mapping[str, np.ndarray], statistics: Statistics) -> LdaShared:
        """Return a stored state, given the sums of what `recount` returned."""
        return replace(self._started(uncounted, statistics), sweep=int(facts["sweep"]))

    def _first_topics(self, words: Part, part: Part, shared: LdaShared, seed: int) -> np.ndarray:
        """Draw topics at random; words of documents with seeds get the seeded topic, seeds one of their own topics.

        Where the documents have first topics, their words get these.
        """
        n_topics = len(shared.alpha)
        dtype = np.uint16 if n_topics <= 2**16 else np.int32
        if part.first_topics is not None:
            return np.repeat(part.first_topics, part.doc_lengths).astype(dtype)
        generator = np.random.default_rng(random_state(seed, 0, part.number))
        topics = generator.integers(n_topics, size=part.n_words, dtype=dtype)
        seeds = shared.term_topics[:, :n_topics]
        for document, topic in zip(*(found.tolist() for found in seeded_documents(part, seeds.T))):
            topics[words.indptr[document] : words.indptr[document + 1]] = topic
        for term in np.flatnonzero(seeds.any(axis=1)).tolist():
            own = np.flatnonzero(seeds[term])
            positions = np.flatnonzero(words.indices == term)
            topics[positions] = own[topics[positions] % len(own)]
        return topics

    def sweep(
        self, part: Part, shared: LdaShared, seed: int, total: Optional[Statistics] = None
    ) -> tuple[Part, Statistics]:
        """Draw the topic of each word once, or several times until the next sum, on the part's own counts."""
        topics, last = part.assignments.copy(), shared.sweep + self.sweeps_until_sum(shared.sweep)
        states = [random_state(seed, sweep, part.number) for sweep in range(shared.sweep + 1, last + 1)]
        words = part.indices, part.indptr, topics
        others = None if total is None else total.changes["term_topics"]
        n_bits = bits_of_topic(len(padded(shared.alpha)), int(part.doc_lengths.max(initial=0)))
        if len(shared.alpha) >= BY_TERM_FROM and n_bits > 0:
            changes = _sweep_by_term(words, shared, states, others, n_bits)
        else:
            changes = _sweep_by_document(words, shared, states, others)
        found = {"words": np.array([part.n_words])}
        if self.estimates_alpha(last, last - shared.sweep):
            longest = len(_known(shared.lengths)) - 1
            found["doc_topics"] = kernels.count_doc_topics(part.indptr, topics, len(shared.alpha), longest)
        if total is not None:  # to whose changes those of this part are added
            found = {name: counts + total.counts[name] for name, counts in found.items()}
        return part.assigned(topics), Statistics(found, {"term_topics": changes})

    def update(self, shared: LdaShared, statistics: Statistics) -> LdaShared:
        """Add the counts of all parts and estimate the priors, where it is their turn."""
        if shared.sweep < 0:
            return self._started(shared, statistics)
        check_total(int(statistics.counts["words"][0]), shared.n_words, "words")
        n_sweeps = self.sweeps_until_sum(shared.sweep)
        shared = _added(shared, statistics.changes["term_topics"], 0, n_sweeps)
        if self.estimates_alpha(shared.sweep, n_sweeps):
            alpha = shared.alpha.copy()
            kernels.optimise_alpha(alpha, _known(shared.lengths), statistics.counts["doc_topics"], ALPHA_ROUNDS)
            shared = replace(shared, alpha=alpha)
        if self.beta is None and _is_estimation(shared.sweep, n_sweeps):
            shared = replace(shared, beta=estimated_beta(shared.term_topics[:, : len(shared.alpha)], shared.beta))
        return shared

    def _started(self, shared: LdaShared, statistics: Statistics) -> LdaShared:
        n_words, lengths = int(statistics.counts["words"][0]), statistics.counts["lengths"]
        longest = int(np.flatnonzero(lengths).max(initial=0))
        shared = _added(shared, statistics.counts["term_topics"], n_words)
        return replace(shared, n_words=n_words, lengths=lengths[: longest + 1])

    def estimates_alpha(self, sweep: int, n_sweeps: int = 1) -> bool:
        """Return whether the document-topic prior is estimated after a sweep, the last of `n_sweeps` between sums."""
        return self.alpha is None and _is_estimation(sweep, n_sweeps)

    def sweeps_until_sum(self, n_done: int) -> int:
        """Return the number of sweeps from one sum of the counts to the next.

        It is 1 in the first half of the training, in which parts would come to number topics in different ways. Later a
        sum stands at least where a state is taken for the mean.
        """
        if self.sweeps_between_sums == 1 or n_done < self.n_sweeps // 2:
            return 1
        return min(self.sweeps_between_sums, (self.n_sweeps - n_done - 1) % SAMPLE_INTERVAL + 1)


def _counted(words: Part, shared: LdaShared) -> Statistics:
    counts = np.zeros_like(shared.term_topics)
    np.add.at(counts, (words.indices, words.assignments), 1)
    lengths = kernels.count_lengths(words.indptr, LONGEST_COUNTED)
    return Statistics({"words": np.array([words.n_words]), "term_topics": counts, "lengths": lengths}, {})


Words = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Terms of the words of a part, where its documents begin, and the topics of the words, which are changed."""


def _sweep_by_document(
    words: Words, shared: LdaShared, states: list[np.ndarray], others: Optional[np.ndarray]
) -> np.ndarray:
    """Draw the topic of each word once for each random state; return the changes of the counts.

    They are added in place to those of `others`, if there are some.
    """
    alpha, topic_words = padded(shared.alpha.astype(np.float32)), shared.topic_words.copy()
    counts = shared.term_topics.copy()
    for state in states:
        kernels.sweep(*words, counts, topic_words, alpha, shared.beta, state)
    own = np.subtract(counts, shared.term_topics, out=counts)
    return own if others is None else np.add(others, own, out=others)


def _sweep_by_term(
    words: Words, shared: LdaShared, states: list[np.ndarray], others: Optional[np.ndarray], n_bits: int
) -> np.ndarray:
    """Do the same as `_sweep_by_document`, faster for many topics; `n_bits` as `bits_of_topic` returns them."""
    alpha, topic_words = padded(shared.alpha.astype(np.float32)), shared.topic_words.copy()
    if others is not None and len(states) == 1:  # needs no second table
        sweep_by_term(*words, shared.term_topics, topic_words, alpha, shared.beta, states[0], n_bits, others)
        return others
    own = np.zeros_like(shared.term_topics)
    for n_before, state in enumerate(states):
        counts = shared.term_topics + own if n_before else shared.term_topics
        sweep_by_term(*words, counts, topic_words, alpha, shared.beta, state, n_bits, own)
    return own if others is None else np.add(others, own, out=others)


def _is_estimation(sweep: int, n_sweeps: int) -> bool:
    """Return whether one of the last `n_sweeps` is at the interval."""
    return sweep >= FIRST_OPTIMISATION and sweep % OPTIMISATION_INTERVAL < n_sweeps


def _added(shared: LdaShared, changes: np.ndarray, n_new: int, n_sweeps: int = 1) -> LdaShared:
    n_expected = int(shared.topic_words.sum()) + n_new
    term_topics, topic_words = checked_sum(shared.term_topics, changes, n_expected, "words by term and topic")
    return replace(shared, sweep=shared.sweep + n_sweeps, term_topics=term_topics, topic_words=topic_words)


def _known(lengths: Optional[np.ndarray]) -> np.ndarray:
    if lengths is None:
        raise ValueError("The chain has not started.")
    return lengths


def estimated_beta(counts: np.ndarray, beta: float) -> float:
    """Return the symmetric topic-term prior after one step of Minka's fixed point (2000, equation 55).

    `counts` is an int array of shape (n_terms, n_topics).
    """
    n_terms, smoothing = len(counts), beta * len(counts)
    n_cells = kernels.count_values(counts, int(counts.max()) + 1)
    values = np.flatnonzero(n_cells)
    numerator = (n_cells[values] * (digamma(values + beta) - digamma(beta))).sum()
    denominator = n_terms * (digamma(counts.sum(axis=0) + smoothing) - digamma(smoothing)).sum()
    return float(np.clip(beta * numerator / denominator, *BETA_BOUNDS)) if denominator > 0 else beta
