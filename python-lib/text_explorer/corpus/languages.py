"""The languages Text Explorer knows by name, and the one a corpus is written in.

Codes are ISO 639-1. A language is listed where a stop word list exists for it, since topics without one are lists of
"the" and "and". Detection is by py3langid (a naive Bayes classifier over byte n-grams, its model inside the package),
asked about a sample of the corpus rather than about each text, because one short text says too little.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from typing import Optional

from text_explorer.errors import DataError

logger = logging.getLogger(__name__)

AUTO = "auto"
FALLBACK = "en"

LANGUAGES = {
    "af": "Afrikaans", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "br": "Breton", "ca": "Catalan",
    "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "eo": "Esperanto", "es": "Spanish",
    "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician",
    "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian",
    "id": "Indonesian", "it": "Italian", "ko": "Korean", "la": "Latin", "lt": "Lithuanian", "lv": "Latvian",
    "mr": "Marathi", "ms": "Malay", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "so": "Somali", "sv": "Swedish",
    "sw": "Swahili", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
    "zu": "Zulu",
}  # fmt: skip

UNSEGMENTED = {"zh": "Chinese", "ja": "Japanese", "th": "Thai", "km": "Khmer", "lo": "Lao", "my": "Burmese"}
"""Languages that put no spaces between words: their sentences can be split, their words not yet."""

SAMPLE_DOCUMENTS = 200
SAMPLE_CHARACTERS = 2_000
"""Enough for a steady majority, small enough to cost less than a second."""


def normalise_language(code: str) -> Optional[str]:
    """Reduce a language code to the one used here.

    Parameters
    ----------
    code
        ISO 639-1 code in any case, with or without region, e.g. ``"pt-BR"``, ``"EN_us"``, ``"nb"``.

    Returns
    -------
    str or None
        The bare code, or None where the language is unknown here.
    """
    bare = code.strip().lower().replace("_", "-").split("-")[0]
    bare = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "fil": "tl", "wuu": "zh", "yue": "zh"}.get(bare, bare)
    return bare if bare in LANGUAGES or bare in UNSEGMENTED else None


def language_name(code: str) -> str:
    """Give the English name of a normalised language code."""
    return LANGUAGES.get(code) or UNSEGMENTED[code]


def detect_language(texts: Iterable[str]) -> str:
    """Find the language most texts of a sample are written in.

    Parameters
    ----------
    texts
        Non-empty texts; the first ``SAMPLE_DOCUMENTS`` are looked at, each up to ``SAMPLE_CHARACTERS`` characters.

    Returns
    -------
    str
        A normalised code. English where there is no text, or no language known here is found.
    """
    # Imported late: loading its model takes a moment, and a fixed language never needs it.
    from py3langid import classify  # noqa: PLC0415

    votes: Counter[str] = Counter()
    for n_texts, text in enumerate(texts):
        if n_texts == SAMPLE_DOCUMENTS:
            break
        sample = text[:SAMPLE_CHARACTERS]
        code = normalise_language(classify(_encodable(sample))[0])
        if code is not None:
            votes[code] += len(sample)
    if not votes:
        logger.warning("no known language found in the texts, taking them for English; choose it in 'Language'")
        return FALLBACK
    # The code breaks ties, so that the answer does not hang on the order of rows.
    language = min(votes, key=lambda code: (-votes[code], code))
    logger.info("language detected: %s (%s)", language_name(language), language)
    return language


def require_spaced_words(language: str) -> str:
    """Return the language unless its words are not parted by spaces.

    Raises
    ------
    DataError
        Where words cannot be told apart in the language.
    """
    if language in UNSEGMENTED:
        raise DataError(
            f"The texts are in {UNSEGMENTED[language]} ({language}), which puts no spaces between words. Topics in "
            "such languages are not possible yet; summaries are. If most texts are in another language, choose it in "
            "'Language'."
        )
    return language


def _encodable(text: str) -> str:
    """Drop what UTF-8 cannot hold (lone surrogates), which the classifier would choke on."""
    return text.encode("utf-8", "ignore").decode("utf-8")
