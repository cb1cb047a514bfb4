"""Find the words and pairs of words that set a group of texts apart from the other groups.

A phrase scores its number of occurrences in the group, times how few groups use it: the TF-IDF of groups taken as
documents, ``count * (1 + log((1 + n_groups) / (1 + groups using it)))``. With a single group the counts alone decide.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from text_explorer.corpus.normal_forms import stemmer
from text_explorer.summaries.document import Document

N_KEYPHRASES = 10
MOST_CANDIDATES = 500
"""Phrases kept a group until all groups are known; the rest is too rare in the group to be among the first ten."""

LEAST_COUNT = 2
"""A phrase used once tells little, and there are many of them."""

Stems = tuple[str, ...]


@dataclass(frozen=True)
class Candidates:
    """Phrases of a group.

    Attributes
    ----------
    counts
        Occurrences by the stems of the phrase.
    written
        The form most often written, in lower case.
    """

    counts: dict[Stems, int]
    written: dict[Stems, str]


def candidates(document: Document) -> Candidates:
    """Count the content words of a group's texts, and the pairs of neighbouring ones.

    Parameters
    ----------
    document
        The texts of the group.

    Returns
    -------
    Candidates
        Phrases used at least ``LEAST_COUNT`` times; all phrases where none is used so often.
    """
    forms: dict[Stems, Counter[str]] = {}
    for stems, form in _phrases(document):
        forms.setdefault(stems, Counter())[form] += 1
    counts = {stems: sum(written.values()) for stems, written in forms.items()}
    least = min(LEAST_COUNT, max(counts.values(), default=0))
    frequent = sorted((stems for stems in counts if counts[stems] >= least), key=lambda stems: (-counts[stems], stems))
    kept = frequent[:MOST_CANDIDATES]
    return Candidates(
        {stems: counts[stems] for stems in kept},
        {stems: min(forms[stems], key=lambda form: (-forms[stems][form], form)) for stems in kept},
    )


def keyphrases(groups: Sequence[Candidates]) -> list[list[str]]:
    """Choose the phrases of each group.

    Parameters
    ----------
    groups
        Candidates of each group.

    Returns
    -------
    list of list of str
        At most ``N_KEYPHRASES`` a group, best first. A word that stands in one pair more often than not
        gives way to the pair.
    """
    n_using = Counter(stems for group in groups for stems in group.counts)
    return [_best(group, n_using, len(groups)) for group in groups]


def _best(group: Candidates, n_using: Counter[Stems], n_groups: int) -> list[str]:
    def score(stems: Stems) -> float:
        return group.counts[stems] * (1.0 + math.log((1 + n_groups) / (1 + n_using[stems])))

    # Of equal scores the longer phrase says more; then the alphabet decides.
    ranked = sorted(group.counts, key=lambda stems: (-round(score(stems), 10), -len(stems), stems))
    pairs = _pairs_of_words(group.counts)
    chosen = dict.fromkeys(pairs.get(stems, stems) for stems in ranked)
    return [group.written[stems] for stems in list(chosen)[:N_KEYPHRASES]]


def _pairs_of_words(counts: dict[Stems, int]) -> dict[Stems, Stems]:
    """Find the words that stand in one pair more often than not, and the most frequent such pair."""
    pairs: dict[Stems, Stems] = {}
    for pair, count in sorted(counts.items(), key=lambda item: (item[1], item[0])):
        for stem in pair if len(pair) == 2 else ():
            if 2 * count > counts.get((stem,), 0):
                pairs[(stem,)] = pair
    return pairs


def _phrases(document: Document) -> Iterator[tuple[Stems, str]]:
    """Yield content words and pairs of neighbours: their stems, and how they are written."""
    for sentence in document.sentences:
        language = document.languages[sentence.source]
        left_out, stem = document.words.words_without_content(language), stemmer(language)
        before = ""
        for word in sentence.words:
            if word in left_out or not any(character.isalpha() for character in word):
                before = ""
                continue
            yield (stem(word),), word
            if before:
                yield (stem(before), stem(word)), f"{before} {word}"
            before = word
