"""Words distinctive of one of two sets of documents, see `word_odds`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property, partial
from typing import Any

import numpy as np

from text_explorer.corpus.language.document_languages import FALLBACK
from text_explorer.corpus.language.stop_words import all_stop_words
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.corpus.words.tokens import words_and_spans
from text_explorer.explorer.findings.distinctive_words.dates_and_amounts import (
    places_beside_numbers,
    words_of_dates_and_amounts,
)
from text_explorer.explorer.findings.distinctive_words.odds import (
    FALSE_DISCOVERIES,
    PRIOR_SHARE,
    are_discoveries,
    dispersion,
    log_odds_with_prior,
)
from text_explorer.explorer.findings.quotes import quotes_of_rows
from text_explorer.explorer.findings.scope import known
from text_explorer.explorer.index.reader import IndexReader, read_fact, read_report

MOST_DOCUMENTS, MOST_CHARACTERS = 3_000, 2_000_000
"""Read of each set: reading takes one or two seconds then."""
FEWEST_WORDS = 100
FEWEST_DOCUMENTS = 5
MOST_WORDS = 30
LEAST_CONTRAST = 1.5
"""Of the odds that a document has the word."""
_MOST_BESIDE_NUMBERS = 0.5
"""Of the occurrences of a word; one with more is part of an amount."""

N_TYPICAL = 3
_WORDS_IN_EXCERPT = 6
_ROWS_AT_ONCE = 500

RULE = (
    f"Words are listed if they occur in at least {FEWEST_DOCUMENTS} documents, the odds that a document has them "
    f"differ by a factor of {LEAST_CONTRAST} or more, and their frequencies differ beyond chance: by the "
    "log-likelihood ratio (Dunning 1993) over the dispersion between documents, so that a word that few documents "
    f"repeat counts less, at a false discovery rate of {FALSE_DISCOVERIES:.0%}. They are in the order of their z "
    "score: log odds with an informative Dirichlet prior, the frequencies in both sets together at "
    f"{PRIOR_SHARE:.0%} of their words (Monroe, Colaresi and Quinn 2008), over the square root of the dispersion. Stop "
    "words, numbers, dates, units of time, words mostly beside a number and remarks in brackets are left out. At most "
    f"{MOST_DOCUMENTS:,} documents of each set are read, at equal distances, and of long documents the beginning."
)
RULE_OF_DOCUMENTS = (
    "Of the documents whose words were counted, those with the most different words of the list, divided by the square "
    "root of the number of their different words."
)


@dataclass(frozen=True)
class CountedWords:
    """Content words of a sample of documents."""

    rows: list[int]
    of_documents: list[Counter[str]]
    n_documents: int  # of which this is a sample
    beside_numbers: Counter[str]  # occurrences beside a number or alone in brackets

    @cached_property
    def counts(self) -> Counter[str]:
        """Occurrences of each word."""
        total: Counter[str] = Counter()
        for words in self.of_documents:
            total.update(words)
        return total

    @cached_property
    def document_counts(self) -> Counter[str]:
        """Documents with each word."""
        return Counter(word for words in self.of_documents for word in words)

    @property
    def n_words(self) -> int:
        """Number of words."""
        return sum(self.counts.values())

    def described(self) -> dict[str, int]:
        """Describe the sample."""
        return {"documents": len(self.rows), "of": self.n_documents, "words": self.n_words}


def compare_words(index: IndexReader, first: np.ndarray, second: np.ndarray) -> tuple[dict[str, Any], dict[str, Any]]:
    """Compare the words of two sets of documents, given by their rows.

    Returns
    -------
    dict
        ``a`` and ``b``: the words distinctive of each set, most so first; ``sample``; ``reason``: why there is none.
    dict
        ``a`` and ``b``: quotes of documents with many of these words.
    """
    samples = {"a": count_words(index, first), "b": count_words(index, second)}
    fewest = min(samples.values(), key=lambda sample: sample.n_words)
    reason = None
    if fewest.n_words < FEWEST_WORDS:
        reason = (
            f"Too few words to compare: one side has {fewest.n_words:,} content words, at least {FEWEST_WORDS} are "
            "needed."
        )
    listed = distinctive_words(samples["a"], samples["b"]) if reason is None else {"a": [], "b": []}
    words = {**listed, "sample": {side: sample.described() for side, sample in samples.items()}, "reason": reason}
    quotes = {side: _typical(index, samples[side], [word["word"] for word in listed[side]]) for side in samples}
    return words, quotes


def warm_up() -> None:
    """Read a text, so that loops are compiled before a request needs them; after an installation that takes seconds."""
    words_and_spans("One <b>text</b> to begin with", Preparation(), FALLBACK)


def count_words(index: IndexReader, rows: np.ndarray) -> CountedWords:
    """Count the content words of some documents, or of a fixed sample of them."""
    n_read = min(len(rows), MOST_DOCUMENTS)
    sample = rows[np.arange(n_read) * len(rows) // max(n_read, 1)].tolist()
    language = (read_fact(index.connection, "model") or {}).get("language") or FALLBACK
    preparation = _preparation(read_report(index.connection, "model").get("preparation") or {})
    numbers = words_of_dates_and_amounts(language)
    left_out = all_stop_words(language, preparation) | numbers
    is_content = cache(partial(_is_content, left_out=left_out))  # words repeat
    of_documents, beside_numbers = [], Counter[str]()
    for text in _texts(index, sample):
        found = words_and_spans(text, preparation, language)
        of_documents.append(Counter(filter(is_content, found[0])))
        beside_numbers.update(_beside_numbers(text, *found, numbers))
    return CountedWords(sample, of_documents, len(rows), beside_numbers)


def _beside_numbers(
    text: str, words: Sequence[str], starts: Sequence[int], ends: Sequence[int], numbers: frozenset[str]
) -> Iterator[str]:
    after, before = places_beside_numbers(text)
    for previous, word, start, end in zip(["", *words], words, starts, ends):
        if start in after or end in before or previous in numbers:
            yield word


def distinctive_words(first: CountedWords, second: CountedWords) -> dict[str, list[dict[str, Any]]]:
    """Return the words distinctive of each of two sets, ``a`` and ``b``, most so first.

    The log odds of words are those of the first set against the second.
    """
    samples = first, second
    counts_all, beside = first.counts + second.counts, first.beside_numbers + second.beside_numbers
    words = sorted(
        word
        for word, n in (first.document_counts + second.document_counts).items()
        if n >= FEWEST_DOCUMENTS and beside[word] <= _MOST_BESIDE_NUMBERS * counts_all[word]
    )
    totals = first.n_words, second.n_words
    counts = np.array([[sample.counts[word] for word in words] for sample in samples], dtype=np.float64)
    dispersions = dispersion(words, [sample.of_documents for sample in samples])
    log_odds, z = log_odds_with_prior(counts, totals)
    z = z / np.sqrt(dispersions)
    is_listed = are_discoveries(counts, totals, dispersions) & (_contrast(words, samples) >= LEAST_CONTRAST)
    order = np.argsort(-z, kind="stable")  # equal ones stay in the order of the alphabet
    entries = [
        {
            "word": words[place],
            "z": known(z[place], 3),
            "log_odds": known(log_odds[place], 3),
            "n_a": int(counts[0, place]),
            "n_b": int(counts[1, place]),
            "documents_a": first.document_counts[words[place]],
            "documents_b": second.document_counts[words[place]],
        }
        for place in order
        if is_listed[place]
    ]
    return {
        "a": [entry for entry in entries if entry["z"] > 0][:MOST_WORDS],
        "b": [entry for entry in entries[::-1] if entry["z"] < 0][:MOST_WORDS],
    }


def _contrast(words: Sequence[str], samples: Sequence[CountedWords]) -> np.ndarray:
    """Return by which factor the odds that a document has each word differ; half a document is added to each count."""
    n_with = np.array([[sample.document_counts[word] for word in words] for sample in samples], dtype=np.float64)
    n_all = np.array([[len(sample.rows)] for sample in samples])
    log_odds = np.log((n_with + 0.5) / (n_all - n_with + 0.5))
    return np.asarray(np.exp(np.abs(log_odds[0] - log_odds[1])))


def _preparation(stored: Mapping[str, Any]) -> Preparation:
    """Read how texts became words at training; words are counted as they are written, not as stems."""
    flags = [each.name for each in fields(Preparation) if isinstance(each.default, bool)]
    kept = {name: stored[name] for name in flags if isinstance(stored.get(name), bool)}
    own = stored.get("extra_stop_words")
    words = tuple(word for word in own if isinstance(word, str)) if isinstance(own, list) else ()
    return replace(Preparation(), extra_stop_words=words, **kept)


def _is_content(word: str, left_out: frozenset[str]) -> bool:
    return len(word) > 1 and word.lower() not in left_out and any(map(str.isalpha, word))


def _texts(index: IndexReader, rows: Sequence[int]) -> Iterator[str]:
    length = MOST_CHARACTERS // max(len(rows), 1)
    for first in range(0, len(rows), _ROWS_AT_ONCE):
        part = rows[first : first + _ROWS_AT_ONCE]
        found = index.rows(part, f"substr(text, 1, {length}) AS text")
        yield from (found[row]["text"] for row in part)


def _typical(index: IndexReader, sample: CountedWords, words: Sequence[str]) -> list[dict[str, Any]]:
    """Quote the documents with the most of some words."""
    wanted = set(words)
    scores = [len(wanted & found.keys()) / np.sqrt(max(len(found), 1)) for found in sample.of_documents]
    order = np.argsort(-np.array(scores), kind="stable")[: 2 * N_TYPICAL]
    rows = [sample.rows[place] for place in order.tolist() if scores[place] > 0]
    return quotes_of_rows(index, rows, words[:_WORDS_IN_EXCERPT], N_TYPICAL)
