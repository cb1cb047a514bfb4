"""Seed terms: words by which a user defines some of the topics.

Rows of topic name, term and weight are converted to terms of the corpus as texts are, and attract a topic by
pseudo-counts (see `fit_gsdmm` and `fit_gibbs_lda`). `report` describes the result after training.

Their strength was tested on corpora of 600 texts of 12 words from eight themes, three of which were seeded by three
words each: LDA's seeded topics take 0.88 of their other words from their theme instead of 0.23, and the seeds'
probabilities come out 1.7 times as large as they are in the theme. With ten times its occurrences in the corpus for
each seed, topics consist of the seeds alone: 0.26.

References
----------
Bin Lu, Myle Ott, Claire Cardie and Benjamin Tsou (2011). Multi-aspect sentiment analysis with topic models. ICDM
workshops. (Seeds as asymmetric priors of topics over terms.)
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np

from text_explorer.cells import text_of
from text_explorer.corpus.document_term_matrix import AnyCorpus, bags_of_words
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.vocabulary import Vocabulary
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.errors import SettingsError

MOST_WEIGHT = 100.0

SHARE_OF_TOPIC = 0.01
"""A seed of weight 1 counts as this share of the words of an average topic, but never more than in the corpus: a rare
word would seem to be frequent."""

MAX_FAULTS_LISTED = 20


@dataclass(frozen=True)
class Seed:
    """A term as the user wrote it, and its weight."""

    term: str
    weight: float


@dataclass(frozen=True)
class SeededTopic:
    """A topic the user named."""

    name: str
    seeds: tuple[Seed, ...]


@dataclass(frozen=True)
class FoundSeed:
    """A seed in the corpus."""

    topic: int  # index of its topic among the seeded ones, which is the topic's index when training begins
    seed: Seed  # as the user wrote it
    term_id: Optional[int]  # its term in the corpus, None if unknown


def read_seeds(rows: Iterable[tuple[object, object, object]], n_topics: int) -> tuple[SeededTopic, ...]:
    """Validate the rows of the seed terms; topics come in the order of their first rows.

    Parameters
    ----------
    rows
        Cells of topic name, term and weight. An empty weight is 1; empty rows are ignored. Where a term is
        repeated for a topic, its largest weight counts.
    n_topics
        Number of topics, of which the seeded ones are the first.

    Raises
    ------
    SettingsError
        With every fault.
    """
    topics: dict[str, dict[str, float]] = {}
    faults: list[str] = []
    for number, cells in enumerate(rows, start=1):
        name, term, weight = (text_of(cell) for cell in cells)
        if name is None and term is None and weight is None:
            continue
        number_given = _weight(weight)
        if name is None or term is None or number_given is None:
            faults += _faults_of_row(number, name, term, weight)
            continue
        terms = topics.setdefault(_one_line(name), {})
        terms[_one_line(term)] = max(number_given, terms.get(_one_line(term), 0.0))
    if len(faults) > MAX_FAULTS_LISTED:
        n_more = len(faults) - MAX_FAULTS_LISTED
        faults[MAX_FAULTS_LISTED:] = [f"The seed terms have {n_more:,} more faults like these."]
    if len(topics) > n_topics:
        faults.append(
            f"The seed terms name {len(topics):,} topics, but 'Number of topics' is {n_topics:,}. Raise it to at least "
            f"{len(topics):,}, or name fewer topics."
        )
    if faults:
        raise SettingsError(faults)
    return tuple(
        SeededTopic(name, tuple(Seed(term, weight) for term, weight in terms.items())) for name, terms in topics.items()
    )


def find_seeds(
    topics: Sequence[SeededTopic], vocabulary: Vocabulary, preparation: Preparation, languages: Sequence[str]
) -> list[FoundSeed]:
    """Convert seeds to terms of the corpus, as if they were texts.

    A seed of several words is one term where the corpus has them as a phrase, and unknown otherwise; words in it that
    are no terms, such as stop words, do not count. Of the languages of the corpus, the most frequent first, a seed
    belongs to the first one in which it is known.
    """
    seeds = [(topic, seed) for topic, seeded in enumerate(topics) for seed in seeded.seeds]
    term_ids: list[Optional[int]] = [None] * len(seeds)
    for language in languages:
        bags = bags_of_words(
            [DocumentText(seed.term, language) for _, seed in seeds], vocabulary, preparation, n_workers=1
        )
        for index in np.flatnonzero(bags.doc_lengths == 1).tolist():
            if term_ids[index] is None:
                term_ids[index] = int(bags.indices[bags.indptr[index]])
    return [FoundSeed(topic, seed, term_id) for (topic, seed), term_id in zip(seeds, term_ids)]


def seed_counts(found: Sequence[FoundSeed], corpus: AnyCorpus, n_topics: int, *, strength: float = 1.0) -> np.ndarray:
    """Compute the pseudo-counts of seeds in their topics, int64 array of shape (n_topics, n_terms).

    They are weight x `strength` x ``SHARE_OF_TOPIC`` of the words of an average topic, or weight x `strength` x
    occurrences of the term where these are fewer; at least 1 for a known seed, 0 for all else.
    """
    counts = np.zeros((n_topics, corpus.n_terms), dtype=np.int64)
    of_topic = SHARE_OF_TOPIC * corpus.n_words / n_topics
    for each in found:
        if each.term_id is not None:
            occurrences = min(of_topic, int(corpus.vocabulary.term_counts[each.term_id]))
            count = max(round(strength * each.seed.weight * occurrences), 1)
            # Two words of one stem are one term; the one of the larger weight counts.
            counts[each.topic, each.term_id] = max(count, counts[each.topic, each.term_id])
    return counts


def _faults_of_row(number: int, name: Optional[str], term: Optional[str], weight: Optional[str]) -> list[str]:
    faults = []
    if name is None:
        faults.append(f"Row {number} of the seed terms has no topic name: add one, or delete the row.")
    if term is None:
        faults.append(f"Row {number} of the seed terms has no term: add one, or delete the row.")
    if _weight(weight) is None:
        faults.append(
            f"The weight in row {number} of the seed terms must be a number above 0 and at most {MOST_WEIGHT:g}, or "
            f"empty. Got {_shown(weight)}."
        )
    return faults


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _weight(text: Optional[str]) -> Optional[float]:
    """Read a weight; None if it is not a number above 0 and at most ``MOST_WEIGHT``."""
    if text is None:
        return 1.0
    try:
        weight = float(text)
    except ValueError:
        return None
    return weight if math.isfinite(weight) and 0 < weight <= MOST_WEIGHT else None


def _shown(text: Optional[str]) -> str:
    shown = repr(text)
    return shown if len(shown) <= 80 else shown[:77] + "..."
