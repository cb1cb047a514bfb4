"""Words of dates and amounts, and remarks in brackets: they do not say what texts are about."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex

_NUMBERS = (*range(21), *range(30, 100, 10), *(10**power for power in (2, 3, 6, 9, 12)))
_AMOUNTS = (1, 2, 5)
"""Of which languages have different forms of a unit."""
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_AFTER_NUMBER = regex.compile(r"\d[\d.,:]*[\s\p{Pd}%]*(?=\p{L})")
_BEFORE_NUMBER = regex.compile(r"(?<=\p{L})[\s\p{Pd}]*(?=\p{Sc}?\d)")
_REMARK = regex.compile(r"[(\[]\s*(?=\p{L}+[.!]?\s*[)\]])")


@lru_cache(maxsize=20)
def words_of_dates_and_amounts(language: str) -> frozenset[str]:
    """Return the names of months, days, numbers and units of time in a language, in small letters."""
    return frozenset(
        word for name in _names(language) for word in _WORD.findall(name.replace("\xad", "").lower())
    )  # fmt: skip


def _names(language: str) -> Iterator[str]:
    # Imported late, as the library takes 15 MB.
    import icu  # noqa: PLC0415

    locale, symbols, units = icu.Locale(language), icu.DateFormatSymbols, icu.MeasureUnit
    names = symbols(locale)
    for context in (symbols.FORMAT, symbols.STANDALONE):  # in a date, and alone
        yield from names.getMonths(context, symbols.WIDE)
        yield from names.getWeekdays(context, symbols.WIDE)
    numbers = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, locale)
    yield from (numbers.format(times * number) for number in _NUMBERS for times in (1, 2, 5))
    measures = icu.MeasureFormat(locale, icu.UMeasureFormatWidth.WIDE)
    of_time = (units.createYear(), units.createMonth(), units.createWeek(), units.createDay(), units.createHour())
    yield from (measures.formatMeasure(icu.Measure(n, unit)) for unit in of_time for n in _AMOUNTS)


def places_beside_numbers(text: str) -> tuple[set[int], set[int]]:
    """Find the words beside a number, and those alone in brackets, such as *(Applause)*.

    Returns
    -------
    tuple of set
        The places where such words start, and where such words end.
    """
    starts = {found.end() for pattern in (_AFTER_NUMBER, _REMARK) for found in pattern.finditer(text)}
    return starts, {found.start() for found in _BEFORE_NUMBER.finditer(text)}
