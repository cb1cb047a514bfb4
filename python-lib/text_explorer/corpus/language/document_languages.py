"""The language of each text: fixed, named by a column, or detected where the text says enough."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple, Optional

from text_explorer.cells import is_placeholder, text_of
from text_explorer.corpus.language.detection import language_shares, likeliest_language
from text_explorer.corpus.words.languages import LANGUAGES, language_name, normalise_language

logger = logging.getLogger(__name__)

FALLBACK = "en"

SAMPLE_DOCUMENTS = 500
"""Enough for a steady majority, small enough to cost less than a second."""

LEAST_MARGIN = 0.5
"""Share by which a language must be likelier than that of most texts. So 0.1 to 0.3 % of English titles and tweets are
taken for another language, instead of 4 to 14 %, and 99 % of other texts of 12 words are still told."""

LEAST_MARGIN_OF_LATIN = 0.75
"""Lists of learned words look Latin."""

IMPOSSIBLE = 0.001
"""Share below which a text cannot be in the main language, however close two others are to each other, as Russian and
Bulgarian are. No English title or tweet gets so little for English while two others contend."""

CODE_CHARACTERS = 20
"""What a column holds instead of a code may be long."""


class DocumentText(NamedTuple):
    """A text, None where it is missing, and the normalised code of its language."""

    text: Optional[str]
    language: str


def main_language(texts: Iterable[str]) -> str:
    """Find the language most of some texts are in.

    Parameters
    ----------
    texts
        A sample of texts; longer ones count for more.

    Returns
    -------
    str
        A normalised code. English where there is no text, or none in a language known here.
    """
    votes: Counter[str] = Counter()
    for text in texts:
        shares = language_shares(text)
        known = {language: share for language, share in shares.items() if language in LANGUAGES}
        if shares and max(shares, key=_by_share(shares)) in known:
            votes[max(known, key=_by_share(known))] += len(text)
    if not votes:
        logger.warning("no known language found in the texts, taking them for English; choose it in 'Language'")
        return FALLBACK
    language = max(votes, key=_by_share(votes))
    logger.info("language of most texts: %s (%s)", language_name(language), language)
    return language


class TextLanguages:
    """Tells the language of each text, and counts what it told.

    Parameters
    ----------
    main
        Language of the texts, or of most of them.
    detect
        Whether texts may be in other languages.
    placeholders_as_empty
        Whether a cell that holds nothing but a word such as ``null`` counts as empty.
    """

    def __init__(self, main: str, *, detect: bool, placeholders_as_empty: bool = False):
        self.main = main
        self._detect = detect
        self._placeholders_as_empty = placeholders_as_empty
        self._n_placeholders = 0
        self._n_texts: Counter[str] = Counter()
        self._unsupported: Counter[str] = Counter()

    def text_of(self, cell: object) -> Optional[str]:
        """Return the text of a cell, None where there is none or where a placeholder counts as none."""
        text = text_of(cell)
        if text is None or not self._placeholders_as_empty or not is_placeholder(text):
            return text
        self._n_placeholders += 1
        return None

    def with_language(self, text: Optional[str], code: Optional[str] = None) -> DocumentText:
        """Give a text with its language.

        Parameters
        ----------
        text
            A text, None where it is missing.
        code
            Code of its language, if a column names one; where it is unknown here, it counts as unsupported.

        Returns
        -------
        DocumentText
            In the language of the code; else in the one detected; else, where the text says too little or is in a
            language unknown here, in the main language.
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

    def most_frequent(self) -> str:
        """Give the language most texts were in."""
        return max(self._n_texts, key=_by_share(self._n_texts), default=self.main)

    def as_dict(self) -> dict[str, Any]:
        """Give the numbers of texts by language, and those in unsupported languages, ready for JSON."""
        return {"main": self.main, "n_texts": _by_count(self._n_texts), "unsupported": _by_count(self._unsupported)}

    def log(self) -> None:
        """Tell the log."""
        logger.info("languages: %s", _listed({language_name(code): n for code, n in _by_count(self._n_texts).items()}))
        if self._n_placeholders:
            logger.warning(
                "%s cells hold nothing but a word such as 'null', 'nan', 'n/a' or '-' and count as empty",
                f"{self._n_placeholders:,}",
            )
        if self._unsupported:
            logger.warning(
                "texts in languages unknown here, treated as %s where nothing else is known of them: %s",
                language_name(self.main), _listed(_by_count(self._unsupported)),
            )  # fmt: skip

    def _detected(self, text: str, *, count_unsupported: bool) -> str:
        # Where the main language is the likeliest candidate, none of the up to three that count as one other language
        # is likelier, so that together they lie less than the margin above it: the rest would come to the same.
        if likeliest_language(text) in (None, self.main):
            return self.main
        shares = language_shares(text)
        best = max(shares, key=_by_share(shares))
        margin = LEAST_MARGIN_OF_LATIN if best == "la" else LEAST_MARGIN
        share_of_main = shares.get(self.main, 0.0)
        if best == self.main or (shares[best] - share_of_main < margin and share_of_main > IMPOSSIBLE):
            return self.main
        if best in LANGUAGES:
            return best
        self._unsupported[best] += count_unsupported
        return self.main


def _by_share(shares: Any) -> Any:
    """Order languages by share or number, so that ties do not hang on the order in which they were met."""
    return lambda language: (shares[language], language)


def _by_count(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items()) or "no text"
