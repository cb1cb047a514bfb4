"""Numbers of list items: at the start of a line, or in a running sequence such as *1. Hold ... 2. Wait ...*."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

LINE_BREAKS = r"\r\n\v\f\x1c-\x1e\x85\u2028\u2029"
_LINE_BREAK = regex.compile(f"[{LINE_BREAKS}]")

_ROMAN = r"(?=[xvil])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_NUMBERINGS = (
    r"\d{1,3}",
    rf"{_ROMAN}|{_ROMAN.upper()}|\p{{Nl}}",
    r"[\p{Lu}\p{Ll}\p{Arabic}\p{Hebrew}]",
    "[一二三四五六七八九十]{1,3}",
)
"""Numbers of list items. Four digits are a year; *Mix.* and *네.* ("Yes.") are sentences, not numbers."""
_LIST_MARKER = regex.compile(rf"[-–—•*#>(\[ ]{{0,8}}(?:(?:{'|'.join(_NUMBERINGS)})[)\]]?[.．۔][ \t]?){{1,6}}")
_LONGEST_LIST_MARKER = 60
_WIDEST_INDENT = 200
_SPACE = regex.compile(r"\s*")

_AFTER_NUMBER = regex.compile(
    r"(?:[.)](?=\s+\S|[\p{Han}\p{Hiragana}\p{Katakana}])|[．、）](?=\s*[^\s\p{N}]))"
    r"(?<=(?<![\p{L}\p{N}])(?:\p{Nd}{1,2}|[A-Za-z]|[ivx]{2,4})\.?[.)．、）])"
)
"""Starts with the rarest character, so that texts without running numbers take little time."""
_MARKER = regex.compile(
    r"(?<![^\s:;!?。：；！？])(?:[•⁃▪‣●]\s?)?[(（]?(?P<sign>\p{Nd}{1,2}|[ivx]{1,4}|[A-Za-z])"
    r"(?:\.\)?|[)．、）])\Z"
)
_LONGEST_MARKER = 8
_END_MARKS = ".!?。…:;：；！？"
_ROMAN_NUMBERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_CAPITAL, _ROMAN_STYLE = "capital", "roman"
"""Items A., B., C. are like initials of names: there must be three, after a colon or question mark."""
_LARGEST_FIRST = 20
"""A running sequence that starts with a larger number is one of ages, years or results."""


class RunningNumbers(NamedTuple):
    """Where the items of running sequences start, and where their numbers end."""

    starts: frozenset[int]
    marker_ends: frozenset[int]


_NONE = RunningNumbers(frozenset(), frozenset())


def is_list_marker(text: str, start: int, end: int, following: int) -> bool:
    """Return whether a sentence is only a list marker, such as *1.*, *IV.*, *b.* or *1.2.*.

    It is at the start of a line, followed by more text on the same line.
    """
    if end - start > _LONGEST_LIST_MARKER or _LIST_MARKER.fullmatch(text, start, end) is None:
        return False
    if _LINE_BREAK.search(text, end, following):
        return False
    before = text[max(0, start - _WIDEST_INDENT) : start]
    words_before = before.rstrip()
    return not words_before or _LINE_BREAK.search(before, len(words_before)) is not None


class _Marker(NamedTuple):
    style: str
    number: int
    start: int
    end: int
    following: int


def running_numbers(text: str, start: int, end: int) -> RunningNumbers:
    """Find the running sequences of list numbers in a block of text: 1, 2, ... or a, b, ...

    Parameters
    ----------
    text
        Any text.
    start, end
        The block.
    """
    runs: list[list[_Marker]] = []
    open_runs: dict[str, list[_Marker]] = {}
    for marker in _markers(text, start, end):
        run = open_runs.get(marker.style)
        if run is not None and marker.number == run[-1].number + 1:
            run.append(marker)
        elif _may_be_first(text, start, marker):
            open_runs[marker.style] = [marker]
            runs.append(open_runs[marker.style])
    runs = [run for run in runs if len(run) > (2 if run[0].style.startswith(_CAPITAL) else 1)]
    if not runs:
        return _NONE
    starts = frozenset(marker.start for run in runs for marker in run if _starts_item(text, start, marker, run))
    return RunningNumbers(starts, frozenset(marker.end for run in runs for marker in run))


def _markers(text: str, start: int, end: int) -> Iterator[_Marker]:
    for mark in _AFTER_NUMBER.finditer(text, start, end):
        first = max(start, mark.end() - _LONGEST_MARKER)
        found = _MARKER.search(text[first : mark.end()])
        if found is not None:
            following = _SPACE.match(text, mark.end()).end()
            for style, number in _readings(found["sign"]):
                yield _Marker(style + mark.group(), number, first + found.start(), mark.end(), following)


def _readings(sign: str) -> Iterator[tuple[str, int]]:
    """Yield what a sign may count: *i* is both a letter and a Roman number."""
    if sign.isdecimal():
        yield "number", int(sign)
    elif len(sign) == 1:
        yield (_CAPITAL if sign.isupper() else "letter"), ord(sign.lower()) - ord("a") + 1
    if sign in _ROMAN_NUMBERS:
        yield _ROMAN_STYLE, _ROMAN_NUMBERS[sign]


def _may_be_first(text: str, start: int, marker: _Marker) -> bool:
    """Return whether a number may start a sequence: it follows an end mark or a colon, or is the first word."""
    if marker.number > _LARGEST_FIRST or (not marker.style.startswith("number") and marker.number > 1):
        return False
    before = _before(text, start, marker)
    if marker.style.startswith(_CAPITAL):
        return before[-1:] in (":", "：", "?")
    return not before or before[-1] in _END_MARKS or (marker.number == 1 and text[marker.following].isupper())


def _starts_item(text: str, start: int, marker: _Marker, run: list[_Marker]) -> bool:
    """Return whether an item of a sequence is a sentence of its own."""
    before = _before(text, start, marker)
    if not before or before[-1] in ",(" or text[marker.following].islower():
        return False
    if marker.style.startswith(_ROMAN_STYLE):  # often parts of one sentence: (i) words and (ii) tags
        return all(_before(text, start, item)[-1:] in ("", *_END_MARKS) for item in run)
    if before[-1] in _END_MARKS:
        return True
    first = _before(text, start, run[0])
    return not first or first[-1] in _END_MARKS


def _before(text: str, start: int, marker: _Marker) -> str:
    return text[max(start, marker.start - _WIDEST_INDENT) : marker.start].rstrip()
