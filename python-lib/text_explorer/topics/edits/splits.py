"""A topic split into sub-topics: how the edit log holds it, and which sub-topic a document of the topic belongs to.

A sub-topic is a distribution over the terms of its topic, with its share of the topic's documents. A document goes to
the sub-topic of the highest posterior, the share times the likelihood of its words; words that are not among the terms
say nothing. So a document's sub-topic depends on its words alone, in the webapp and in 'Assign topics' alike.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix

from text_explorer.topics.files.checked_json import is_text, one_line, shown

if TYPE_CHECKING:  # its kernels take a second to load, and a webapp must answer at once
    from text_explorer.corpus.document_term_matrix import Corpus

FEWEST_PARTS, MOST_PARTS = 2, 4
MOST_TERMS = 1_000
"""Terms of a split: the most frequent ones of the topic's documents."""
LONGEST_LABEL = 200
"""Characters: a label must fit beside a bar."""
_LONGEST_TERM = 500
_FIELDS = {"topic_id", "label", "share", "probabilities"}
_LINE_BREAKERS = ("Cc", "Zl", "Zp")  # Unicode's categories of controls, line and paragraph separators


@dataclass(frozen=True)
class SubTopic:
    """One part of a split topic."""

    topic_id: int
    label: str
    share: float  # of the topic's documents when it was split
    probabilities: tuple[float, ...]  # p(term | sub-topic), in the order of the terms of the split


