"""Phrases: words that occur together more often than by chance, counted as one term.

gensim's `Phrases` finds them; they are stored as plain pairs of words, so that new texts are treated the same way. A
phrase never spans a word that was left out, or anything but spaces. A stop word may begin a phrase, as in *new york*,
but not end it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from text_explorer.corpus._bag_kernels import count_words, merge_pairs
from text_explorer.corpus.words.preparation import AUTOMATIC_THRESHOLDS, NO_PHRASES, TRIGRAMS, Preparation

logger = logging.getLogger(__name__)

Pairs = Sequence[tuple[str, str]]
"""Neighbouring terms that form a phrase, whose name is both with a space between them."""

LONGEST_PHRASE = 3
"""In words."""

_BETWEEN = "\x1f"
"""Separates the two halves of a phrase in gensim's counts, as the halves may contain spaces."""

MAX_CANDIDATES = 5_000_000
"""Pairs counted before gensim drops the rarest: about 1 GB."""


@dataclass(frozen=True)
class TermStream:
    """All terms of a list of documents, in reading order."""

    terms: np.ndarray  # int32 of shape (n_tokens,): term ids, -1 for a word that is not a term
    offsets: np.ndarray  # int64 of shape (n_docs + 1,): document ``d`` is ``terms[offsets[d]:offsets[d + 1]]``
    breaks: np.ndarray  # bool of shape (n_tokens,): whether a term cannot form a phrase with the previous one
    names: Sequence[str]  # by term id
    only_in_phrases: np.ndarray  # bool of shape (n_terms,): stop words, which count only at the start of a phrase


def find_phrases(stream: TermStream, preparation: Preparation) -> tuple[tuple[Pairs, ...], TermStream]:
    """Find the phrases of a corpus and merge each into one term.

    The first result are the pairs in the order of merging: first words with words, then, for trigrams, phrases with
    words.

    References
    ----------
    Bouma (2009), "Normalized (pointwise) mutual information in collocation extraction", and Mikolov et al. (2013),
    "Distributed representations of words and phrases and their compositionality", equation 6.
    """
    passes: list[Pairs] = []
    n_passes = {NO_PHRASES: 0, TRIGRAMS: 2}.get(preparation.phrases, 1)
    for _ in range(n_passes):
        pairs = _find_pairs(stream, preparation)
        passes.append(pairs)
        stream = merge_phrases(stream, [pairs])
    if n_passes:
        logger.info("phrases found: %s", ", ".join(f"{len(pairs):,}" for pairs in passes))
    return tuple(passes), stream


def merge_phrases(stream: TermStream, passes: Sequence[Pairs]) -> TermStream:
    """Merge known phrases into one term each, from left to right."""
    for pairs in passes:
        ids = {name: term for term, name in enumerate(stream.names)}
        known = [pair for pair in pairs if pair[0] in ids and pair[1] in ids]
        coded = np.array([(ids[first] << 32) + ids[second] for first, second in known], dtype=np.int64)
        merged = np.array([ids.setdefault(" ".join(pair), len(ids)) for pair in known], dtype=np.int32)
        starts_pair = np.zeros(len(ids), dtype=np.bool_)
        starts_pair[[ids[first] for first, _ in known]] = True
        order = np.argsort(coded)
        terms, offsets, breaks = merge_pairs(
            stream.terms, stream.offsets, stream.breaks, coded[order], merged[order], starts_pair
        )
        only_in_phrases = np.pad(stream.only_in_phrases, (0, len(ids) - len(stream.names)))
        stream = TermStream(terms, offsets, breaks, list(ids), only_in_phrases)
    return stream


def _find_pairs(stream: TermStream, preparation: Preparation) -> Pairs:
    # Imported late: gensim takes a second to load, and most runs do not use phrases.
    from gensim.models.phrases import Phrases  # noqa: PLC0415

    found = Phrases(
        _runs(stream, preparation.phrase_min_count),
        min_count=preparation.phrase_min_count,
        threshold=preparation.phrase_threshold or AUTOMATIC_THRESHOLDS[preparation.phrase_scoring],
        scoring=preparation.phrase_scoring,
        delimiter=_BETWEEN,
        max_vocab_size=MAX_CANDIDATES,
    ).export_phrases()
    last = {name for name, stop_word in zip(stream.names, stream.only_in_phrases.tolist()) if not stop_word}
    pairs = (tuple(phrase.split(_BETWEEN)) for phrase in found)
    return tuple(sorted(pair for pair in pairs if pair[1] in last and len(" ".join(pair).split(" ")) <= LONGEST_PHRASE))


def _runs(stream: TermStream, min_count: int) -> Iterator[list[str]]:
    """Yield the runs of terms in which gensim looks for phrases; a term that is too rare for a phrase ends a run."""
    frequent = count_words(stream.terms, len(stream.names)) >= min_count
    for start, end in zip(stream.offsets[:-1].tolist(), stream.offsets[1:].tolist()):
        run: list[str] = []
        for term, is_break in zip(stream.terms[start:end].tolist(), stream.breaks[start:end].tolist()):
            usable = term >= 0 and frequent[term]
            if run and (is_break or not usable):
                yield run
                run = []
            if usable:
                run.append(stream.names[term])
        if run:
            yield run
