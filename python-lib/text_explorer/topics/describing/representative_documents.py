"""Representative documents of each topic, and borderline ones that may as well belong to another topic.

The largest proportion alone favours odd documents: very long ones of LDA, any of GSDMM, where most proportions are 1.
A representative document should also use words of its topic and have a usual length: documents are ranked by
share x sqrt(lift) x exp(-log(length / median length)^2), where lift is the geometric mean of p(word | topic) / p(word)
over its words. On the 20 topics of BBC news, whose texts have 107 words, 5 and 95 % of them below 47 and above 234,
this takes documents of 48 to 204 words instead of 42 to 1,025; on web search snippets their words have a lift of 2.9
instead of 2.4, and none has more than 21 words instead of 32. Lift alone takes documents of a single word.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus

N_REPRESENTATIVE = 5
N_BORDERLINE = 3

BORDERLINE_RATIO = 0.8
"""A document is borderline if its second largest proportion is at least this share of the largest."""

EXCERPT_CHARACTERS = 300
DIGITS = 6

LIFT_WEIGHT, LENGTH_WEIGHT = 0.5, 1.0
"""Weights of the logarithm of lift and of the squared log-ratio of lengths, relative to the logarithm of the share."""


class Suitability:
    """Suitability of documents as examples of their main topic, apart from its proportion."""

    def __init__(self, corpus: Corpus, topic_term_distr: np.ndarray):
        term_counts = corpus.vocabulary.term_counts
        self._log_lift = np.log(topic_term_distr) - np.log(np.maximum(term_counts, 1) / term_counts.sum())
        known = corpus.doc_lengths[corpus.doc_lengths > 0]
        self._median = float(np.median(known)) if len(known) else 1.0

    def of(self, part: Corpus, doc_topic_distr: np.ndarray) -> np.ndarray:
        """Compute the suitability of some documents of the corpus, above zero; 0 for documents without a term.

        The same text always has the same suitability.
        """
        best = np.nan_to_num(doc_topic_distr).argmax(axis=1)
        documents = np.repeat(np.arange(part.n_docs), np.diff(part.indptr))
        lifts = np.bincount(documents, part.data * self._log_lift[best[documents], part.indices], part.n_docs)
        known = np.maximum(part.doc_lengths, 1)
        logarithms = LIFT_WEIGHT * lifts / known - LENGTH_WEIGHT * np.log(known / self._median) ** 2
        return np.where(part.doc_lengths > 0, np.exp(logarithms), 0.0)


@dataclass(frozen=True)
class _Example:
    """A document that may be shown; `sort_key` orders examples, the largest first."""

    sort_key: tuple[float, int]
    row_key: Hashable
    excerpt: str
    probability: float
    other_topic_id: int
    other_probability: float

    def described(self) -> dict[str, Any]:
        return {"row_key": self.row_key, "excerpt": self.excerpt, "probability": self.probability}


class _BestExamples:
    """The examples of one topic with the largest sort keys, all with different excerpts."""

    def __init__(self, n_most: int):
        self._n_most = n_most
        self._by_excerpt: dict[str, _Example] = {}

    @property
    def least_score(self) -> float:
        """Score a further example must exceed."""
        if len(self._by_excerpt) < self._n_most:
            return float("-inf")
        return min(example.sort_key for example in self._by_excerpt.values())[0]

    def add(self, example: _Example) -> None:
        """Add an example that exceeds the least score."""
        held = self._by_excerpt.get(example.excerpt)
        if held is not None and held.sort_key >= example.sort_key:
            return
        self._by_excerpt[example.excerpt] = example
        if len(self._by_excerpt) > self._n_most:
            del self._by_excerpt[self.sorted()[-1].excerpt]

    def sorted(self) -> list[_Example]:
        """Return the examples, best first."""
        return sorted(self._by_excerpt.values(), key=lambda example: example.sort_key, reverse=True)


class RepresentativeDocuments:
    """Representative and borderline documents of each topic, collected batch by batch.

    A repeated text is taken once; ties go to the earlier row.
    """

    def __init__(self, n_topics: int):
        self._representative = [_BestExamples(N_REPRESENTATIVE) for _ in range(n_topics)]
        self._borderline = [_BestExamples(N_BORDERLINE) for _ in range(n_topics)]
        self._n_rows = 0

    def add(
        self,
        row_keys: Sequence[Hashable],
        texts: Sequence[Optional[str]],
        doc_topic_distr: np.ndarray,
        suitable: np.ndarray,
    ) -> None:
        """Add documents with their suitability (see `Suitability`); only those that are taken cost time in Python."""
        chunk = _Chunk(row_keys, texts, self._n_rows, *_two_best(doc_topic_distr))
        _gather(self._representative, chunk, chunk.best_shares * suitable)
        # Without a second topic there is no borderline.
        borderline = (chunk.second_shares >= BORDERLINE_RATIO * chunk.best_shares) & (chunk.second_shares > 0)
        _gather(self._borderline, chunk, np.where(borderline, chunk.second_shares * suitable, np.nan))
        self._n_rows += len(texts)

    def representative(self, topic_id: int) -> list[dict[str, Any]]:
        """Return the most representative documents of a topic: ``row_key``, ``excerpt``, ``probability``."""
        return [example.described() for example in self._representative[topic_id].sorted()]

    def borderline(self, topic_id: int) -> list[dict[str, Any]]:
        """Return the borderline documents of a topic: as above, and ``other_topic_id``, ``other_probability``."""
        return [
            {
                **example.described(),
                "other_topic_id": example.other_topic_id,
                "other_probability": example.other_probability,
            }
            for example in self._borderline[topic_id].sorted()
        ]

    def representative_json(self, topic_id: int) -> str:
        """Write the representative documents of a topic as JSON."""
        return json.dumps(self.representative(topic_id), ensure_ascii=False)

    def borderline_json(self, topic_id: int) -> str:
        """Write the borderline documents of a topic as JSON."""
        return json.dumps(self.borderline(topic_id), ensure_ascii=False)


def excerpt(text: str) -> str:
    """Shorten a text to a line of at most ``EXCERPT_CHARACTERS`` characters, at a space if there is one."""
    line = " ".join(text[: 4 * EXCERPT_CHARACTERS].split())
    if len(line) <= EXCERPT_CHARACTERS:
        return line
    return line[: EXCERPT_CHARACTERS - 1].rsplit(" ", 1)[0] + "…"


@dataclass(frozen=True)
class _Chunk:
    """Documents with their two best topics; proportions are NaN where there is no topic."""

    row_keys: Sequence[Hashable]
    texts: Sequence[Optional[str]]
    first_row: int
    best: np.ndarray
    best_shares: np.ndarray
    second: np.ndarray
    second_shares: np.ndarray

    def example(self, row: int, score: float) -> Optional[_Example]:
        """Return a document of the chunk as an example, None where it has no text."""
        text = self.texts[row]
        if not text:
            return None
        return _Example(
            (score, -(self.first_row + row)),
            self.row_keys[row],
            excerpt(text),
            round(float(self.best_shares[row]), DIGITS),
            int(self.second[row]),
            round(float(self.second_shares[row]), DIGITS),
        )


def _two_best(doc_topic_distr: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the best topics with their proportions, then the second best: the lower ids at ties, 0 for none."""
    rows = np.arange(len(doc_topic_distr))
    shares = doc_topic_distr.copy()
    best = shares.argmax(axis=1)
    best_shares = shares[rows, best]
    shares[rows, best] = 0
    second = shares.argmax(axis=1)
    return best, best_shares, second, shares[rows, second]


def _gather(lists: list[_BestExamples], chunk: _Chunk, scores: np.ndarray) -> None:
    """Offer the documents of a chunk to the lists of their best topics, except those with NaN scores."""
    least = np.array([examples.least_score for examples in lists])
    candidates = np.flatnonzero(scores > least[chunk.best])
    order = candidates[np.lexsort((candidates, -scores[candidates], chunk.best[candidates]))]
    topics, first = np.unique(chunk.best[order], return_index=True)
    for topic_id, rows in zip(topics.tolist(), np.split(order, first[1:])):
        examples, seen = lists[topic_id], set()
        for row in rows.tolist():
            score = float(scores[row])
            if score <= examples.least_score:
                break
            # Of a repeated text, only the first matters.
            if chunk.texts[row] in seen:
                continue
            seen.add(chunk.texts[row])
            example = chunk.example(row, score)
            if example is not None:
                examples.add(example)
