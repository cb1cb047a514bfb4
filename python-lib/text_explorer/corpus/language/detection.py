"""Detect the language of a text by py3langid: naive Bayes over byte n-grams (Lui & Baldwin 2012), its model inside.

Candidates are the languages known here and some that are not: without these, Georgian or Tamil would come out as a
known language with high confidence.
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
"""Some fifty words; more cost time and tell little more."""

_UNSUPPORTED = (
    "am", "as", "az", "be", "bo", "ckb", "cy", "dz", "is", "ka", "kk", "kn", "ky", "mk", "ml", "mn", "mt", "or", "pa",
    "ps", "sd", "si", "sr", "ta", "te", "tg", "ug", "uz", "zxx",
)  # fmt: skip
"""Languages not known here that are told apart from those that are. Left out are those that take texts from languages
known here, such as Xhosa from Zulu; ``zxx`` is no language at all."""

_SAME = {"nb": "no", "nn": "no", "bs": "hr"}


def language_shares(text: str) -> dict[str, float]:
    """Tell how likely a text is in each language.

    Parameters
    ----------
    text
        Any text; its first ``CHARACTERS_READ`` characters are looked at.

    Returns
    -------
    dict
        Shares that sum to one, by ISO code, unknown languages included; empty for a text without letters.

    Notes
    -----
    The log scores are divided by the square root of the number of bytes before they are exponentiated, as py3langid 0.4
    does: n-grams are not independent, so that plain probabilities would always be near one.
    """
    text = _letters_read(text)
    if not text:
        return {}
    ranked = _identifier().rank(text)
    best, scale = float(ranked[0][1]), math.sqrt(len(text.encode("utf-8")))
    shares: dict[str, float] = {}
    for code, score in ranked:
        language = _SAME.get(code, code)
        shares[language] = shares.get(language, 0.0) + math.exp((float(score) - best) / scale)
    total = sum(shares.values())
    return {language: share / total for language, share in shares.items()}


def likeliest_language(text: str) -> Optional[str]:
    """Tell the likeliest single candidate alone, which takes a third of the time of `language_shares`.

    Candidates that count as one language (the three codes of Norwegian) are not added up.

    Returns
    -------
    str or None
        ISO code, None for a text without letters.
    """
    text = _letters_read(text)
    if not text:
        return None
    code = _identifier().classify(text)[0]
    return _SAME.get(code, code)


def _letters_read(text: str) -> str:
    """Give the part of a text that is looked at, empty where it has no letters."""
    text = text[:CHARACTERS_READ].encode("utf-8", "ignore").decode("utf-8")
    if not any(map(str.isalpha, text)):
        return ""
    return text.lower() if text.isupper() else text  # older models know small letters alone


@cache
def _identifier() -> Any:
    # Imported late: loading its model takes half a second, and a fixed language never needs it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    _unpack_in_memory()
    load = getattr(LanguageIdentifier, "from_model_file", None) or LanguageIdentifier.from_pickled_model
    identifier = load(MODEL_FILE)
    wanted = {*LANGUAGES, *_UNSUPPORTED, *_SAME}
    identifier.set_languages(sorted(wanted & set(identifier.nb_classes)))
    # The choice of languages leaves the table column by column, while each n-gram of a text reads a row.
    identifier.nb_ptc = np.ascontiguousarray(identifier.nb_ptc)
    return identifier


def _unpack_in_memory() -> None:
    """Keep py3langid (from 0.4 on) from unpacking its 70 MB into a temporary file, for which there may be no room."""
    with suppress(ImportError):  # older versions unpack in memory, without this module
        from py3langid import modelio  # noqa: PLC0415

        modelio.tempfile = SimpleNamespace(TemporaryFile=lambda **_: BytesIO())
