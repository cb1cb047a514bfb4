"""The words of the topics as the index holds them, with merged topics taken together."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import itemgetter

import numpy as np

from text_explorer.explorer.index.reader import IndexReader, read_report
from text_explorer.explorer.index.schema import TERMS_IN_BLOCK
from text_explorer.explorer.terms.sub_topic_words import SubTopicWords

_SMALLEST_SHARE = 1e-9
"""Stands for an unknown share of a topic in all words, so that its words still count."""


@dataclass(frozen=True)
class FinalTopics:
    """Topics after the merges, and how the trained ones go into them."""

    ids: list[int]  # of the final topics, rising
    places: np.ndarray  # int, shape (n_trained,): for each trained topic the place of its final topic in `ids`
    weights: np.ndarray  # float64, shape (n_trained,): p(topic) of each trained topic

    def summed(self, values: np.ndarray) -> np.ndarray:
        """Add up what merged topics have: from shape (n, n_trained) to (n, n_final)."""
        result = np.zeros((len(values), len(self.ids)))
        np.add.at(result.T, self.places, values.T)
        return result

    @cached_property
    def averaging(self) -> np.ndarray:
        """Weights of the trained topics in the final ones, by their p(topic): shape (n_trained, n_final)."""
        # A topic without a word weighs next to nothing, but by itself it counts.
        weights = np.maximum(self.weights, np.finfo(np.float64).tiny)
        matrix = np.zeros((len(self.places), len(self.ids)))
        totals = np.bincount(self.places, weights, len(self.ids))
        matrix[np.arange(len(self.places)), self.places] = weights / totals[self.places]
        return matrix

    def averaged(self, values: np.ndarray) -> np.ndarray:
        """Average what merged topics have by their p(topic): from shape (n, n_trained) to (n, n_final)."""
        return values @ self.averaging.astype(values.dtype)


class TopicWordMatrix:
    """Reads the words of the topics from an opened index."""

    def __init__(self, index: IndexReader):
        facts = read_report(index.connection, "vocabulary")
        self._connection = index.connection
        self.source: str = facts["source"]  # `FROM_MODEL` or `FROM_TOPIC_TERMS`
        self.topic_ids: list[int] = facts["topic_ids"]  # of the trained topics, in the order of their places
        self._n_trained = len(self.topic_ids)
        weights = np.array(facts["topic_weights"], dtype=np.float64)
        self._sub_topics = SubTopicWords(index, self.topic_ids, weights, self._trained)
        self.topic_ids = self._sub_topics.ids
        ids, places = np.unique(self._sub_topics.finals, return_inverse=True)
        self.final = FinalTopics(ids.tolist(), places, self._sub_topics.weights)

    def probabilities(self, term_ids: Sequence[int]) -> np.ndarray:
        """Return p(term | topic) of some terms: float64 array of shape (n_terms, n_trained), then of the sub-topics."""
        return self._sub_topics.added(self._trained(term_ids), term_ids)

    def _trained(self, term_ids: Sequence[int]) -> np.ndarray:
        blocks: dict[int, np.ndarray] = {}
        result = np.zeros((len(term_ids), self._n_trained))
        for number, term_id in enumerate(term_ids):
            block, place = divmod(term_id, TERMS_IN_BLOCK)
            if block not in blocks:
                blocks[block] = self._block(block)
            result[number] = blocks[block][place]
        return result

    def _block(self, block: int) -> np.ndarray:
        row = self._connection.execute("SELECT probabilities FROM term_blocks WHERE block = ?", (block,)).fetchone()
        return np.frombuffer(row[0], dtype=np.float32).reshape(-1, self._n_trained)

    def all_probabilities(self) -> np.ndarray:
        """Return p(term | topic) of all terms: float32 array of shape (n_terms, n_trained), then of the sub-topics."""
        blocks = self._connection.execute("SELECT probabilities FROM term_blocks ORDER BY block")
        content = b"".join(row[0] for row in blocks)
        trained = np.frombuffer(content, dtype=np.float32).reshape(-1, max(self._n_trained, 1))
        return self._sub_topics.added(trained, range(len(trained)))

    def with_sub_topics(self, matrix: np.ndarray) -> np.ndarray:
        """Add sub-topics to what is known of each two trained topics: NaN, as theirs is not known."""
        n_more = len(self.topic_ids) - self._n_trained
        return np.pad(matrix, (0, n_more), constant_values=np.nan) if n_more else matrix

    def all_final_probabilities(self) -> np.ndarray:
        """Return p(term | final topic) of all terms: float32 array of shape (n_terms, n_final)."""
        everything = self.all_probabilities()
        is_merged = len(self.final.ids) < len(self.topic_ids)
        return self.final.averaged(everything) if is_merged else everything

    def shares(self, probabilities: np.ndarray, weights: Sequence[float | None]) -> np.ndarray:
        """Return p(final topic | term) of some terms, by their ``weight`` in the vocabulary.

        Returns
        -------
        numpy.ndarray
            float64 array of shape (n_terms, n_final); rows sum to one where all words of the topics are known.
        """
        divisors = np.array([weight or np.inf for weight in weights])
        return self.final.summed(probabilities * self.final.weights) / divisors[:, None]

    def rows_of(self, terms: Sequence[str]) -> list[sqlite3.Row]:
        """Look up terms in the vocabulary; those it does not hold are left out."""
        found = (self._connection.execute("SELECT * FROM vocabulary WHERE term = ?", (term,)) for term in terms)
        return sorted(chain.from_iterable(found), key=itemgetter("term_id"))


def words_of(index: IndexReader, members: Iterable[int]) -> dict[str, float]:
    """Return p(word | topics) for some trained topics and sub-topics taken as one, the most probable word first.

    A word that is not among the stored words of a topic has probability 0 there.
    """
    sums: dict[str, float] = {}
    total = 0.0
    for topic in members:
        part = index.edits.part(topic)
        whole = topic if part is None else index.edits.whole_of(topic)
        row = index.connection.execute("SELECT token_share FROM topics WHERE topic = ?", (whole,)).fetchone()
        if row is None:
            continue
        share = max(row["token_share"] or 0.0, _SMALLEST_SHARE) * (1.0 if part is None else part.share)
        total += share
        for term, probability in _stored_words(index, topic):
            sums[term] = sums.get(term, 0.0) + share * (probability or 0.0)
    return {word: sums[word] / total for word in sorted(sums, key=lambda word: (-sums[word], word))}


def _stored_words(index: IndexReader, topic: int) -> Iterable[tuple[str, float | None]]:
    part = index.edits.part(topic)
    if part is None:
        return index.connection.execute("SELECT term, probability FROM terms WHERE topic = ?", (topic,))
    return zip(index.edits.splits[index.edits.split_from[topic]].terms, part.probabilities)
