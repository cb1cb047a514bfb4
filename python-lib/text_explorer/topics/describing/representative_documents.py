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
from functools import partial
from typing import Any, Callable, Optional

import numpy as np

from text_explorer.cells import natural_order, text_key
from text_explorer.corpus.document_term_matrix import AnyCorpus, Corpus
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

    def __init__(self, corpus: AnyCorpus, scores: TermScores):
        n_words = corpus.vocabulary.term_counts.sum() / len(scores.probability)
        self._rarity = np.log1p(n_words / np.maximum(corpus.vocabulary.term_counts, 1))
        weights = scores.probability * self._rarity
        self._weights = weights / np.linalg.norm(weights, axis=1, keepdims=True)
        self._shown = np.zeros(weights.shape, dtype=bool)
        for terms in (scores.best, scores.most_relevant):
            np.put_along_axis(self._shown, terms, True, axis=1)
        self._median = corpus.lengths.median

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
    """A document that may be shown."""

    score: float
    words: tuple[str, int]  # see `_words_of`
    row_key: Hashable
    text_hash: int
    text: str  # its first characters, or its excerpt alone
    probability: float
    other_topic_id: int
    other_probability: float
    n_similar: int = 0  # other documents of the same words and score
    is_cut: bool = False

    @property
    def rank(self) -> tuple[float, tuple[str, int]]:
        """Order among examples of different words: the largest score first, then by the alphabet."""
        return -self.score, self.words

    @property
    def rank_of_copy(self) -> tuple[tuple[bool, int, str], int]:
        """Order among examples of the same words and score."""
        return natural_order(str(self.row_key)), self.text_hash

    def excerpt(self, places_of: TermPlaces, shown_terms: frozenset[int]) -> str:
        """Return the excerpt of the text."""
        if self.is_cut:
            return self.text
        places = places_of(self.text) if len(self.text) > EXCERPT_CHARACTERS else ()  # a short text is shown whole
        return excerpt(self.text, [place for place in places if place[2] in shown_terms])

    def described(self, excerpt: str) -> dict[str, Any]:
        similar = {"n_similar": self.n_similar} if self.n_similar else {}
        return {"row_key": self.row_key, "excerpt": excerpt, "probability": self.probability, **similar}


class _BestExamples:
    """The examples of one topic with the largest scores, all of different words.

    Copies with the score of the one that is held are counted. Whatever the order and the parts in which documents come,
    the same examples are held: a document among the best of all is among the best of its part.
    """

    def __init__(self, n_most: int):
        self._n_most = n_most
        self._by_words: dict[tuple[str, int], _Example] = {}

    @property
    def least_score(self) -> float:
        """Score a further example must have."""
        if len(self._by_words) < self._n_most:
            return float("-inf")
        return min(example.score for example in self._by_words.values())

    def add(self, example: _Example) -> None:
        """Add an example that has the least score or more."""
        held = self._by_words.get(example.words)
        if held is not None and held.score == example.score:
            first = min(held, example, key=lambda each: each.rank_of_copy)
            n_similar = held.n_similar + example.n_similar + 1
            self._by_words[example.words] = replace(first, n_similar=n_similar)
        elif held is None or held.score < example.score:
            self._by_words[example.words] = example
        if len(self._by_words) > self._n_most:
            del self._by_words[self.sorted()[-1].words]

    def merge(self, other: _BestExamples) -> None:
        """Add the examples of other documents."""
        for example in other._by_words.values():
            if example.score >= self.least_score:
                self.add(example)

    def changed(self, change: Callable[[_Example], _Example]) -> _BestExamples:
        """Return the same examples, each changed apart from its rank."""
        changed = _BestExamples(self._n_most)
        changed._by_words = {words: change(example) for words, example in self._by_words.items()}
        return changed

    def sorted(self) -> list[_Example]:
        """Return the examples, best first."""
        return sorted(self._by_words.values(), key=lambda example: example.rank)


