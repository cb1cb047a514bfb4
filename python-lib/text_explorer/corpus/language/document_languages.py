"""Assign a language to each text: fixed, from a column, or detected if the text is long enough."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple, Optional

from text_explorer.cells import is_placeholder, text_of
from text_explorer.corpus.language.detection import language_probabilities, most_likely_language
from text_explorer.corpus.words.languages import LANGUAGES, language_name, normalise_language

logger = logging.getLogger(__name__)

FALLBACK = "en"

SAMPLE_DOCUMENTS = 500
"""Enough for a stable majority, in less than a second."""

MIN_MARGIN = 0.5
"""Minimum difference between the probabilities of another language and of the main language. With it, 0.1 to 0.3 % of
English titles and tweets are assigned to another language instead of 4 to 14 %, while 99 % of texts of 12 words in
other languages are still detected."""

MIN_MARGIN_OF_LATIN = 0.75
"""Lists of technical terms look like Latin."""

IMPOSSIBLE = 0.001
"""Probability below which a text cannot be in the main language, even if two others are close to each other, such as
Russian and Bulgarian. No English title or tweet is that unlikely to be English while two others are close."""

CODE_CHARACTERS = 20
"""Longest invalid code shown in the log."""


class DocumentText(NamedTuple):
    """A text, None if missing, and the normalised code of its language."""

    text: Optional[str]
    language: str


def main_language(texts: Iterable[str]) -> str:
    """Return the language of most texts, longer ones with more weight; English if none is in a supported language."""
    votes: Counter[str] = Counter()
    for text in texts:
        probabilities = language_probabilities(text)
        most_likely = max(probabilities, key=_by_value(probabilities), default=None)
        if most_likely in LANGUAGES:
            votes[most_likely] += len(text)
    if not votes:
        logger.warning("no supported language detected in the texts, so English is assumed; select it in 'Language'")
        return FALLBACK
    language = max(votes, key=_by_value(votes))
    logger.info("language of most texts: %s (%s)", language_name(language), language)
    return language


class TextLanguages:
    """Assigns a language to each text, and counts texts by language.

    Parameters
    ----------
    main
        Language of the texts, or of most of them.
    detect
        Whether texts may be in other languages.
    placeholders_as_empty
        Whether a cell with only a word such as ``null`` counts as empty.
    """

    def __init__(self, main: str, *, detect: bool, placeholders_as_empty: bool = False):
        self.main = main
        self._detect = detect
        self._placeholders_as_empty = placeholders_as_empty
        self._n_placeholders = 0
        self._n_texts: Counter[str] = Counter()
        self._unsupported: Counter[str] = Counter()

    def text_of(self, cell: object) -> Optional[str]:
        """Return the text of a cell, None if it is empty or a placeholder that counts as empty."""
        text = text_of(cell)
        if text is None or not self._placeholders_as_empty or not is_placeholder(text):
            return text
        self._n_placeholders += 1
        return None

    def with_language(self, text: Optional[str], code: Optional[str] = None) -> DocumentText:
        """Return a text with its language: that of the code from a column, or else the one detected.

        It is the main language if detection is uncertain or the language is not supported. Unsupported codes are
        counted.
        """
        if text is None:
            return DocumentText(None, self.main)
        language = None if code is None else normalise_language(code)
        if language is None:
            language = self._detected(text, count_unsupported=code is None) if self._detect else self.main
            if code is not None:
                self._unsupported[code.strip()[:CODE_CHARACTERS]] += 1
        self._n_texts[language] += 1
        return DocumentText(text, language)

    def language_of(self, text: str) -> str:
        """Return the language of a text without a code, and count nothing."""
        return self._detected(text, count_unsupported=False) if self._detect else self.main

    def without_counts(self) -> TextLanguages:
        """Return one that assigns the same languages and has counted nothing."""
        return TextLanguages(self.main, detect=self._detect, placeholders_as_empty=self._placeholders_as_empty)

    def merge(self, other: TextLanguages) -> None:
        """Add what another has counted."""
        self._n_placeholders += other._n_placeholders
        self._n_texts += other._n_texts
        self._unsupported += other._unsupported

    def most_frequent(self) -> str:
        """Return the language of most texts so far."""
        return max(self._n_texts, key=_by_value(self._n_texts), default=self.main)

    def as_dict(self) -> dict[str, Any]:
        """Return the numbers of texts by language and by unsupported language, ready for JSON."""
        return {"main": self.main, "n_texts": _by_count(self._n_texts), "unsupported": _by_count(self._unsupported)}

    def log(self) -> None:
        """Log the numbers of texts by language, of placeholders, and of texts in unsupported languages."""
        logger.info("languages: %s", _listed({language_name(code): n for code, n in _by_count(self._n_texts).items()}))
        if self._n_placeholders:
            logger.warning(
                "%s cells contain only a word such as 'null', 'nan', 'n/a' or '-' and count as empty",
                f"{self._n_placeholders:,}",
            )
        if self._unsupported:
            logger.warning(
                "texts in unsupported languages, treated as %s unless another language is detected: %s",
                language_name(self.main), _listed(_by_count(self._unsupported)),
            )  # fmt: skip

    def _detected(self, text: str, *, count_unsupported: bool) -> str:
        # If the main language is the most likely candidate, none of the up to three codes that count as one other
        # language is more likely, so that their sum is within the margin: the code below would return the same.
        if most_likely_language(text) in (None, self.main):
            return self.main
        probabilities = language_probabilities(text)
        best = max(probabilities, key=_by_value(probabilities))
        margin = MIN_MARGIN_OF_LATIN if best == "la" else MIN_MARGIN
        main_probability = probabilities.get(self.main, 0.0)
        if best == self.main or (probabilities[best] - main_probability < margin and main_probability > IMPOSSIBLE):
            return self.main
        if best in LANGUAGES:
            return best
        self._unsupported[best] += count_unsupported
        return self.main


def _by_value(values: Any) -> Any:
    """Order languages by probability or number, then by code, so that the order of texts does not decide ties."""
    return lambda language: (values[language], language)


def _by_count(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items()) or "no text"