@dataclass(frozen=True)
class Split:
    """The sub-topics of a topic."""

    terms: tuple[str, ...]
    parts: tuple[SubTopic, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        """Ids of the sub-topics."""
        return tuple(part.topic_id for part in self.parts)

    @property
    def shares(self) -> np.ndarray:
        """float64 array of shape (n_parts,) that sums to one."""
        values = np.array([part.share for part in self.parts])
        shares: np.ndarray = values / values.sum()
        return shares

    @property
    def probabilities(self) -> np.ndarray:
        """float64 array of shape (n_parts, n_terms): p(term | sub-topic)."""
        return np.array([part.probabilities for part in self.parts], dtype=np.float64).reshape(len(self.parts), -1)

    def as_json(self) -> dict[str, Any]:
        """Return what `parse_split` reads."""
        parts = [
            {name: getattr(part, name) for name in ("topic_id", "label", "share")}
            | {"probabilities": list(part.probabilities)}
            for part in self.parts
        ]
        return {"terms": list(self.terms), "parts": parts}

    def scores(self, corpus: Corpus) -> np.ndarray:
        """Return log p(sub-topic) + log p(words | sub-topic) of documents: float64, shape (n_docs, n_parts)."""
        ids = {term: number for number, term in enumerate(corpus.vocabulary.terms)}
        known = [(place, ids[term]) for place, term in enumerate(self.terms) if term in ids]
        weights = np.zeros((corpus.n_terms, len(self.parts)))
        if known:
            places, term_ids = np.array(known).T
            weights[term_ids] = np.log(self.probabilities[:, places]).T
        counts = csr_matrix((corpus.data, corpus.indices, corpus.indptr), shape=(corpus.n_docs, corpus.n_terms))
        scores: np.ndarray = np.asarray(counts @ weights) + np.log(self.shares)
        return scores

    def topics_of(self, corpus: Corpus) -> np.ndarray:
        """Return the sub-topic of each document: int64 array of ids, the first of equally likely ones."""
        topics: np.ndarray = np.array(self.ids, dtype=np.int64)[self.scores(corpus).argmax(axis=1)]
        return topics


def faults_of_split(value: Any) -> list[str]:
    """Return what is wrong with the JSON value of a split, each fault as the end of a sentence."""
    if not isinstance(value, dict) or set(value) != {"terms", "parts"}:
        return [f"split must be an object of terms and parts. Got {shown(value)}"]
    terms, parts = value["terms"], value["parts"]
    if not isinstance(terms, list) or not 1 <= len(terms) <= MOST_TERMS or not all(map(_is_term, terms)):
        return [f"split.terms must be a list of 1 to {MOST_TERMS:,} terms"]
    if len(set(terms)) < len(terms):
        return ["split.terms must not name a term twice"]
    if not isinstance(parts, list) or not FEWEST_PARTS <= len(parts) <= MOST_PARTS:
        return [f"split.parts must be a list of {FEWEST_PARTS} to {MOST_PARTS} sub-topics"]
    return [fault for part in parts for fault in _faults_of_part(part, len(terms))]


def _faults_of_part(part: Any, n_terms: int) -> list[str]:
    if not isinstance(part, dict) or set(part) != _FIELDS:
        return [f"a sub-topic must have {', '.join(sorted(_FIELDS))}"]
    faults = []
    if type(part["topic_id"]) is not int:
        faults.append(f"topic_id of a sub-topic must be a whole number. Got {shown(part['topic_id'])}")
    if not is_label(part["label"]):
        faults.append(
            f"label of a sub-topic must be one line of at most {LONGEST_LABEL} characters. Got {shown(part['label'])}"
        )
    if not _is_probability(part["share"]):
        faults.append(f"share of a sub-topic must be above 0 and at most 1. Got {shown(part['share'])}")
    values = part["probabilities"]
    if not isinstance(values, list) or len(values) != n_terms or not all(map(_is_probability, values)):
        faults.append("probabilities of a sub-topic must be a number above 0 and at most 1 for each term")
    return faults


def is_label(value: Any) -> bool:
    """Return whether a value may be a label; overrides of the reading direction are taken out of it later."""
    return (
        is_text(value)
        and len(value) <= LONGEST_LABEL
        and bool(one_line(value))
        and not any(unicodedata.category(char) in _LINE_BREAKERS for char in value)
    )


def _is_term(value: Any) -> bool:
    return is_text(value) and 1 <= len(value) <= _LONGEST_TERM


def _is_probability(value: Any) -> bool:
    return type(value) in (int, float) and 1e-12 <= value <= 1


def parse_split(value: Mapping[str, Any]) -> Split:
    """Read the JSON value of a split that has no fault."""
    return Split(tuple(value["terms"]), tuple(map(_parse_part, value["parts"])))


def _parse_part(part: Mapping[str, Any]) -> SubTopic:
    probabilities = tuple(map(float, part["probabilities"]))
    return SubTopic(part["topic_id"], one_line(part["label"]), float(part["share"]), probabilities)


def numbered(value: Any, first: int) -> Any:
    """Return the JSON value of a split whose sub-topics have the ids from ``first`` on; one with faults stays so."""
    if not isinstance(value, dict) or not isinstance(value.get("parts"), Sequence):
        return value
    parts = [
        {**part, "topic_id": first + number} if isinstance(part, dict) else part
        for number, part in enumerate(value["parts"])
    ]
    return {**value, "parts": parts}


def follow_splits(
    topics: np.ndarray,
    final_topic: np.ndarray,
    splits: Mapping[int, Split],
    choose: Callable[[Split, np.ndarray], np.ndarray],
) -> np.ndarray:
    """Return the final topics of documents: after merges, sub-topics of split topics, and merges of these.

    Parameters
    ----------
    topics
        int array of shape (n_docs,): topic of each document, -1 for none.
    final_topic
        int array of shape (n_ids,): what each topic is finally merged into.
    splits
        Splits in force, by topic.
    choose
        Returns the sub-topics of the documents in some rows: called with a split and the rows.

    Returns
    -------
    ndarray of int64, shape (n_docs,)
    """
    found = np.where(topics >= 0, final_topic[topics], -1).astype(np.int64) if len(final_topic) else topics.copy()
    while True:
        # A sub-topic may be merged into a topic that is split too.
        rows = {topic: np.flatnonzero(found == topic) for topic in splits}
        if not any(map(len, rows.values())):
            return found
        for topic in splits:
            if len(rows[topic]):
                found[rows[topic]] = final_topic[choose(splits[topic], rows[topic])]
