"""Words distinctive of one of two sets of documents, by log odds with an informative Dirichlet prior.

References
----------
Burt Monroe, Michael Colaresi, Kevin Quinn (2008). Fightin' words: lexical feature selection and evaluation for
identifying the content of political conflict. Political Analysis 16. Equations 16 and 19 to 23.
"""

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
from text_explorer.explorer.findings.quotes import quotes_of_rows
from text_explorer.explorer.findings.scope import known
from text_explorer.explorer.index.reader import IndexReader, read_fact, read_report

MOST_DOCUMENTS, MOST_CHARACTERS = 1_500, 2_000_000
"""Read of each set: reading takes about a second then."""
FEWEST_WORDS = 100
FEWEST_DOCUMENTS = 5
MOST_WORDS = 30
LEAST_Z = 1.96
PRIOR_SHARE = 0.1
"""Size of the prior, as a part of the words of both sets: rare words need more than chance to stand out."""

N_TYPICAL = 3
_WORDS_IN_EXCERPT = 6
_ROWS_AT_ONCE = 500

RULE = (
    "Log odds of each word in the one set and in the other, with an informative Dirichlet prior: the frequencies in "
    f"both sets together, at {PRIOR_SHARE:.0%} of their words (Monroe, Colaresi and Quinn 2008). Words are listed by "
    f"their z score, if that is at least {LEAST_Z} and they occur in at least {FEWEST_DOCUMENTS} documents. Stop words "
    f"and numbers are left out. At most {MOST_DOCUMENTS:,} documents of each set are read, at equal distances, and "
    "of long documents the beginning."
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


def count_words(index: IndexReader, rows: np.ndarray) -> CountedWords:
    """Count the content words of some documents, or of a fixed sample of them."""
    n_read = min(len(rows), MOST_DOCUMENTS)
    sample = rows[np.arange(n_read) * len(rows) // max(n_read, 1)].tolist()
    language = (read_fact(index.connection, "model") or {}).get("language") or FALLBACK
    preparation = _preparation(read_report(index.connection, "model").get("preparation") or {})
    left_out = all_stop_words(language, preparation)
    is_content = cache(partial(_is_content, left_out=left_out))  # words repeat
    of_documents = [
        Counter(filter(is_content, words_and_spans(text, preparation, language)[0])) for text in _texts(index, sample)
    ]
    return CountedWords(sample, of_documents, len(rows))


def distinctive_words(first: CountedWords, second: CountedWords) -> dict[str, list[dict[str, Any]]]:
    """Return the words distinctive of each of two sets, ``a`` and ``b``, most so first.

    The log odds of words are those of the first set against the second.
    """
    n_documents = first.document_counts + second.document_counts
    words = sorted(word for word, n in n_documents.items() if n >= FEWEST_DOCUMENTS)
    counts = np.array([[sample.counts[word] for word in words] for sample in (first, second)], dtype=np.float64)
    log_odds, z = log_odds_with_prior(counts, (first.n_words, second.n_words))
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
    ]
    return {
        "a": [entry for entry in entries if entry["z"] >= LEAST_Z][:MOST_WORDS],
        "b": [entry for entry in entries[::-1] if entry["z"] <= -LEAST_Z][:MOST_WORDS],
    }


def log_odds_with_prior(counts: np.ndarray, totals: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    """Compute the log odds of words in the first of two sets against the second, and their z scores.

    Parameters
    ----------
    counts
        Occurrences, of shape (2, n_words).
    totals
        Words of each set, those without a count included.
    """
    n_all = sum(totals)
    prior = counts.sum(axis=0) * PRIOR_SHARE
    of_word = counts + prior
    of_others = np.array(totals)[:, None] + PRIOR_SHARE * n_all - of_word
    with np.errstate(divide="ignore", invalid="ignore"):  # a word that is all there is has no odds
        logits = np.log(of_word) - np.log(of_others)
        difference = logits[0] - logits[1]
        z = difference / np.sqrt((1 / of_word).sum(axis=0))
    return np.nan_to_num(difference), np.nan_to_num(z)


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
