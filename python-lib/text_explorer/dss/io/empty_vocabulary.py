"""Explain why no word of the texts became a term: counts of what each step removed, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Optional

from text_explorer.corpus.statistics import CorpusStatistics
from text_explorer.corpus.terms import LONGEST_TERM, NUMBER, ONE_LETTER, OWN_STOP_WORD, STOP_WORD, TOO_LONG, TOO_SHORT
from text_explorer.corpus.vocabulary import TOO_COMMON, TOO_RARE, automatic_min_documents
from text_explorer.corpus.words.blank_texts import is_blank
from text_explorer.corpus.words.languages import language_name
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.corpus.words.tokens import words_and_spans
from text_explorer.dss.forms.shared import IGNORED, LANGUAGE, STOP_WORDS, TERMS

_LABELS = {param.name: f"'{param.label}'" for param in (LANGUAGE, STOP_WORDS, *TERMS, *IGNORED)}

SAMPLE_TEXTS, SAMPLE_CHARACTERS = 100, 1_000
"""Size of the sample of the first texts, to explain texts without words."""


class TextSample:
    """Count of missing texts, and the beginnings of the first other texts with their languages."""

    def __init__(self, n_missing: int = 0, beginnings: Sequence[tuple[str, str]] = ()) -> None:
        self.n_missing = n_missing
        self.beginnings = list(beginnings)

    def add(self, text: Optional[str], language: str) -> None:
        """Add the next text."""
        if text is None:
            self.n_missing += 1
        elif len(self.beginnings) < SAMPLE_TEXTS:
            self.beginnings.append((text[:SAMPLE_CHARACTERS], language))


@dataclass(frozen=True)
class EmptyVocabulary:
    """Facts about texts without a term: what becomes one, counts of the words left out, and some of the texts.

    `language` is that of most texts. `n_listed_words` counts the stop words that come from the form; the others come
    from the dataset of stop words.
    """

    column: str
    column_label: str
    preparation: Preparation
    language: str
    statistics: CorpusStatistics
    sample: TextSample
    n_listed_words: int = 0

    def sentence(self) -> str:
        """Return the counts of all steps, largest first, each with what to do."""
        n_docs = self.statistics.n_docs
        start = f"None of the {n_docs:,} documents has a word left to find topics in"
        if self.sample.n_missing == n_docs:
            return f"{start}: all {n_docs:,} texts in the column '{self.column}' are empty: {self._another_column}."
        empty = f" ({self.sample.n_missing:,} of its {n_docs:,} texts are empty)" if self.sample.n_missing else ""
        if self.statistics.n_words == 0:
            return f"{start}: the column '{self.column}'{empty} contains {self._instead_of_words()}"
        return (
            f"{start}. Of the {self.statistics.n_words:,} words in the column '{self.column}'{empty}, {self._steps()}"
        )

    def _steps(self) -> str:
        counts = {reason: n for reason, n in self.statistics.n_words_left_out.items() if n}
        by_count = sorted(counts, key=lambda reason: -counts[reason])
        whole = "all" if len(by_count) == 1 else ""
        return " ".join(f"{whole or format(counts[reason], ',')} {self._step(reason)}" for reason in by_count)

    def _step(self, reason: str) -> str:
        prepared, n_docs = self.preparation, self.statistics.n_docs
        read_in = language_name(self.language)
        if reason == TOO_COMMON:
            share = prepared.max_document_share
            return (
                f"are in more than {share:.4g} of the documents: raise {_LABELS['max_document_share']} "
                f"({share:.4g}), up to 1."
            )
        if reason == TOO_RARE:
            least = prepared.min_documents or automatic_min_documents(n_docs)
            value = f"{least:,}" if prepared.min_documents else f"0, automatic: {least:,}"
            return f"are in fewer than {least:,} documents: set {_LABELS['min_documents']} ({value}) to a lower number."
        if reason == TOO_SHORT:
            return (
                f"are shorter than {prepared.min_length} characters: lower {_LABELS['min_length']}. If the texts "
                f"are not in {read_in} but in a language without spaces, select it in {_LABELS['language']}."
            )
        if reason == OWN_STOP_WORD:
            return f"are your own stop words: remove some from {self._own_lists()}."
        another = self._another_column
        return {
            STOP_WORD: f"are stop words of {read_in}: {another}, or another language in {_LABELS['language']}.",
            NUMBER: f"are numbers: switch on {_LABELS['keep_numbers']}, or {another}.",
            ONE_LETTER: f"are one letter repeated, such as the masks of redacted texts: {another}.",
            TOO_LONG: f"are longer than {LONGEST_TERM} characters, such as encoded data: {another}.",
        }[reason]

    @property
    def _another_column(self) -> str:
        return f"select another '{self.column_label}'"

    def _own_lists(self) -> str:
        n_of_dataset = len(self.preparation.extra_stop_words) - self.n_listed_words
        lists = [
            *([f"{_LABELS['extra_stop_words']} ({self.n_listed_words:,} entries)"] if self.n_listed_words else []),
            *([f"the dataset of stop words ({n_of_dataset:,} entries)"] if n_of_dataset else []),
        ]
        return " or from ".join(lists)

    def _instead_of_words(self) -> str:
        """Return what texts without words contain, found by reading the sample with single settings switched off."""
        texts = self.sample.beginnings
        if all(is_blank(text, strip_html=self.preparation.strip_html) for text, _ in texts):
            return f"only invisible content, such as empty HTML: {self._another_column}."
        ignored = [param.name for param in IGNORED if getattr(self.preparation, param.name)]
        cause = next((name for name in ignored if self._has_words(texts, {name: False})), None)
        if cause is None and self._has_words(texts, dict.fromkeys(ignored, False)):
            listed = ", ".join(_LABELS[name] for name in ignored)
            return f"only ignored text: switch off some of {listed}, or {self._another_column}."
        if cause is None:
            return f"only symbols, no letters or digits: {self._another_column}."
        return f"only text that {_LABELS[cause]} leaves out: switch it off, or {self._another_column}."

    def _has_words(self, texts: Sequence[tuple[str, str]], changes: Mapping[str, Any]) -> bool:
        preparation = replace(self.preparation, **changes)
        return any(words_and_spans(text, preparation, language)[1] for text, language in texts)
