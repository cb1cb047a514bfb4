"""Separate sentences from the other lines of mails, transcripts and Markdown, which no summary shows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import regex

from text_explorer.summaries.sentences.mail_lines import QUOTED, Span, is_notice, mail_lines
from text_explorer.summaries.sentences.marked_lines import TIME_STAMP, marked_lines

_LINE = regex.compile(r"[^\r\n]+")
_RULE = regex.compile(r"[-_*~#• \t>]+")
_LETTER = regex.compile(r"\p{L}")
_LEAST_TIME_STAMPS = 2


def prose_spans(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return those of the sentences of a text that a summary may have, without time stamps at their start.

    Parameters
    ----------
    text
        Any text.
    spans
        Start and end of its sentences.

    Returns
    -------
    list of (start, end)
        All sentences if none is left; those of quoted lines if all others are in lines of headers and the like.
    """
    lines = [found.span() for found in _LINE.finditer(text)]
    excluded = {*mail_lines(text, lines), *marked_lines(text, lines)}
    quoted = {index for index, (start, end) in enumerate(lines) if QUOTED.match(text, start, end)}
    of_author = _outside(lines, excluded | quoted, spans)
    kept = _without_notices(text, of_author) or of_author or _outside(lines, excluded, spans)
    return _without_time_stamps(text, lines, _without_rules(text, kept or list(spans)))


def _without_rules(text: str, spans: list[Span]) -> list[Span]:
    """Return the sentences without lines of signs, if several sentences have words."""
    n_with_words = sum(_LETTER.search(text, start, end) is not None for start, end in spans)
    return spans if n_with_words < 2 else [span for span in spans if not _RULE.fullmatch(text, *span)]


def _without_notices(text: str, spans: Sequence[Span]) -> list[Span]:
    return [(start, end) for start, end in spans if not is_notice(text, start, end)]


def _outside(lines: Sequence[Span], excluded: set[int], spans: Sequence[Span]) -> list[Span]:
    """Return the sentences that are not only in lines that are excluded."""
    starts = [start for start, _ in lines]
    return [
        (start, end)
        for start, end in spans
        if not excluded.issuperset(range(bisect_right(starts, start) - 1, bisect_left(starts, end)))
    ]


def _without_time_stamps(text: str, lines: Sequence[Span], spans: Sequence[Span]) -> list[Span]:
    stamps = {start: found.end() for start, end in lines if (found := TIME_STAMP.match(text, start, end))}
    if len(stamps) < _LEAST_TIME_STAMPS:
        return list(spans)
    return [(stamps[start] if stamps.get(start, end) < end else start, end) for start, end in spans]
