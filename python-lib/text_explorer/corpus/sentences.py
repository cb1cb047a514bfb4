"""Sentences of a text as spans, by sentencex, whose rules and abbreviations come inside its package.

sentencex 1.x gives boundaries with offsets; the older pure-Python releases, the only ones for Python 3.9, give the
pieces alone, stripped of spaces. Both give all of the text in its order, so offsets follow from the pieces.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import accumulate

import sentencex

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_SURROGATE = re.compile("[\ud800-\udfff]")

_PLAIN_ENDS = (". ", "! ", "? ", "。")
MOST_CHARACTERS = sys.maxsize if hasattr(sentencex, "get_sentence_boundaries") else 4_000
"""Longest stretch given to the splitter: the time of the older releases grows with its square, to minutes a text."""


def split_sentences(text: str, language: str, *, line_breaks_end_sentences: bool = True) -> list[tuple[int, int]]:
    """Find the sentences of a text.

    Parameters
    ----------
    text
        Any text.
    language
        ISO 639-1 code; a language without rules of its own is split by those of a related one.
    line_breaks_end_sentences
        Whether a line break always ends a sentence, as in headings, lists and reviews.

    Returns
    -------
    list of (start, end)
        Ordered spans that do not overlap, without white space at their ends. ``text[start:end]`` is the sentence;
        offsets are in Python characters.
    """
    blocks = [match.span() for match in _LINE.finditer(text)] if line_breaks_end_sentences else [(0, len(text))]
    spans = []
    for block_start, block_end in blocks:
        stretches = _stretches(text[block_start:block_end])
        pieces = [piece for stretch in stretches for piece in _pieces(stretch, language)]
        starts = accumulate((len(piece) for piece in pieces), initial=block_start)
        for piece, start in zip(pieces, starts):
            stripped = piece.strip()
            if stripped:
                first = start + len(piece) - len(piece.lstrip())
                spans.append((first, first + len(stripped)))
    return spans


def _stretches(block: str) -> Iterator[str]:
    """Cut a block that is too long for the splitter where sentences seem to end."""
    start = 0
    while len(block) - start > MOST_CHARACTERS:
        limit = start + MOST_CHARACTERS
        end = max(block.rfind(mark, start, limit) for mark in _PLAIN_ENDS)
        if end < start:
            end = min((place for mark in _PLAIN_ENDS if (place := block.find(mark, limit)) >= 0), default=len(block))
        yield block[start : end + 1]
        start = end + 1
    yield block[start:]


def _pieces(block: str, language: str) -> list[str]:
    """Cut a block into sentences that re-join to it, white space included."""
    if not block.strip():
        return [block]
    # A lone surrogate cannot enter the splitter; "_" stands in for it, one character for one.
    encodable = _SURROGATE.sub("_", block)
    ends = [0]
    for piece in sentencex.segment(language, encodable):
        # The older releases strip their pieces, so each is looked for behind the one before.
        stripped = piece.strip()
        ends.append(max(encodable.find(stripped, ends[-1]), ends[-1]) + len(stripped))
    if ends[-1] > len(block) or block[ends[-1] :].strip():
        return [block]
    return [block[start:end] for start, end in zip(ends, [*ends[1:], len(block)])]
