"""Representative documents of each topic, and borderline ones that may as well belong to another topic.

The largest proportion alone favours odd documents: very long ones of LDA, any of GSDMM, where most proportions are 1.
A representative document should also have the terms of its topic and a usual length: documents are ranked by share x
cosine x exp(-log(length / median length)^2). The cosine is that of the class-based TF-IDF of the topic's terms and of
the document's, each term counted once: repeating a term gains nothing, and words that are rare in the topic lower it.
Documents without a term that is shown of the topic are left out, and the excerpts show the terms.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Callable, Optional

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.corpus.words.character_classes import FILLER
from text_explorer.corpus.words.markup import blank_markup
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.topics.describing.terms import TermScores

N_REPRESENTATIVE = 5
N_BORDERLINE = 3

BORDERLINE_RATIO = 0.8
"""A document is borderline if its second largest proportion is at least this share of the largest."""

EXCERPT_CHARACTERS = 300
DIGITS = 6

LONGEST_READ = 20_000
"""Characters of a text that are searched for the terms of its topic."""

BEFORE_TERM, CUT_OFF = 60, 60
"""Characters of an excerpt before its first term of the topic, and at its end where a word may be cut off, at most."""

_NO_WORD = re.compile(r"[\W\d_]+")

TermPlaces = Callable[[str], Sequence[tuple[int, int, int]]]
"""Returns start, end and id of each term in a text, in reading order."""


def no_places(text: str) -> Sequence[tuple[int, int, int]]:
    """Return no terms: excerpts are the beginnings of the texts."""
    return ()


class Suitability:
    """Suitability of documents as examples of their main topic, apart from its proportion."""

    def __init__(self, corpus: Corpus, scores: TermScores):
        n_words = corpus.vocabulary.term_counts.sum() / len(scores.probability)
        self._rarity = np.log1p(n_words / np.maximum(corpus.vocabulary.term_counts, 1))
        weights = scores.probability * self._rarity
        self._weights = weights / np.linalg.norm(weights, axis=1, keepdims=True)
        self._shown = np.zeros(weights.shape, dtype=bool)
        for terms in (scores.best, scores.most_relevant):
            np.put_along_axis(self._shown, terms, True, axis=1)
        known = corpus.doc_lengths[corpus.doc_lengths > 0]
        self._median = float(np.median(known)) if len(known) else 1.0

    def of(self, part: Corpus, doc_topic_distr: np.ndarray) -> np.ndarray:
        """Compute the suitability of some documents of the corpus; 0 for those without a term shown of their topic.

        The same text always has the same suitability.
        """
        best = np.nan_to_num(doc_topic_distr).argmax(axis=1)
        documents = np.repeat(np.arange(part.n_docs), np.diff(part.indptr))
        topics, rarity = best[documents], self._rarity[part.indices]
        shown = np.bincount(documents, self._shown[topics, part.indices], part.n_docs) > 0
        products = np.bincount(documents, rarity * self._weights[topics, part.indices], part.n_docs)
        norms = np.sqrt(np.bincount(documents, rarity**2, part.n_docs))
        lengths = np.exp(-(np.log(np.maximum(part.doc_lengths, 1) / self._median) ** 2))
        return np.where(shown, products / np.where(shown, norms, 1.0) * lengths, 0.0)


@dataclass(frozen=True)
class _Example:
    """A document that may be shown; `sort_key` orders examples, the largest first."""

    sort_key: tuple[float, int]
    row_key: Hashable
    text: str  # its first characters
    words: str  # see `words_alone`
    probability: float
    other_topic_id: int
    other_probability: float
    n_similar: int = 0  # other documents of the same words and score

    def described(self, excerpt: str) -> dict[str, Any]:
        similar = {"n_similar": self.n_similar} if self.n_similar else {}
        return {"row_key": self.row_key, "excerpt": excerpt, "probability": self.probability, **similar}


class _BestExamples:
    """The examples of one topic with the largest sort keys, all of different words.

    Copies with the score of the one that is held are counted: no matter in which parts the documents come, a document
    with a score among the best is offered.
    """

    def __init__(self, n_most: int):
        self._n_most = n_most
        self._by_words: dict[str, _Example] = {}

    @property
    def least_score(self) -> float:
        """Score a further example must have."""
        if len(self._by_words) < self._n_most:
            return float("-inf")
        return min(example.sort_key for example in self._by_words.values())[0]

    def add(self, example: _Example) -> None:
        """Add an example that has the least score or more."""
        held = self._by_words.get(example.words)
        if held is not None and held.sort_key[0] == example.sort_key[0]:
            first = max(held, example, key=lambda each: each.sort_key)
            self._by_words[example.words] = replace(first, n_similar=held.n_similar + 1)
        elif held is None or held.sort_key < example.sort_key:
            self._by_words[example.words] = example
        if len(self._by_words) > self._n_most:
            del self._by_words[self.sorted()[-1].words]

    def sorted(self) -> list[_Example]:
        """Return the examples, best first."""
        return sorted(self._by_words.values(), key=lambda example: example.sort_key, reverse=True)


class RepresentativeDocuments:
    """Representative and borderline documents of each topic, collected batch by batch; ties go to the earlier row.

    Of texts that are equal up to links, numbers, mentions, punctuation and case, one is taken. `shown_terms` are ids of
    terms of each topic, and `places_of` finds them in a text: excerpts are cut where most of them are.
    """

    def __init__(self, n_topics: int, shown_terms: Sequence[frozenset[int]] = (), places_of: TermPlaces = no_places):
        # More than are shown, for excerpts of different texts may be equal.
        self._representative = [_BestExamples(2 * N_REPRESENTATIVE) for _ in range(n_topics)]
        self._borderline = [_BestExamples(2 * N_BORDERLINE) for _ in range(n_topics)]
        self._shown_terms, self._places_of = shown_terms or [frozenset[int]()] * n_topics, places_of
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
        _gather(self._representative, chunk, np.where(suitable > 0, chunk.best_shares * suitable, np.nan))
        # Without a second topic there is no borderline.
        borderline = (chunk.second_shares >= BORDERLINE_RATIO * chunk.best_shares) & (chunk.second_shares > 0)
        _gather(self._borderline, chunk, np.where(borderline, chunk.second_shares * suitable, np.nan))
        self._n_rows += len(texts)

    def representative(self, topic_id: int) -> list[dict[str, Any]]:
        """Return the most representative documents of a topic: ``row_key``, ``excerpt``, ``probability``.

        ``n_similar``, if any, are further documents of the same words.
        """
        found = self._different(topic_id, self._representative[topic_id], N_REPRESENTATIVE)
        return [example.described(shown) for shown, example in found.items()]

    def borderline(self, topic_id: int) -> list[dict[str, Any]]:
        """Return the borderline documents of a topic: as above, and ``other_topic_id``, ``other_probability``."""
        return [
            {
                **example.described(shown),
                "other_topic_id": example.other_topic_id,
                "other_probability": example.other_probability,
            }
            for shown, example in self._different(topic_id, self._borderline[topic_id], N_BORDERLINE).items()
        ]

    def representative_json(self, topic_id: int) -> str:
        """Write the representative documents of a topic as JSON."""
        return json.dumps(self.representative(topic_id), ensure_ascii=False)

    def borderline_json(self, topic_id: int) -> str:
        """Write the borderline documents of a topic as JSON."""
        return json.dumps(self.borderline(topic_id), ensure_ascii=False)

    def _different(self, topic_id: int, examples: _BestExamples, n_most: int) -> dict[str, _Example]:
        """Return the best examples of different excerpts, by their excerpts."""
        found: dict[str, _Example] = {}
        for example in examples.sorted():
            places = [place for place in self._places_of(example.text) if place[2] in self._shown_terms[topic_id]]
            found.setdefault(excerpt(example.text, places), example)
            if len(found) == n_most:
                break
        return found


def excerpt(text: str, places: Sequence[tuple[int, int, int]] = ()) -> str:
    """Shorten a text to a line of at most ``EXCERPT_CHARACTERS`` characters, at spaces if there are any.

    `places` are start, end and id of terms in reading order: the part with most different ones is taken, the first at a
    tie.
    """
    start = _best_start(text, places)
    line = ("…" if start else "") + " ".join(text[start : start + 4 * EXCERPT_CHARACTERS].split())
    if len(line) <= EXCERPT_CHARACTERS:
        return line
    return line[: EXCERPT_CHARACTERS - 1].rsplit(" ", 1)[0] + "…"


def _best_start(text: str, places: Sequence[tuple[int, int, int]]) -> int:
    """Return where the part begins that has most different terms, the first at a tie."""
    if len(text) <= EXCERPT_CHARACTERS:
        return 0
    starts, ends = [start for start, _, _ in places], [end for _, end, _ in places]

    def n_terms(start: int) -> int:
        inside = range(bisect_right(starts, start - 1), bisect_right(ends, start + EXCERPT_CHARACTERS - CUT_OFF))
        return len({places[place][2] for place in inside})

    openings = (text.find(" ", max(start - BEFORE_TERM, 0), start) + 1 or start for start in starts)
    return max([0, *openings], key=n_terms)


def words_alone(text: str) -> str:
    """Return the words of a text, in their order, without links, numbers, mentions, punctuation and case."""
    read = blank_markup(text, Preparation()).replace(FILLER, "")
    return _NO_WORD.sub(" ", read).strip().casefold() or text


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

    def example(self, row: int, score: float, words: str) -> _Example:
        """Return a document of the chunk as an example."""
        text = self.texts[row] or ""
        return _Example(
            (score, -(self.first_row + row)),
            self.row_keys[row],
            text[:LONGEST_READ],
            words,
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
    candidates = np.flatnonzero(scores >= least[chunk.best])
    order = candidates[np.lexsort((candidates, -scores[candidates], chunk.best[candidates]))]
    topics, first = np.unique(chunk.best[order], return_index=True)
    for topic_id, rows in zip(topics.tolist(), np.split(order, first[1:])):
        examples, words_of = lists[topic_id], dict[str, str]()
        for row in rows.tolist():
            score, text = float(scores[row]), chunk.texts[row]
            if score < examples.least_score:
                break
            if text:
                if text not in words_of:
                    words_of[text] = words_alone(text)
                examples.add(chunk.example(row, score, words_of[text]))
