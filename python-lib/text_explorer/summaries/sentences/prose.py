"""Tell sentences from the other lines of mails, transcripts and Markdown, which are no sentences of a summary."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby

import regex

Span = tuple[int, int]

_LINE = regex.compile(r"[^\r\n]+")
_FENCE = regex.compile(r"[ \t>]*(?P<fence>`{3,}|~{3,})")
_QUOTED = regex.compile(r"[ \t]*>")
_HEADER = regex.compile(
    r"[ \t>*_]*(?:From|Sent|To|Cc|Bcc|Subject|Date|Reply-To|Importance|Attachments|Message-ID|Von|Gesendet|An|Betreff|"
    r"Datum|De|Envoyé|À|Objet|Da|Inviato|A|Oggetto|Data|Enviado(?: el)?|Para|Asunto|Assunto|Van|Verzonden|Aan|"
    r"Onderwerp|Od|Wysłano|Do|Temat|От|Отправлено|Кому|Тема|Дата)[*_]*[ \t]?:[*_]*(?:[ \t]|\Z)"
)
_LEAST_HEADERS = 2

_TIME = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?"
_NAME = r"\p{Lu}[\p{L}\p{N} .'’_-]{0,40}"
_NO_SENTENCE = regex.compile(
    "|".join(
        (
            r"[-=_~+:• \t>]*[|+=][-=_~+|:• \t>]*",
            r"[ \t>]*\|.*|[^|]+ \|[ \t][^|]+ \|[ \t].*|[^\t]+\t[^\t]+\t.*",
            r"[ \t>]*-{2,}[^-]+-{2,}[ \t]*|[ \t>]*Begin forwarded message:",
            r"[ \t>]*(?:On|Am|Le|El|Il|Em|Op|Den|W dniu|Dnia|Dne|\d).{4,200}"
            r"(?:\bwrote|\bschrieb.{0,60}|\ba écrit|\bescribió|\bha scritto|\bescreveu|\bschreef.{0,60}|\bskrev.{0,60}|"
            r"\bpisze|\bnapisał|\bnapsal|\bпишет|\bнаписал)[ \t\u00a0]?:[ \t]*",
            r"WEBVTT\b.*|(?:NOTE|STYLE|REGION)\b[ \t]*",
            rf"[ \t\[(]*{_TIME}[ \t]*-+>[ \t]*{_TIME}.*",
            r"[ \t.,:;/%()\[\]-]*\d[\d \t.,:;/%()\[\]-]*",
            rf"[ \t>*_]*{_NAME}[ \t*_]*:[*_]*[ \t]*",
            rf"[ \t*_]*{_NAME}[*_]*[ \t,–-]+[\[(]?{_TIME}(?:[ \t]?[ap]\.?m\.?)?[\])]?:?[ \t]*",
            rf"[\[(]?{_TIME}[\])]?[ \t–-]+{_NAME}:?[ \t]*",
        )
    )
)
"""Whole lines: rules of tables; rows of tables; openings of quoted mails; parts of WebVTT and SRT; numbers; labels of
speakers and time stamps."""
_LONGEST_EXCLUDED = 500

_RULE = regex.compile(r"[-_*~#• \t>]+")
_LETTER = regex.compile(r"\p{L}")
_TIME_STAMP = regex.compile(rf"[\[(]?{_TIME}[\])]?[ \t–-]+(?=\S)")
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
    excluded = _excluded(text, lines)
    quoted = {index for index, (start, end) in enumerate(lines) if _QUOTED.match(text, start, end)}
    kept = _outside(lines, excluded | quoted, spans) or _outside(lines, excluded, spans)
    return _without_time_stamps(text, lines, _without_rules(text, kept or list(spans)))


def _excluded(text: str, lines: Sequence[Span]) -> set[int]:
    """Return the indices of the lines that hold no sentence."""
    excluded = {
        index
        for index, (start, end) in enumerate(lines)
        if end - start <= _LONGEST_EXCLUDED and _NO_SENTENCE.fullmatch(text, start, end)
    }
    excluded.update(_fenced(text, lines))
    headers = [_HEADER.match(text, start, end) is not None for start, end in lines]
    for is_header, run in groupby(range(len(lines)), key=headers.__getitem__):
        block = list(run)
        if is_header and len(block) >= _LEAST_HEADERS:
            excluded.update(block)
    return excluded


def _fenced(text: str, lines: Sequence[Span]) -> Iterator[int]:
    """Yield the indices of the lines of fenced code, its fences included; a fence without an end is no code."""
    opened: list[int] = []
    fence = ""
    for index, (start, end) in enumerate(lines):
        found = _FENCE.match(text, start, end)
        if opened:
            opened.append(index)
            if found and found["fence"].startswith(fence):
                yield from opened
                opened = []
        elif found:
            opened, fence = [index], found["fence"]


def _without_rules(text: str, spans: list[Span]) -> list[Span]:
    """Return the sentences without lines of signs, if several sentences have words."""
    n_with_words = sum(_LETTER.search(text, start, end) is not None for start, end in spans)
    return spans if n_with_words < 2 else [span for span in spans if not _RULE.fullmatch(text, *span)]


def _outside(lines: Sequence[Span], excluded: set[int], spans: Sequence[Span]) -> list[Span]:
    """Return the sentences that are not only in lines that are excluded."""
    starts = [start for start, _ in lines]
    return [
        (start, end)
        for start, end in spans
        if not excluded.issuperset(range(bisect_right(starts, start) - 1, bisect_left(starts, end)))
    ]


def _without_time_stamps(text: str, lines: Sequence[Span], spans: Sequence[Span]) -> list[Span]:
    stamps = {start: found.end() for start, end in lines if (found := _TIME_STAMP.match(text, start, end))}
    if len(stamps) < _LEAST_TIME_STAMPS:
        return list(spans)
    return [(stamps[start] if stamps.get(start, end) < end else start, end) for start, end in spans]
