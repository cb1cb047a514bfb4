"""Detect text wrapped at a fixed width, and join its lines.

A break is certain if its line is about as long as the longest, has no end mark, and the next line goes on with a small
letter. With certain breaks, and with end marks elsewhere, a text is taken for wrapped; then all breaks after long lines
are joined but those before list items, headings and the like.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import regex

from text_explorer.corpus.words.sentence_rules.numbering import LINE_BREAKS

_LINE = regex.compile(rf"(?P<prefix>[ \t]*(?:>[ \t]?)*)(?P<body>[^{LINE_BREAKS}]*)(?P<break>\r\n|[{LINE_BREAKS}]|\Z)")
_APART = regex.compile(
    r"\s*(?:[-–—•*+▪‣●◦·#|=~_`<@]|\p{N}{1,3}[.)\]](?:\s|\Z)|\(?\p{L}[.)]\s|\[\d+\]|\d{1,2}:\d\d|"
    r"\p{Lu}[\p{L} .'-]{0,30}:(?:\s|\Z))"
)
"""Starts of lines that stay lines: list items, headings, rules, tables, time stamps, labels, tags."""
_LIST_ITEM = regex.compile(r"\s*(?:[-–—•*+▪‣●◦·]\s|\p{N}{1,3}[.)\]]\s|\(?\p{L}[.)]\s|\[\d+\]\s)")
_END_MARK = regex.compile(r"[\p{STerm}…:;؛；：][\"'”’»«›“)\]）」』*_]*\s*\Z")
_INNER_END = regex.compile(r"[\p{STerm}…][\"'”’»›)\]）」』]*(?:\s+[\p{Lu}\p{Lo}\"“„«(]|\s*\Z)|[。！？।]")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_FIRST_WORD = regex.compile(r"\S*")

_NARROWEST, _WIDEST = 30, 200
_LIKE_LENGTH = 0.75
"""Least length of a line that was wrapped, as a share of the longest; a long word may leave more room than this."""
_SAME_LENGTH = 0.88
_LEAST_CONFIRMED = 0.8


class _Line(NamedTuple):
    prefix_start: int
    start: int
    body: str
    depth: int
    break_start: int

    @property
    def length(self) -> int:
        return len(self.body)


def join_wrapped_lines(text: str) -> str:
    """Replace the line breaks within wrapped paragraphs, and marks of quoting at the start of their lines, by spaces.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        A text of the same length.
    """
    if _LINE.match(text).end() == len(text):
        return text
    lines = [
        _Line(
            found.start(), found.start("body"), found["body"].rstrip(), found["prefix"].count(">"), found.start("break")
        )
        for found in _LINE.finditer(text)
    ]
    parts: list[str] = []
    position = 0
    for start, end in _blanked(lines):
        parts += [text[position:start], " " * (end - start)]
        position = end
    return "".join([*parts, text[position:]]) if parts else text


def _blanked(lines: Sequence[_Line]) -> list[tuple[int, int]]:
    """Return what becomes spaces, in order and without overlap."""
    joined = _joined_breaks(lines)
    spans = []
    for index, line in enumerate(lines):
        in_paragraph = index in joined or index - 1 in joined
        if index - 1 in joined:
            spans.append((lines[index - 1].break_start, line.start))
        elif in_paragraph and line.depth:
            spans.append((line.prefix_start, line.start))
    return spans


def _joined_breaks(lines: Sequence[_Line]) -> set[int]:
    """Return the indices of the lines whose break is joined."""
    breaks_by_depth: dict[int, list[int]] = defaultdict(list)
    for index, (line, following) in enumerate(zip(lines, lines[1:])):
        if _may_be_joined(line, following):
            breaks_by_depth[line.depth].append(index)
    return {index for breaks in breaks_by_depth.values() for index in _joined_of_depth(lines, breaks)}


def _may_be_joined(line: _Line, following: _Line) -> bool:
    if not line.body or not following.body or line.depth != following.depth or _APART.match(following.body):
        return False
    return not _APART.match(line.body) or _LIST_ITEM.match(line.body) is not None


def _joined_of_depth(lines: Sequence[_Line], breaks: Sequence[int]) -> list[int]:
    width = max((max(lines[index].length, lines[index + 1].length) for index in breaks), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return []
    certain = [index for index in breaks if _is_certain(lines[index], lines[index + 1], width)]
    if not certain or not any(_INNER_END.search(lines[place].body) for index in breaks for place in (index, index + 1)):
        return []
    joined = set(certain)
    small = [index for index in breaks if _goes_on(lines[index], lines[index + 1])]
    if len(certain) < _LEAST_CONFIRMED * len(small):
        return []
    if len(certain) == 1 and not _is_full(lines[certain[0]], lines[certain[0] + 1], width):
        return []
    return [
        index
        for index in breaks
        if index in joined
        or (_is_full(lines[index], lines[index + 1], width) and not _END_MARK.search(lines[index].body))
    ]


def _goes_on(line: _Line, following: _Line) -> bool:
    """Return whether a line has no end mark, and the next one begins small, or with a letter without case."""
    first = following.body.lstrip("\"'“„«‘([*_")[:1]
    return not _END_MARK.search(line.body) and first.isalpha() and not first.isupper()


def _is_certain(line: _Line, following: _Line, width: int) -> bool:
    if not _goes_on(line, following):
        return False
    if following.body.lstrip("\"'“„«‘([*_")[:1].islower():
        return line.length >= _LIKE_LENGTH * width or _is_full(line, following, width)
    if _UNSPACED.match(following.body):
        return line.length >= width - 2
    return line.length >= _SAME_LENGTH * width or _is_full(line, following, width)


def _is_full(line: _Line, following: _Line, width: int) -> bool:
    """Return whether the first word of the next line has no room in a line."""
    return line.length + 1 + len(_FIRST_WORD.match(following.body.lstrip()).group()) > width
