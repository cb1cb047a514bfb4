"""The words of sub-topics: the probability of each word of a split topic, divided among its sub-topics."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from text_explorer.explorer.index.reader import IndexReader
from text_explorer.explorer.shared.current_edits import CurrentEdits
from text_explorer.topics.edits.splits import Split


@dataclass(frozen=True)
class _Step:
    """A split: whose probabilities it takes, and to whom it gives them."""

    members: list[int]  # places of the topics that make up the split topic
    parts: list[int]  # places of its sub-topics
    shares: np.ndarray  # shape (n_parts,): what each gets of words that the split does not know
    term_ids: np.ndarray  # of the words it knows, rising
    known: np.ndarray  # shape (n_known, n_parts): p(sub-topic | word, topic)

    def ratios(self, term_ids: np.ndarray) -> np.ndarray:
        """Return what each sub-topic gets of some words: shape (n_terms, n_parts), rows sum to one."""
        ratios = np.tile(self.shares, (len(term_ids), 1))
        if len(self.term_ids):
            places = np.minimum(np.searchsorted(self.term_ids, term_ids), len(self.term_ids) - 1)
            is_known = self.term_ids[places] == term_ids
            ratios[is_known] = self.known[places[is_known]]
        return ratios


class SubTopicWords:
    """Sub-topics as further topics after the trained ones, with all that the split topics had.

    Parameters
    ----------
    trained, weights
        Ids of the trained topics, and p(topic) of each.
    read
        Returns p(term | trained topic) of some terms, of shape (n_terms, n_trained).
    """

    def __init__(
        self, index: IndexReader, trained: Sequence[int], weights: np.ndarray, read: Callable[[list[int]], np.ndarray]
    ):
        edits = index.edits
        splits = _in_order(edits) if trained else {}
        self.ids = [*trained, *(part for split in splits.values() for part in split.ids)]
        self._trained_weights = weights
        self.weights = np.concatenate([weights, np.zeros(len(self.ids) - len(trained))])
        self._steps: list[_Step] = []
        # A split topic has no words left: it goes, without a weight, to its first sub-topic.
        first = {topic: edits.final_of(split.ids[0]) for topic, split in splits.items()}
        self.finals = np.array([_followed(edits.final_of(topic), first) for topic in self.ids], dtype=np.int64)
        for topic, split in splits.items():
            step = self._step(index, topic, split)
            joint = self._joint(read(step.term_ids.tolist()), step.term_ids)[:, step.members].sum(axis=1)
            rest = max(self.weights[step.members].sum() - joint.sum(), 0.0)
            self.weights[step.parts] = joint @ step.known + rest * step.shares
            self.weights[step.members] = 0.0
            self._steps.append(step)

    def _step(self, index: IndexReader, topic: int, split: Split) -> _Step:
        statement = "SELECT term_id FROM vocabulary WHERE term = ? ORDER BY term_id LIMIT 1"
        found = (index.connection.execute(statement, (term,)).fetchone() for term in split.terms)
        term_ids = np.array([-1 if row is None else row["term_id"] for row in found], dtype=np.int64)
        order = np.argsort(term_ids, kind="stable")
        order = order[term_ids[order] >= 0]
        joint = (split.shares[:, None] * split.probabilities).T[order]
        return _Step(
            [place for place, member in enumerate(self.ids) if index.edits.final_of(member) == topic],
            [self.ids.index(part) for part in split.ids],
            split.shares, term_ids[order], joint / joint.sum(axis=1, keepdims=True),
        )  # fmt: skip

    def _joint(self, probabilities: np.ndarray, term_ids: np.ndarray) -> np.ndarray:
        """Return p(term, topic) after the splits so far: float64 array of shape (n_terms, n_ids)."""
        joint = np.zeros((len(term_ids), len(self.ids)))
        joint[:, : len(self._trained_weights)] = probabilities * self._trained_weights
        for step in self._steps:
            whole = joint[:, step.members].sum(axis=1)
            joint[:, step.members] = 0.0
            joint[:, step.parts] = whole[:, None] * step.ratios(term_ids)
        return joint

    def added(self, probabilities: np.ndarray, term_ids: Sequence[int]) -> np.ndarray:
        """Add the columns of the sub-topics to p(term | trained topic), of shape (n_terms, n_trained)."""
        n_trained = len(self._trained_weights)
        if len(self.ids) == n_trained:
            return probabilities
        joint = self._joint(probabilities, np.array(term_ids, dtype=np.int64))[:, n_trained:]
        weights = self.weights[n_trained:]
        of_parts = np.divide(joint, weights, out=np.zeros_like(joint), where=weights > 0)
        return np.hstack([probabilities, of_parts.astype(probabilities.dtype)])


def _in_order(edits: CurrentEdits) -> dict[int, Split]:
    """Sort splits so that each comes after those whose sub-topics are merged into it, or are it."""
    left, ordered = dict(edits.splits), {}
    while left:
        fed = {edits.final_of(part) for split in left.values() for part in split.ids}
        for topic in [topic for topic in left if topic not in fed]:
            ordered[topic] = left.pop(topic)
    return ordered


def _followed(topic: int, steps: Mapping[int, int]) -> int:
    while topic in steps:
        topic = steps[topic]
    return topic
