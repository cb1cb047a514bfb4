"""Split a text into sentences by sentencex, whose package includes its rules and abbreviations.

sentencex 1.x returns boundaries with offsets; the older pure-Python releases, the only ones for Python 3.9, return only
the pieces, stripped of spaces. Both return the whole text in order, so offsets follow from the pieces. Sentences that
it splits after an abbreviation or a list marker are joined again; the full stop of Khmer, which it lacks, is added.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import accumulate

import regex
import sentencex

_LINE_BREAKS = r"\r\n\v\f\x1c-\x1e\x85\u2028\u2029"
_LINE = re.compile(f"[^{_LINE_BREAKS}]+")
_LINE_BREAK = re.compile(f"[{_LINE_BREAKS}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WIDE_SPACE_BEFORE_STOP = re.compile(r"[^\S\x00-\x7f](?=\s*\.)")

_BEFORE_NAMES = {
    "de": "dipl frl hrn", "en": "dr ms", "es": "dña", "fr": "dr m me mgr mlle mm mme mmes pr st ste", "it": "dott.ssa",
    "nl": "mevr mw", "pl": "dr gen hab im inż mgr płk św tzw", "ru": "г-жа г-н д-р им св",
}  # fmt: skip
_BEFORE_NUMBERS = {
    "en": "ch eq vol", "fr": "no", "it": "n pag", "pl": "art godz nr poz str", "pt": "cap nº pág", "ru": "гл рис",
}  # fmt: skip
"""Abbreviations that sentencex does not know, or sometimes takes for the end of a sentence."""

_LAST_WORD = re.compile(r"(\w[\w.'’-]*)\.$")
_SMALL_GO_ON = re.compile(r"(?:\b\w|\w\.\w+)\.$")
"""Letters and words with an inner dot, such as *p. m.* or *o.a.*: before a small letter, the sentence goes on."""

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

_KHMER_ENDS = re.compile("(?<=[។៕])")

_PLAIN_ENDS = (". ", "! ", "? ", "。")
MAX_CHARACTERS = sys.maxsize if hasattr(sentencex, "get_sentence_boundaries") else 4_000
"""Longest text passed to the splitter: in the older releases, its time is quadratic, up to minutes per text."""


def split_sentences(text: str, language: str, *, line_breaks_end_sentences: bool = True) -> list[tuple[int, int]]:
    """Find the sentences of a text.

    Parameters
    ----------
    text
        Any text.
    language
        ISO 639-1 code; a language without its own rules uses those of a related one.
    line_breaks_end_sentences
        Whether a line break always ends a sentence, as in headings, lists and reviews.

    Returns
    -------
    list of (start, end)
        Ordered spans that do not overlap, without white space at their ends, in Python characters.
    """
    blocks = [match.span() for match in _LINE.finditer(text)] if line_breaks_end_sentences else [(0, len(text))]
    spans = []
    for block_start, block_end in blocks:
        stretches = _stretches(text[block_start:block_end])
        pieces = [piece for stretch in stretches for piece in _pieces(stretch, language)]
        starts = accumulate((len(piece) for piece in pieces), initial=block_start)
        spans += _joined(
            text, [_stripped(piece, start) for piece, start in zip(pieces, starts) if piece.strip()], language
        )
    return spans


def _stripped(piece: str, start: int) -> tuple[int, int]:
    first = start + len(piece) - len(piece.lstrip())
    return first, first + len(piece.strip())


def _joined(text: str, spans: list[tuple[int, int]], language: str) -> list[tuple[int, int]]:
    """Join sentences of a line that were split after an abbreviation or a list marker."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and _is_one(text, *joined[-1], start, language):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _is_one(text: str, start: int, end: int, following: int, language: str) -> bool:
    """Return whether two sentences are one."""
    if end - start <= _LONGEST_LIST_MARKER and _is_list_marker(text, start, end, following):
        return True
    return _goes_on(text[max(start, end - 20) : end], text[following], language)


def _is_list_marker(text: str, start: int, end: int, following: int) -> bool:
    """Return whether a sentence is only a list marker, such as *1.*, *IV.*, *b.* or *1.2.*.

    It is at the start of a line, followed by more text on the same line.
    """
    if _LIST_MARKER.fullmatch(text, start, end) is None or _LINE_BREAK.search(text, end, following):
        return False
    before = text[max(0, start - _WIDEST_INDENT) : start]
    words_before = before.rstrip()
    return not words_before or _LINE_BREAK.search(before, len(words_before)) is not None


def _goes_on(before: str, following: str, language: str) -> bool:
    """Return whether a sentence goes on, judging by its last characters and the next one."""
    last = _LAST_WORD.search(before)
    if last is None:
        return False
    word = last.group(1).lower()
    if following.islower():
        return _SMALL_GO_ON.search(before) is not None
    if following.isdigit():
        return word in _BEFORE_NUMBERS.get(language, "").split()
    return following.isalpha() and word in _BEFORE_NAMES.get(language, "").split()


def _stretches(block: str) -> Iterator[str]:
    """Split a block that is too long for the splitter at likely ends of sentences."""
    start = 0
    while len(block) - start > MAX_CHARACTERS:
        limit = start + MAX_CHARACTERS
        end = max(block.rfind(mark, start, limit) for mark in _PLAIN_ENDS)
        if end < start:
            end = min((found for mark in _PLAIN_ENDS if (found := block.find(mark, limit)) >= 0), default=len(block))
        yield block[start : end + 1]
        start = end + 1
    yield block[start:]


def _segment(language: str, block: str) -> list[str]:
    """Return the splitter's sentences; the whole block where the splitter, which is written in Rust, panics."""
    try:
        return list(sentencex.segment(language, block))
    except BaseException as error:  # a panic is no Exception, and its class cannot be imported
        if type(error).__name__ != "PanicException":
            raise
        return [block]


def _pieces(block: str, language: str) -> list[str]:
    """Split a block into sentences that join to the whole block, including white space."""
    if not block.strip():
        return [block]
    # The splitter rejects lone surrogates and panics at wide spaces before a full stop; one character replaces each.
    encodable = _WIDE_SPACE_BEFORE_STOP.sub(" ", _SURROGATE.sub("_", block))
    ends = [0]
    for piece in _segment(language, encodable):
        # The older releases strip their pieces, so each is searched for after the previous one.
        stripped = piece.strip()
        ends.append(max(encodable.find(stripped, ends[-1]), ends[-1]) + len(stripped))
    if ends[-1] > len(block) or block[ends[-1] :].strip():
        return [block]
    pieces = [block[start:end] for start, end in zip(ends, [*ends[1:], len(block)])]
    return [part for piece in pieces for part in _KHMER_ENDS.split(piece)]
