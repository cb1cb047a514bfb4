"""The supported languages, by ISO 639-1 code.

A language is listed if it has stop words, since without them topics are lists of "the" and "and", or a segmenter for
words without spaces between them.
"""

from __future__ import annotations

from typing import Optional

AUTO = "auto"

LANGUAGES = {
    "af": "Afrikaans", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "br": "Breton", "ca": "Catalan",
    "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "eo": "Esperanto", "es": "Spanish",
    "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish",
    "gl": "Galician", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "km": "Khmer", "ko": "Korean",
    "la": "Latin", "lo": "Lao", "lt": "Lithuanian", "lv": "Latvian", "mr": "Marathi", "ms": "Malay", "my": "Burmese",
    "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovenian", "so": "Somali", "sv": "Swedish", "sw": "Swahili", "th": "Thai",
    "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
    "zu": "Zulu",
}  # fmt: skip


def normalise_language(code: str) -> Optional[str]:
    """Normalise a language code.

    Parameters
    ----------
    code
        ISO 639-1 code in any case, with or without region, e.g. ``"pt-BR"``, ``"EN_us"``, ``"nb"``.

    Returns
    -------
    str or None
        The bare code, or None for an unsupported language.
    """
    bare = code.strip().lower().replace("_", "-").split("-")[0]
    bare = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "fil": "tl", "wuu": "zh", "yue": "zh"}.get(bare, bare)
    return bare if bare in LANGUAGES else None


def language_name(code: str) -> str:
    """Return the English name of a normalised language code."""
    return LANGUAGES[code]
