"""Put months named in other languages into English, in dates such as *15. März 2013* and *3 juil. 2013*."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

_ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_NAMES = (
    "januar februar märz april mai juni juli august september oktober november dezember",
    "jänner feber mrz apr mai jun jul aug sept okt nov dez",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
)
"""German, Austrian, French, Spanish, Italian, Portuguese, Dutch, and Polish and Russian in two cases."""

_SHORTEST = 3
_WORD = regex.compile(r"\p{L}+")
_ACCENTS = regex.compile(r"(?<=[a-z])\p{Mn}")
_BETWEEN = regex.compile(
    r"^am\b|(?<![\p{L}\d])(?:the|of|der|den|le|el|il|de|del|du|di|do|г|года|r|roku)(?!\p{L})\.?", flags=regex.I
)


def in_english(date: str) -> str:
    """Return a date with its month in English, and without commas and the words around it."""
    if not any(map(str.isalpha, date)):
        return date
    named = _WORD.sub(lambda word: _month(word.group()), date.replace("_", " ").replace(",", " "))
    return " ".join(_BETWEEN.sub(" ", named).split())


@lru_cache(maxsize=1 << 10)
def _month(word: str) -> str:
    """Return the month that a word, or all that begin with it, name; else the word."""
    plain = _plain(word)
    found = [number for names in _PLAIN for number, name in enumerate(names) if name.startswith(plain)]
    exact = [number for names in _PLAIN for number, name in enumerate(names) if name == plain]
    months = set(exact or found)
    return _ENGLISH[months.pop()] if len(months) == 1 and len(plain) >= _SHORTEST else word


def _plain(name: str) -> str:
    """Return a name in small letters, without the accents of Latin ones."""
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", name.lower())))


_PLAIN = [[_plain(name) for name in names.split()] for names in _NAMES]
