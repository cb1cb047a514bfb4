"""Separate sentences from the other lines of mails, transcripts and Markdown, which no summary shows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby

import regex

Span = tuple[int, int]

_LINE = regex.compile(r"[^\r\n]+")
_FENCE = regex.compile(r"[ \t>]*(?P<fence>`{3,}|~{3,})")
_QUOTED = regex.compile(r"[ \t]*\p{Lu}{0,3}>")
_HEADER = regex.compile(
    r"[ \t>*_]*(?:From|Sent|To|Cc|Bcc|Subject|Date|Reply-To|Importance|Attachments|Message-ID|Von|Gesendet|An|Betreff|"
    r"Datum|De|Envoyé|À|Objet|Da|Inviato|A|Oggetto|Data|Enviado(?: el)?|Para|Asunto|Assunto|Van|Verzonden|Aan|"
    r"Onderwerp|Od|Wysłano|Do|Temat|От|Отправлено|Кому|Тема|Дата)[*_]*[ \t]?:[*_]*(?:[ \t]|\Z)|"
    r"[ \t>]*(?:Received|Sender|Precedence|References|[A-Z]\w*(?:-\w+)+):(?:[ \t]|\Z)|From \S+@\S+ .*\d"
)
_IN_HEADER = regex.compile(r"[ \t]+\S|[A-Z][\w-]*:[ \t]")
"""Lines right below one of a header: the rest of a long one, and headers of any name."""
_LEAST_HEADERS = 2

_BLOCK = regex.compile(r"[ \t>]*(?:-----BEGIN (?P<name>(?!PGP SIGNED)[A-Z0-9 ]+)-----|begin [0-7]{3} \S)")
"""First lines of signatures, keys and certificates, and of files written as lines of characters."""
_ENCODED = regex.compile(r"[ \t>]*[A-Za-z0-9+/]{60,}={0,2}[ \t]*")

_SIGNATURE = regex.compile(r"[ \t>]*-- ?")
_FOOTER = regex.compile(r"[ \t>]*[_=*-]{20,}[ \t]*")
_LINK = regex.compile(r"https?://|www\.|\S@\S+\.\w")
_LONGEST_SIGNATURE = 12

_LEAVE = r"(?:unsubscribe|opt[ -]?out|be (?:removed|taken off)|stop receiving|receive (?:further|future|any more))"
_MAIL = r"(?:e-?mail|message|communication|transmission|mailing|newsletter|special|offer)"
_NOTICE = regex.compile(
    r"\W*(?:"
    + "|".join(
        (
            rf"(?:To|If you (?:no longer |do not |don['’]t )?(?:want|wish|would like|prefer) (?:not )?to) {_LEAVE}\b"
            r"(?!.{0,30}\bI\b)",
            rf"(?:Please )?(?:click|go|reply|send|visit)\b.{{0,80}}\b{_LEAVE}\b",
            rf"You (?:are receiving|have received|received|were sent) this {_MAIL}|Do not reply to this\b",
            rf"This {_MAIL}\b.{{0,80}}\b(?:confidential|privileged|intended)",
            r"(?:If you are not|Any\b.{0,80}\bother than) the (?:intended )?(?:recipient|addressee)",
            r"Diese E-?Mail\b.{0,80}\bvertraulich|Wenn Sie (?:nicht der richtige Adressat|den Newsletter)\b",
            r"Ce (?:message|courriel|courrier)\b.{0,80}\bconfidentiel",
            r"(?:Pour|Si vous)\b.{0,60}\b(?:désabonner|désinscrire)\b",
            r"Este (?:mensaje|correo|mensagem|e-?mail)\b.{0,80}\bconfidencia",
            r"(?:Para|Si)\b.{0,60}\bdar(?:se|te) de baja\b",
            r"Quest[ao] (?:e-?mail|messaggio)\b.{0,80}\briservat|Per (?:annullare|cancellar)\w*\b.{0,40}\biscrizione\b",
        )
    )
    + ")",
    regex.IGNORECASE,
)
"""Sentences that say how to leave a list, or who may read a mail."""

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
            r"[ \t>]*\S.{0,100}\b(?:wrote|writes|said)[ \t]?:[ \t]*",
            r"[ \t>*•-]*(?:\[?\d{1,3}[\].)][ \t]*)?(?:URL:[ \t]*)?<?(?:https?://|ftp://|www\.)\S+[ \t]*",
            r"WEBVTT\b.*|(?:NOTE|STYLE|REGION)\b[ \t]*",
            rf"[ \t\[(]*{_TIME}[ \t]*-+>[ \t]*{_TIME}.*",
            r"[ \t.,:;/%()\[\]-]*\d[\d \t.,:;/%()\[\]-]*",
            rf"[ \t>*_]*{_NAME}[ \t*_]*:[*_]*[ \t]*",
            rf"[ \t*_]*{_NAME}[*_]*[ \t,–-]+[\[(]?{_TIME}(?:[ \t]?[ap]\.?m\.?)?[\])]?:?[ \t]*",
            rf"[\[(]?{_TIME}[\])]?[ \t–-]+{_NAME}:?[ \t]*",
        )
    )
)
"""Whole lines: rules of tables; rows of tables; openings of quoted mails; web addresses; parts of WebVTT and SRT;
numbers; labels of speakers and time stamps."""
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
    of_author = _outside(lines, excluded | quoted, spans)
    kept = _without_notices(text, of_author) or of_author or _outside(lines, excluded, spans)
    return _without_time_stamps(text, lines, _without_rules(text, kept or list(spans)))


def _excluded(text: str, lines: Sequence[Span]) -> set[int]:
    """Return the indices of the lines that hold no sentence."""
    excluded = {
        index
        for index, (start, end) in enumerate(lines)
        if end - start <= _LONGEST_EXCLUDED and _NO_SENTENCE.fullmatch(text, start, end)
    }
    excluded.update(_fenced(text, lines))
    excluded.update(_blocks(text, lines))
    excluded.update(_signatures(text, lines))
    for run in _runs([_ENCODED.fullmatch(text, start, end) is not None for start, end in lines]):
        excluded.update(run if len(run) >= _LEAST_HEADERS else ())
    headers = [_HEADER.match(text, start, end) is not None for start, end in lines]
    in_header = list(headers)
    for index, (start, end) in enumerate(lines[1:], start=1):
        is_next_line = text[lines[index - 1][1] : start] in ("\n", "\r\n", "\r")
        in_header[index] |= in_header[index - 1] and is_next_line and _IN_HEADER.match(text, start, end) is not None
    for run in _runs(in_header):
        excluded.update(run if sum(headers[index] for index in run) >= _LEAST_HEADERS else ())
    return excluded


def _runs(flags: Sequence[bool]) -> Iterator[list[int]]:
    """Yield the indices of each run of true flags."""
    for flag, run in groupby(range(len(flags)), key=flags.__getitem__):
        if flag:
            yield list(run)


def _blocks(text: str, lines: Sequence[Span]) -> Iterator[int]:
    """Yield the indices of the lines of signatures, keys and encoded files; a block without an end is none."""
    first, last_line = 0, ""
    for index, (start, end) in enumerate(lines):
        found = _BLOCK.match(text, start, end)
        if found:
            first, last_line = index, f"-----END {found['name']}-----" if found["name"] else "end"
        elif last_line and text[start:end].strip(" \t>") == last_line:
            yield from range(first, index + 1)
            last_line = ""


def _signatures(text: str, lines: Sequence[Span]) -> Iterator[int]:
    """Yield the indices of the lines below ``--`` at the end of a mail, and of footers with links below a rule."""
    for first, (start, end) in enumerate(lines):
        below = range(first, min(len(lines), first + 1 + _LONGEST_SIGNATURE))
        if _SIGNATURE.fullmatch(text, start, end):
            yield from below
        elif below[-1] == len(lines) - 1 and _FOOTER.fullmatch(text, start, end):
            yield from below if _LINK.search(text, start, lines[-1][1]) else ()


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


def _without_notices(text: str, spans: Sequence[Span]) -> list[Span]:
    return [(start, end) for start, end in spans if not _NOTICE.match(text, start, end)]


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
