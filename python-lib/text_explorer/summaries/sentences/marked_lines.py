"""Lines of Markdown, code, tables, transcripts and subtitles that hold no sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from text_explorer.summaries.sentences.mail_lines import Span, is_right_below

_FENCE = regex.compile(r"[ \t>]*(?P<fence>`{3,}|~{3,})")
_FRONT_MATTER = regex.compile(r"[\w-]+:.*|[ \t]+.*|-[ \t].*")
_LONGEST_FRONT_MATTER = 30

_HUNK = regex.compile(r"@@ -\d+(?:,\d+)? \+\d+")
_IN_HUNK = regex.compile(r"[ \t+\\-]|@@ -\d|(?:diff|index|Index:|RCS file:) ")
_TRACEBACK = regex.compile(r"[ \t>]*Traceback \(most recent call last\):")

_TIME = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?(?:[ \t]?[AaPp]\.?[Mm]\.?)?"
_DATE = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
_NAME = r"\p{Lu}[\p{L}\p{N} .'’_-]{0,40}(?:,[ \t]\p{Lu}[\p{L}-]{1,20})?(?:[ \t][\[(][^\])\n]{1,30}[\])])?"
_NO_SENTENCE = regex.compile(
    "|".join(
        (
            r"[-=_~+:• \t>]*[|+=][-=_~+|:• \t>]*",
            r"[ \t>]*\|.*|[^|]+ \|[ \t][^|]+ \|[ \t].*|[^\t]+\t[^\t]+\t.*",
            r"[ \t>]*-{2,}[^-]+-{2,}[ \t]*|[ \t>]*Begin forwarded message:|[ \t]*\[Quoted text hidden\]",
            r"[ \t>]*(?:On )?\p{Lu}\p{L}{1,9}[.,]+[ \t]\d{1,2}\.?[ \t]\p{L}{3,10}\.?,?[ \t]\d{4}[ \t,]*(?:.{0,6}"
            r"\d{1,2}:\d\d.{0,25})?",
            r"[ \t>*•-]*(?:\[?\d{1,3}[\].)][ \t]*)?(?:URL:[ \t]*|Virus-free\.[ \t]*)?<?"
            r"(?:https?://|ftp://|www\.)\S+[ \t]*",
            r"[ \t>]*\[[^\]]+\]:[ \t]*<?https?://\S+.*|[ \t>]*(?:\[?!\[[^\]]*\]\([^)]*\)(?:\]\([^)]*\))?[ \t]*)+",
            r"diff -.*|Index: \S+|RCS file: .*|retrieving revision .*|index [0-9a-f]{6,}\.\..*|"
            r"(?:---|\+\+\+) \S*[/.]\S*(?:[ \t].*)?",
            r"[ \t]*\$ \p{Ll}.*|[ \t]*\[?[\w.-]+@[\w.-]+[^\]\n]{0,40}\]?[#$] .*|[ \t]+at [\w.$<>]+\(.*\)",
            r"(?:Content|Mime|Message|Return|List|X)-[\w-]+: .*|WEBVTT\b.*",
            rf"[ \t\[(]*{_TIME}[ \t]*-+>[ \t]*{_TIME}.*",
            r"[ \t.,:;/%()\[\]-]*\d[\d \t.,:;/%()\[\]-]*",
            r"[ \t]*\[[^\].!?\n]{1,60}\][ \t]*|[ \t]*[♪♫#].*[♪♫][ \t]*",
            rf"[ \t>*_]*{_NAME}[ \t*_]*:[*_]*[ \t]*",
            rf"[ \t*_]*{_NAME}[*_]*[ \t,|–-]+[\[(]?{_TIME}[\])]?:?[ \t]*",
            rf"[\[(]?(?:{_DATE},?[ \t]+)?{_TIME}[\])]?[ \t–-]+{_NAME}:?[ \t]*",
        )
    )
)
"""Whole lines: rules of tables; rows of tables; openings of forwarded mails; dates; web addresses, also of links and
pictures; headings of changes of code; commands and calls; parts of WebVTT and SRT; numbers; sounds and music; labels of
speakers and time stamps."""
_LONGEST_EXCLUDED = 500

_TIMING = regex.compile(rf"[ \t\[(]*{_TIME}[ \t]*-+>[ \t]*{_TIME}")
_COMMENT = regex.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)\b")
_SOUND = regex.compile(r"[ \t-]*\([^).!?]{1,60}\)[ \t]*")

TIME_STAMP = regex.compile(rf"[\[(]?(?:{_DATE},?[ \t]+)?{_TIME}[\])]?[ \t–-]+(?=\S)")
"""The start of what was said at a time."""


def marked_lines(text: str, lines: Sequence[Span]) -> Iterator[int]:
    """Yield the indices of lines of code, tables, rules, addresses, time stamps, labels and numbers."""
    for index, (start, end) in enumerate(lines):
        if end - start <= _LONGEST_EXCLUDED and _NO_SENTENCE.fullmatch(text, start, end):
            yield index
    yield from _front_matter(text, lines)
    yield from _fenced(text, lines)
    yield from _code(text, lines)
    if any(_TIMING.match(text, start, end) for start, end in lines):
        yield from _cues(text, lines)


def _front_matter(text: str, lines: Sequence[Span]) -> Iterator[int]:
    """Yield the lines between ``---`` and ``---`` at the start, if all are settings."""
    first = [text[start:end].rstrip() for start, end in lines[: _LONGEST_FRONT_MATTER + 1]]
    if first[:1] == ["---"] and "---" in first[1:]:
        last = first.index("---", 1)
        yield from range(last + 1) if all(map(_FRONT_MATTER.fullmatch, first[1:last])) else ()


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


def _code(text: str, lines: Sequence[Span]) -> Iterator[int]:
    """Yield the lines of changes of code, and of tracebacks of Python with their last line."""
    state = ""
    for index, (start, end) in enumerate(lines):
        if _HUNK.match(text, start, end):
            state = "hunk"
        elif _TRACEBACK.match(text, start, end):
            state = "traceback"
        elif state == "traceback" and not text[start].isspace():
            yield index
            state = ""
        elif state == "hunk" and not _IN_HUNK.match(text, start, end):
            state = ""
        if state:
            yield index


def _cues(text: str, lines: Sequence[Span]) -> Iterator[int]:
    """Yield the lines of subtitles that nobody speaks: their head, comments, names of cues, and sounds."""
    is_comment = False
    for index, (start, end) in enumerate(lines):
        if not is_right_below(text, lines, index):
            is_comment = _COMMENT.match(text, start, end) is not None
            following = lines[index + 1] if index + 1 < len(lines) else (end, end)
            if _TIMING.match(text, *following) and is_right_below(text, lines, index + 1):
                yield index
        if is_comment or _SOUND.fullmatch(text, start, end):
            yield index