class RepresentativeDocuments:
    """Representative and borderline documents of each topic, collected batch by batch, in any order.

    Of texts that are equal up to links, numbers, mentions, punctuation and case, one is taken, of those that score the
    same the one with the lowest row key. Other ties go by the alphabet of the texts. `shown_terms` are ids of
    terms of each topic, and `places_of` finds them in a text: excerpts are cut where most of them are.
    """

    def __init__(self, n_topics: int, shown_terms: Sequence[frozenset[int]] = (), places_of: TermPlaces = no_places):
        # More than are shown, for excerpts of different texts may be equal.
        self._representative = [_BestExamples(2 * N_REPRESENTATIVE) for _ in range(n_topics)]
        self._borderline = [_BestExamples(2 * N_BORDERLINE) for _ in range(n_topics)]
        self._shown_terms, self._places_of = shown_terms or [frozenset[int]()] * n_topics, places_of

    def add(
        self,
        row_keys: Sequence[Hashable],
        texts: Sequence[Optional[str]],
        doc_topic_distr: np.ndarray,
        suitable: np.ndarray,
    ) -> None:
        """Add documents with their suitability (see `Suitability`); only those that are taken cost time in Python."""
        chunk = _Chunk(row_keys, texts, *_two_best(doc_topic_distr))
        _gather(self._representative, chunk, np.where(suitable > 0, chunk.best_shares * suitable, np.nan))
        # Without a second topic there is no borderline.
        borderline = (chunk.second_shares >= BORDERLINE_RATIO * chunk.best_shares) & (chunk.second_shares > 0)
        _gather(self._borderline, chunk, np.where(borderline, chunk.second_shares * suitable, np.nan))

    def merge(self, other: RepresentativeDocuments) -> None:
        """Add the documents that were collected elsewhere."""
        for mine, others in zip(self._lists(), other._lists()):
            mine.merge(others)

    def cut(self) -> RepresentativeDocuments:
        """Return the same documents by their excerpts alone, to be sent and merged."""
        cut = RepresentativeDocuments(len(self._representative))
        cut._representative, cut._borderline = (
            [examples.changed(partial(self._cut, topic_id)) for topic_id, examples in enumerate(lists)]
            for lists in (self._representative, self._borderline)
        )
        return cut

    def _lists(self) -> list[_BestExamples]:
        return [*self._representative, *self._borderline]

    def _cut(self, topic_id: int, example: _Example) -> _Example:
        shown = example.excerpt(self._places_of, self._shown_terms[topic_id])
        return replace(example, text=shown, is_cut=True)

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
            found.setdefault(example.excerpt(self._places_of, self._shown_terms[topic_id]), example)
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


def _words_of(text: str) -> tuple[str, int]:
    """Return the beginning of the words of a text, and a hash of all: texts of the same words have the same."""
    words = words_alone(text)
    return words[:EXCERPT_CHARACTERS], text_key(words)


@dataclass(frozen=True)
class _Chunk:
    """Documents with their two best topics; proportions are NaN where there is no topic."""

    row_keys: Sequence[Hashable]
    texts: Sequence[Optional[str]]
    best: np.ndarray
    best_shares: np.ndarray
    second: np.ndarray
    second_shares: np.ndarray

    def example(self, row: int, score: float, words: tuple[str, int]) -> _Example:
        """Return a document of the chunk as an example."""
        text = self.texts[row] or ""
        return _Example(
            score,
            words,
            self.row_keys[row],
            text_key(text),
            text[:LONGEST_READ],
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
        examples, words_of = lists[topic_id], dict[str, tuple[str, int]]()
        for row in rows.tolist():
            score, text = float(scores[row]), chunk.texts[row]
            if score < examples.least_score:
                break
            if text:
                if text not in words_of:
                    words_of[text] = _words_of(text)
                examples.add(chunk.example(row, score, words_of[text]))
