"""Extract keyphrases: words and short phrases that characterize a text, or distinguish a group of texts from others.

A phrase is a sequence of up to three content words with only white space between them. In a group its score is the
TF-IDF with groups as documents: ``count * (1 + log((1 + n_groups) / (1 + groups using it)))``. With a single group only
the counts decide.

In a text the score does not depend on the rest of the dataset:
``sentences using it * words in it * (1 + 1 / sqrt(number of the first of these sentences))``. On 121 sections of
manuals with headings, the first ten such phrases contain 78 % of the words of the heading, those of the package YAKE
69%, in four times the time; YAKE also needs Python 3.10 and has the LGPL licence.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from text_explorer.corpus.language.stems import stemmer
from text_explorer.corpus.words.segmentation import is_segmented
from text_explorer.corpus.words.tokens import tokenize
from text_explorer.summaries.sentences.document import Document

MAX_PHRASE_WORDS = 3
MAX_WORD_CHARACTERS = 50
"""In characters. The longest word of English dictionaries has 45. Longer ones are keys, encoded files and rows of
letters, which mean nothing and could fill a cell."""

MAX_CANDIDATES = 500
"""Phrases kept per group until all groups are known; the rest is too rare in the group to be among the best."""

MIN_COUNT = 2
"""A phrase used once is not significant, and there are many of them."""

MAX_COUNTED = 500_000
"""Distinct phrases counted at a time (some 100 MB). Beyond, the rarest are dropped, which could be among the best of
their group only if they all occurred in its last texts (G. S. Manku and R. Motwani (2002), Approximate Frequency Counts
over Data Streams, VLDB)."""

DECIMALS = 10
"""Scores that differ only beyond these decimals differ by rounding; alphabetical order decides."""

Stems = tuple[str, ...]


@dataclass(frozen=True)
class Candidates:
    """Phrases of a group by their stems: their occurrences, and their most frequent form in lower case."""

    counts: Mapping[Stems, int]
    written: Mapping[Stems, str]


def candidates(document: Document) -> Candidates:
    """Count the phrases of a group used ``MIN_COUNT`` times or more; all phrases where none is used that often."""
    touching = _touching_words(document)
    counts = _counted(phrase.stems for phrase in _phrases(document, touching))
    least = min(MIN_COUNT, max(counts.values(), default=0))
    frequent = sorted((stems for stems in counts if counts[stems] >= least), key=lambda stems: (-counts[stems], stems))
    kept = {stems: counts[stems] for stems in frequent[:MAX_CANDIDATES]}
    return Candidates(kept, _written(_phrases(document, touching), kept))


def keyphrases_of_groups(groups: Sequence[Candidates], n_phrases: int) -> list[list[str]]:
    """Choose the keyphrases of each group, best first; one that is mostly part of a longer phrase is replaced by it."""
    n_using = Counter(stems for group in groups for stems in group.counts)

    def best(group: Candidates) -> list[str]:
        scores = {
            stems: count * (1.0 + math.log((1 + len(groups)) / (1 + n_using[stems])))
            for stems, count in group.counts.items()
        }
        return [group.written[stems] for stems in _best(scores, group.counts, n_phrases)]

    return [best(group) for group in groups]


def keyphrases_of_text(document: Document, n_phrases: int) -> list[str]:
    """Choose the keyphrases of a text, best first.

    Words used once follow where there are not enough others; longer phrases must be used ``MIN_COUNT`` times, unless no
    word is.
    """
    if n_phrases == 0:
        return []
    touching = _touching_words(document)
    first: dict[Stems, int] = {}
    using: Counter[Stems] = Counter()
    counts: Counter[Stems] = Counter()
    last: dict[Stems, int] = {}
    for phrase in _phrases(document, touching):
        first.setdefault(phrase.stems, phrase.sentence)
        counts[phrase.stems] += 1
        using[phrase.stems] += last.get(phrase.stems) != phrase.sentence
        last[phrase.stems] = phrase.sentence
    least = min(MIN_COUNT, max(counts.values(), default=0))
    scores = {
        stems: using[stems] * len(stems) * (1.0 + 1.0 / math.sqrt(first[stems] + 1))
        for stems in counts
        if len(stems) == 1 or counts[stems] >= least
    }
    chosen = _best(scores, counts, n_phrases)
    written = _written(_phrases(document, touching), chosen)
    return [written[stems] for stems in chosen]


def _best(scores: Mapping[Stems, float], counts: Mapping[Stems, int], n_phrases: int) -> list[Stems]:
    """Return the phrases with the highest scores, replaced by the longer ones they are mostly part of."""
    # Of equal scores the longer phrase comes first, then alphabetical order decides.
    ranked = sorted(scores, key=lambda stems: (-round(scores[stems], DECIMALS), -len(stems), stems))
    whole = _whole_phrases(scores, counts)
    chosen = dict.fromkeys(whole.get(stems, stems) for stems in ranked)
    return list(chosen)[:n_phrases]


def _whole_phrases(phrases: Iterable[Stems], counts: Mapping[Stems, int]) -> dict[Stems, Stems]:
    """Map phrases that are mostly part of a longer phrase to the most frequent such phrase."""
    whole: dict[Stems, Stems] = {}
    # From long to short, and of one length the most frequent last, so that a word maps to what its pair maps to.
    for phrase in sorted(phrases, key=lambda stems: (-len(stems), counts[stems], stems)):
        for part in {phrase[1:], phrase[:-1]} - {()}:
            if 2 * counts[phrase] > counts.get(part, 0) > 0:
                whole[part] = whole.get(phrase, phrase)
    return whole


def _counted(phrases: Iterable[Stems]) -> dict[Stems, int]:
    """Count phrases, and drop the rarest where there are too many."""
    counts: dict[Stems, int] = {}
    too_rare = 0
    for stems in phrases:
        counts[stems] = counts.get(stems, 0) + 1
        while len(counts) > MAX_COUNTED:
            too_rare += 1
            counts = {kept: count for kept, count in counts.items() if count > too_rare}
    return counts


def _written(phrases: Iterable[_Phrase], wanted: Iterable[Stems]) -> dict[Stems, str]:
    """Return the most frequent form of each phrase; of equal ones the first in alphabetical order."""
    forms: dict[Stems, Counter[str]] = {stems: Counter() for stems in wanted}
    for stems, words, _, space in phrases:
        if stems in forms:
            forms[stems][space.join(words)] += 1
    return {stems: min(written, key=lambda form: (-written[form], form)) for stems, written in forms.items()}


class _Phrase(NamedTuple):
    """An occurrence: its stems and words, the index of its sentence, and the separator of its words."""

    stems: Stems
    words: tuple[str, ...]
    sentence: int
    space: str


def _touching_words(document: Document) -> list[bytes]:
    """Return, for each word of each sentence, 1 if only white space separates it from the previous word, else 0."""
    touching = []
    for source, of_text in groupby(document.sentences, key=attrgetter("source")):
        text, first = document.texts[source], 0
        tokens = list(tokenize(text, document.words.preparation, document.languages[source]))
        gaps = (text[before.end : token.start] for before, token in zip(tokens, tokens[1:]))
        touches = bytes([0, *[gap in {" ", ""} or gap.isspace() for gap in gaps]])
        for sentence in of_text:
            touching.append(touches[first : first + sentence.n_words])
            first += sentence.n_words
    return touching


def _phrases(document: Document, touching: Sequence[bytes]) -> Iterator[_Phrase]:
    """Yield each sequence of one to ``MAX_PHRASE_WORDS`` content words of at most ``MAX_WORD_CHARACTERS``."""
    for number, (sentence, touches_of) in enumerate(zip(document.sentences, touching)):
        language = document.languages[sentence.source]
        left_out, stem = document.words.words_without_content(language), stemmer(language)
        space = "" if is_segmented(language) else " "
        stems: Stems = ()
        words: tuple[str, ...] = ()
        for word, touches in zip(sentence.words, touches_of):
            if len(word) > MAX_WORD_CHARACTERS or word in left_out or not any(map(str.isalpha, word)):
                stems = words = ()
                continue
            kept = slice(1 - MAX_PHRASE_WORDS, None) if touches else slice(0, 0)
            stems, words = (*stems[kept], stem(word)), (*words[kept], word)
            for start in range(len(words)):
                yield _Phrase(stems[start:], words[start:], number, space)
