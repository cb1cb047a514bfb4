"""Detect text wrapped at a fixed width, and join its lines.

A break is certain if its line is about as long as the longest, has no end mark, and the next line goes on with a small
letter. A paragraph with end marks, two such breaks and few others is taken for wrapped, at its own width; one at 55
characters or more by a single break whose next word has no room; one below 30 only if no next word has room, since
lines of lists and poems are as short. The other paragraphs are judged at the width of these, or that of the whole text.
Then all breaks after long lines are joined but those before list items, headings and the like.
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
_LIST_ITEM = regex.compile(r"\s*(?:[-–—•*+▪‣●◦·]\s|\p{N}{1,3}[.)\]]\s|\(?\p{L}[.)]\s|\[\d+\])")
_LABELLED = regex.compile(r"\s*(?:[\[(]?\d{1,2}:\d\d\S*\s+)?(?:\p{Lu}[\p{L} .'-]{0,30}:\s+)?\p{L}\S*(?:\s+\S+){2}")
"""What somebody said, behind a time stamp or a label: its line may be wrapped."""
_END_MARK = regex.compile(r"[\p{STerm}…:;؛；：][\"'”’»«›“)\]）」』*_]*\s*\Z")
_SHORT_BEFORE_STOP = regex.compile(r"(?:\A|[\s(])(?:\p{L}{1,4}|\p{N}{1,2})\.\Z")
"""An abbreviation or ordinal number at the end of a line; the rules of sentences decide after joining."""
_INNER_END = regex.compile(r"[\p{STerm}…][\"'”’»›)\]）」』]*(?:\s+[\p{Lu}\p{Lo}\"“„«(]|\s*\Z)|[。！？।]")
_END_WITHIN_LINE = regex.compile(r"[\p{STerm}…][\"'”’»›)\]]*\s+[\p{Lu}\"“„«(]|[。！？।](?!\s*\Z)")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_FIRST_WORD = regex.compile(r"\S*")

_NARROWEST, _NARROW, _WIDE, _WIDEST = 18, 30, 55, 200
_NARROWEST_UNSPACED = 12
_LEAST_NARROW = 3
"""Breaks that show narrow lines."""
_LIKE_LENGTH = 0.75
"""Least length of a line that was wrapped, as a share of the longest; a long word may leave more room than this."""
_SAME_LENGTH = 0.88
_LEAST_CONFIRMED = 0.8
_LEAST_ALONE = 2
_REST = 0.3
_WIDEST_STEP = 1
"""Characters by which the next line may be further right, but below a list item."""
_BEFORE_WORDS = " \t\"'“„«‘([*_"


class _Line(NamedTuple):
    prefix_start: int
    start: int
    body: str
    depth: int
    break_start: int

    @property
    def indent(self) -> int:
        return self.start - self.prefix_start

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
    if _LIST_ITEM.match(line.body):
        return True
    is_below = following.indent > line.indent + _WIDEST_STEP
    return not is_below and (not _APART.match(line.body) or _LABELLED.match(line.body) is not None)


def _joined_of_depth(lines: Sequence[_Line], breaks: Sequence[int]) -> list[int]:
    paragraphs = [
        [index for _, index in run] for _, run in groupby(enumerate(breaks), key=lambda item: item[1] - item[0])
    ]
    own_widths = [_own_width(lines, paragraph) for paragraph in paragraphs]
    common = max(own_widths, default=0) or _common_width(lines, breaks)
    if not common and _is_narrow(lines, paragraphs, _width(lines, breaks)):
        common = _width(lines, breaks)
    return [
        index
        for paragraph, own_width in zip(paragraphs, own_widths)
        for index in _joined_of_paragraph(lines, paragraph, own_width or common)
    ]


def _own_width(lines: Sequence[_Line], paragraph: Sequence[int]) -> int:
    """Return the width at which a paragraph is wrapped as it shows by itself, 0 if it does not."""
    width = _width(lines, paragraph)
    certain, small = _certain(lines, paragraph, width)
    if not certain or len(certain) < _LEAST_CONFIRMED * small:
        return 0
    if width < _NARROW:
        return width if _is_narrow(lines, [paragraph], width) else 0
    is_full = width >= _WIDE and any(_is_full(lines[index], lines[index + 1], width) for index in certain)
    if _has_inner_end(lines, paragraph):
        return width if is_full or len(certain) >= _LEAST_ALONE else 0
    starts_small = lines[certain[0]].body.lstrip(_BEFORE_WORDS)[:1].islower()
    has_end = len(certain) >= _LEAST_ALONE or _END_MARK.search(lines[paragraph[-1] + 1].body)
    return width if is_full and has_end and not starts_small else 0


def _is_narrow(lines: Sequence[_Line], paragraphs: Sequence[Sequence[int]], width: int) -> bool:
    """Return whether paragraphs are wrapped at a small width: no line has room for the word after it."""
    breaks = [index for paragraph in paragraphs for index in paragraph]
    if not 0 < width < _NARROW or len(breaks) < _LEAST_NARROW:
        return False
    if len(_certain(lines, breaks, width)[0]) < _LEAST_ALONE:
        return False
    if not all(_is_full(lines[index], lines[index + 1], width) for index in breaks):
        return False
    return all(_is_sentences(lines, paragraph) for paragraph in paragraphs)


def _is_sentences(lines: Sequence[_Line], paragraph: Sequence[int]) -> bool:
    """Return whether a sentence ends within a line, or a paragraph is one sentence with a capital and an end mark."""
    if any(_END_WITHIN_LINE.search(lines[place].body) for index in paragraph for place in (index, index + 1)):
        return True
    first, last = lines[paragraph[0]].body.lstrip(_BEFORE_WORDS), lines[paragraph[-1] + 1].body
    has_inner_mark = any(_END_MARK.search(lines[index].body) for index in paragraph)
    return not first[:1].islower() and _END_MARK.search(last) is not None and not has_inner_mark


def _common_width(lines: Sequence[_Line], breaks: Sequence[int]) -> int:
    """Return the width at which a text of short paragraphs is wrapped, 0 if it is not."""
    width = _width(lines, breaks)
    certain, small = _certain(lines, breaks, width)
    if not certain or len(certain) < _LEAST_CONFIRMED * small or width < _NARROW or not _has_inner_end(lines, breaks):
        return 0
    if len(certain) == 1 and not _is_full(lines[certain[0]], lines[certain[0] + 1], width):
        return 0
    return width


def _width(lines: Sequence[_Line], breaks: Sequence[int]) -> int:
    """Return the length of the longest line but web addresses and other single words, 0 if no text is so wide."""
    of_breaks = (lines[place] for index in breaks for place in (index, index + 1))
    width = max((line.length for line in of_breaks if " " in line.body or _UNSPACED.search(line.body)), default=0)
    is_unspaced = any(_UNSPACED.search(lines[index].body) for index in breaks)
    return width if (_NARROWEST_UNSPACED if is_unspaced else _NARROWEST) <= width <= _WIDEST else 0


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
        if index in joined or (_is_full(lines[index], lines[index + 1], width) and _may_go_on(lines[index].body))
    ]


def _may_go_on(body: str) -> bool:
    return not _END_MARK.search(body) or _SHORT_BEFORE_STOP.search(body) is not None


def _has_inner_end(lines: Sequence[_Line], breaks: Sequence[int]) -> bool:
    return any(_INNER_END.search(lines[place].body) for index in breaks for place in (index, index + 1))


def _goes_on(line: _Line, following: _Line) -> bool:
    """Return whether a line has no end mark, and the next one begins small, or with a letter without case."""
    first = following.body.lstrip(_BEFORE_WORDS)[:1]
    return not _END_MARK.search(line.body) and first.isalpha() and not first.isupper()


def _is_certain(line: _Line, following: _Line, width: int) -> bool:
    if not _goes_on(line, following):
        return False
    if following.body.lstrip(_BEFORE_WORDS)[:1].islower():
        return line.length >= _LIKE_LENGTH * width or _is_full(line, following, width)
    if _UNSPACED.match(following.body):
        return line.length >= width - 2
    return line.length >= _SAME_LENGTH * width or _is_full(line, following, width)


def _is_full(line: _Line, following: _Line, width: int) -> bool:
    """Return whether the first word of the next line, or its first character without spaces, has no room in a line."""
    if _UNSPACED.match(following.body):
        return line.length >= width - 2
    return line.length + 1 + len(_FIRST_WORD.match(following.body.lstrip()).group()) > width
