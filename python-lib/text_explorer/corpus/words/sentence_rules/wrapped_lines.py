"""Detect text wrapped at a fixed width, and join its lines.

A break is certain if its line is about as long as the longest, has no end mark, and the next line goes on with a small
letter. A paragraph with end marks, two such breaks and few others is taken for wrapped, at its own width; the other
paragraphs at the width of these, or that of the whole text. Then all breaks after long lines are joined but those
before list items, headings and the like.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import regex

from text_explorer.corpus.words.sentence_rules.numbering import LINE_BREAKS

_LINE = regex.compile(rf"(?P<prefix>[ \t]*(?:>[ \t]?)*)(?P<body>[^{LINE_BREAKS}]*)(?P<break>\r\n|[{LINE_BREAKS}]|\Z)")
_APART = regex.compile(
    r"\s*(?:[-–—•+▪‣●◦·#|=<@]|[*~_`](?!\w[^*~_`]*[*~_`])|\p{N}{1,3}[.)\]](?:\s|\Z)|\(?\p{L}[.)]\s|\[\d+\]|\d{1,2}:\d\d|"
    r"\p{Lu}[\p{L} .'-]{0,30}:(?:\s|\Z))"
)
"""Starts of lines that stay lines: list items, headings, rules, tables, time stamps, labels, tags; not of *words* that
are emphasized."""
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
_LEAST_ALONE = 2
_REST = 0.3


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
    if not _has_inner_end(lines, breaks):
        return []
    paragraphs = [
        [index for _, index in run] for _, run in groupby(enumerate(breaks), key=lambda item: item[1] - item[0])
    ]
    own_widths = [_own_width(lines, paragraph) for paragraph in paragraphs]
    common = max(own_widths, default=0) or _common_width(lines, breaks)
    return [
        index
        for paragraph, own_width in zip(paragraphs, own_widths)
        for index in _joined_of_paragraph(lines, paragraph, own_width or common)
    ]


def _own_width(lines: Sequence[_Line], paragraph: Sequence[int]) -> int:
    """Return the width at which a paragraph is wrapped as it shows by itself, 0 if it does not."""
    width = _width(lines, paragraph)
    certain, small = _certain(lines, paragraph, width)
    is_wrapped = len(certain) >= max(_LEAST_ALONE, _LEAST_CONFIRMED * small)
    return width if is_wrapped and _has_inner_end(lines, paragraph) else 0


def _common_width(lines: Sequence[_Line], breaks: Sequence[int]) -> int:
    """Return the width at which a text of short paragraphs is wrapped, 0 if it is not."""
    width = _width(lines, breaks)
    certain, small = _certain(lines, breaks, width)
    if not certain or len(certain) < _LEAST_CONFIRMED * small:
        return 0
    if len(certain) == 1 and not _is_full(lines[certain[0]], lines[certain[0] + 1], width):
        return 0
    return width


def _width(lines: Sequence[_Line], breaks: Sequence[int]) -> int:
    """Return the length of the longest line but web addresses and other single words, 0 if no text is so wide."""
    of_breaks = (lines[place] for index in breaks for place in (index, index + 1))
    width = max((line.length for line in of_breaks if " " in line.body or _UNSPACED.search(line.body)), default=0)
    return width if _NARROWEST <= width <= _WIDEST else 0


def _certain(lines: Sequence[_Line], breaks: Sequence[int], width: int) -> tuple[list[int], int]:
    """Return the breaks that are certain, and the number of those before a small letter, which may be."""
    if not width:
        return [], 0
    small = [index for index in breaks if _goes_on(lines[index], lines[index + 1])]
    certain: list[int] = []
    for index in small:
        # Wrapped twice, a line holds only what found no room in the line before.
        is_rest = index - 1 in certain[-1:] and lines[index].length < _REST * width
        if is_rest or _is_certain(lines[index], lines[index + 1], width):
            certain.append(index)
    return certain, len(small)


def _joined_of_paragraph(lines: Sequence[_Line], paragraph: Sequence[int], width: int) -> list[int]:
    certain, small = _certain(lines, paragraph, width)
    if not width or len(certain) < _LEAST_CONFIRMED * small:
        return []
    joined = set(certain)
    return [
        index
        for index in paragraph
        if index in joined
        or (_is_full(lines[index], lines[index + 1], width) and not _END_MARK.search(lines[index].body))
    ]


def _has_inner_end(lines: Sequence[_Line], breaks: Sequence[int]) -> bool:
    return any(_INNER_END.search(lines[place].body) for index in breaks for place in (index, index + 1))


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
