"""Detect the language of a text by py3langid: naive Bayes over byte n-grams (Lui & Baldwin 2012).

Candidates are the supported languages and some others; without these, Georgian or Tamil would be detected as a
supported language with high confidence.
"""

from __future__ import annotations

import math
from contextlib import suppress
from functools import cache
from io import BytesIO
from types import SimpleNamespace
from typing import Any, Optional

import numpy as np

from text_explorer.corpus.words.languages import LANGUAGES

CHARACTERS_READ = 300
"""About fifty words; more would cost time for little accuracy."""

_UNSUPPORTED = (
    "am", "as", "az", "be", "bo", "ckb", "cy", "dz", "is", "ka", "kk", "kn", "ky", "mk", "ml", "mn", "mt", "or", "pa",
    "ps", "sd", "si", "sr", "ta", "te", "tg", "ug", "uz", "zxx",
)  # fmt: skip
"""Unsupported languages to detect. Those that attract texts in supported languages, such as Xhosa texts in Zulu, are
left out; ``zxx`` is text without language."""

_SAME = {"nb": "no", "nn": "no", "bs": "hr"}


def language_probabilities(text: str) -> dict[str, float]:
    """Return the probabilities of the languages of a text, by ISO code; they sum to one.

    Only the first ``CHARACTERS_READ`` characters are read. Unsupported languages are included; there is none for a text
    without letters. Log scores are divided by the square root of the number of bytes before exponentiation, as in
    py3langid 0.4: n-grams are not independent, so that plain probabilities would always be near one.
    """
    text = _letters_read(text)
    if not text:
        return {}
    ranked = _identifier().rank(text)
    best, scale = float(ranked[0][1]), math.sqrt(len(text.encode("utf-8")))
    probabilities: dict[str, float] = {}
    for code, score in ranked:
        language = _SAME.get(code, code)
        probabilities[language] = probabilities.get(language, 0.0) + math.exp((float(score) - best) / scale)
    total = sum(probabilities.values())
    return {language: probability / total for language, probability in probabilities.items()}


def most_likely_language(text: str) -> Optional[str]:
    """Return only the most likely candidate, in a third of the time of `language_probabilities`.

    Candidates that count as one language (the three codes of Norwegian) are not summed. None for a text without
    letters.
    """
    text = _letters_read(text)
    if not text:
        return None
    code: str = _identifier().classify(text)[0]
    return _SAME.get(code, code)


def _letters_read(text: str) -> str:
    """Return the part of a text to classify, empty if it has no letters."""
    text = text[:CHARACTERS_READ].encode("utf-8", "ignore").decode("utf-8")
    if not any(map(str.isalpha, text)):
        return ""
    return text.lower() if text.isupper() else text  # older models know only small letters


@cache
def _identifier() -> Any:
    # Imported late: loading its model takes half a second, and a fixed language does not need it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    _unpack_in_memory()
    load = getattr(LanguageIdentifier, "from_model_file", None) or LanguageIdentifier.from_pickled_model
    identifier = load(MODEL_FILE)
    wanted = {*LANGUAGES, *_UNSUPPORTED, *_SAME}
    identifier.set_languages(sorted(wanted & set(identifier.nb_classes)))
    # Selecting languages leaves the table in column order, while each n-gram of a text reads a row.
    identifier.nb_ptc = np.ascontiguousarray(identifier.nb_ptc)
    return identifier


def _unpack_in_memory() -> None:
    """Make py3langid (from 0.4 on) unpack its 70 MB in memory, as there may be no room for a temporary file."""
    with suppress(ImportError):  # older versions unpack in memory, without this module
        from py3langid import modelio  # noqa: PLC0415

        modelio.tempfile = SimpleNamespace(TemporaryFile=lambda **_: BytesIO())
