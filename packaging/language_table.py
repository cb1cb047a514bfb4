"""Write into docs/languages.md what is known of each language, as the code has it.

Usage: python packaging/language_table.py
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "packaging"), str(ROOT / "python-lib")]

from marked_part import with_part  # noqa: E402

from text_explorer.corpus.language.stems import SIMPLEMMA, SNOWBALL  # noqa: E402
from text_explorer.corpus.language.stop_words import stop_words  # noqa: E402
from text_explorer.corpus.words.languages import LANGUAGES  # noqa: E402
from text_explorer.corpus.words.preparation import Preparation  # noqa: E402
from text_explorer.corpus.words.segmentation import is_segmented  # noqa: E402

PAGE = ROOT / "docs" / "languages.md"
PART = "language table"

OWN_SENTENCE_RULES = {
    "ar", "bg", "bn", "ca", "da", "de", "el", "en", "es", "fi", "fr", "gu", "hi", "hy", "it", "ja", "mr", "my", "nl",
    "pl", "pt", "ru", "sk", "uk",
}  # fmt: skip
"""Languages known here that have a module in src/languages of sentencex 1.0.32, https://github.com/wikimedia/sentencex.
It cannot be asked for them."""

RELATED_SENTENCE_RULES = {"cs": "sk", "gl": "pt"}
"""Languages known here that sentencex treats as another (src/languages/fallbacks.yaml); all others are treated as
English."""


class LanguageSupport(NamedTuple):
    """What is known of a language.

    Attributes
    ----------
    name, code
        English name and ISO 639-1 code.
    words
        What parts its words.
    sentences
        By which rules its sentences end.
    n_stop_words
        Number of its stop words, as they are used with the default settings.
    has_stems, has_dictionary_forms
        Whether the forms of a word can be counted as one.
    """

    name: str
    code: str
    words: str
    sentences: str
    n_stop_words: int
    has_stems: bool
    has_dictionary_forms: bool


def main() -> None:
    """Bring the page up to date."""
    PAGE.write_text(with_table(PAGE.read_text("utf-8")), "utf-8")


def with_table(page: str) -> str:
    """Return a page with the current table between its two markers."""
    return with_part(page, PART, _table())


def languages() -> list[LanguageSupport]:
    """Return the row of each language, sorted by name."""
    return sorted(
        LanguageSupport(
            name=name,
            code=code,
            words="ICU" if is_segmented(code) else "spaces",
            sentences=_sentence_rules(code),
            n_stop_words=len(stop_words(code, Preparation())),
            has_stems=code in SNOWBALL,
            has_dictionary_forms=code in SIMPLEMMA,
        )
        for code, name in LANGUAGES.items()
    )


def _sentence_rules(code: str) -> str:
    if code in RELATED_SENTENCE_RULES:
        return f"rules of {LANGUAGES[RELATED_SENTENCE_RULES[code]]}"
    return "own rules" if code in OWN_SENTENCE_RULES else "general rules"


def _table() -> str:
    known = languages()
    heads = (
        f"Language ({len(known)})",
        "Code",
        "Words",
        "Sentences",
        f"Stop words ({sum(language.n_stop_words > 0 for language in known)})",
        f"Stems ({sum(language.has_stems for language in known)})",
        f"Dictionary forms ({sum(language.has_dictionary_forms for language in known)})",
    )
    rows = [heads, ("---", "---", "---", "---", "--:", "---", "---"), *map(_cells, known)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cells(language: LanguageSupport) -> tuple[str, ...]:
    return (
        language.name,
        language.code,
        language.words,
        language.sentences,
        f"{language.n_stop_words:,}" if language.n_stop_words else "-",
        "yes" if language.has_stems else "-",
        "yes" if language.has_dictionary_forms else "-",
    )


if __name__ == "__main__":
    main()
