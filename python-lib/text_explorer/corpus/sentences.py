"""Sentences of a text as spans, by sentencex, whose rules and abbreviations come inside its package.

sentencex 1.x gives boundaries with offsets; the older pure-Python releases, the only ones for Python 3.9, give the
pieces alone. Both re-join to the text, so offsets follow from the lengths of the pieces.
"""

from __future__ import annotations

import re
from itertools import accumulate

from sentencex import segment

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


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
        pieces = _pieces(text[block_start:block_end], language)
        starts = accumulate((len(piece) for piece in pieces), initial=block_start)
        for piece, start in zip(pieces, starts):
            stripped = piece.strip()
            if stripped:
                first = start + len(piece) - len(piece.lstrip())
                spans.append((first, first + len(stripped)))
    return spans


def _pieces(block: str, language: str) -> list[str]:
    """Cut a block into sentences that re-join to it, white space included."""
    # A lone surrogate cannot enter the splitter; "?" stands in for it, one character for one.
    pieces = segment(language, block.encode("utf-8", "replace").decode("utf-8")) if block.strip() else []
    return pieces if sum(map(len, pieces)) == len(block) else [block]
