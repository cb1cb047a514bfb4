"""Blank HTML, addresses and account names in a text, and read its entities, so that positions stay the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from html import unescape
from typing import Optional

import regex

from text_explorer.corpus.words.character_classes import FILLER
from text_explorer.corpus.words.preparation import RULES_OF_0_1_0, Preparation

_OPENING = regex.compile(
    r"<(?:(?P<comment>!--)|(?P<script>script)(?=[\s/>])[^<>]*>|(?P<style>style)(?=[\s/>])[^<>]*>)", flags=regex.I
)
_CLOSINGS = {
    "comment": regex.compile("-->"),
    "script": regex.compile(r"</script\s*>", flags=regex.I),
    "style": regex.compile(r"</style\s*>", flags=regex.I),
}
"""End of an element that is blanked with its content, by the group in its opening."""

_TAGS = (
    r"(?P<block></?(?:p|br|div|li|ul|ol|h[1-6]|tr|td|th|table|section|article|blockquote)\b[^<>]{0,2000}>)"
    r"|</?[a-z][^<>]{0,2000}>"
)
_ENTITIES = r"&(?:[a-z]{2,31}|#\d{1,7}|#x[\da-f]{1,6});"
_ESCAPED_AMPERSAND = r"(?:amp;){0,9}"
_ESCAPES = (
    r"\\(?:(?-i:u)(?:d[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}|[\da-f]{4})|(?-i:U)000[01][\da-f]{4}"
    r"|(?-i:x)(?:[c-f][\da-f](?:\\x[89ab][\da-f]){1,3}|[\da-f]{2})|['\"&])|_x[\da-f]{4}_"
)
_READ_ENTITIES = (
    r"(?P<entity>\#(?:3[4689]|60|62|8\d{3});"
    rf"|(?<!&)amp;{_ESCAPED_AMPERSAND}(?:\#\d{{1,7}};)?"
    rf"|&{_ESCAPED_AMPERSAND}(?:(?:[a-z][a-z\d]{{1,31}}|\#\d{{1,7}}|\#x[\da-f]{{1,6}});"
    r"|(?:nbsp|amp|quot|[lg]t)(?![a-z\d])|[aeiounyc](?:acute|grave|circ|uml|tilde|cedil)|\#\d{2,5}(?!\d))"
    rf"|{_ESCAPES})"
)
"""Also escaped several times, those that lost their ``&`` or ``;``, such as ``it #39;s`` and ``&nbsp``, and characters
that programs escaped, such as ``\\u00e9``, ``\\xc3\\xa9``, ``\\'`` and the ``_x000D_`` of spreadsheets."""
_STARTS_OF_ENTITIES = ("&", "amp;", "#3", "#6", "#8", "\\", "_x")
_CODES = regex.compile(r"[\da-f]{4,}", flags=regex.I)

_URLS = r"https?://[^\s<>]+|www\.[^\s<>]+"
_READ_URLS = r"(?:https?://|www\.)(?:[^\s<>&]++|&(?!(?:amp;)*(?:lt|gt|quot|nbsp|\#3[49]|\#6[02]);))+"
"""An escaped tag, quotation mark or space ends an address."""

_EMAILS = r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+"
_INNER_AT = regex.compile(r"(?<=[\w.+-])@[\w-]")
_MENTIONS = r"(?<![\w@.])@\w{1,64}"
_RETWEETS = (
    r"(?:[RMH]T(?<!\w[RMH]T)(?::?[\s\"“”]{1,3}|:(?=@)|(?=@))){1,4}(?=@\w)"
    r"|(?-i:RT)(?<=\A[\s\"“]{0,3}RT)(?=[\s:!]|\Z)"
)
"""The marks RT, MT and HT before a mention, and RT in capitals where a text starts."""

_HASHTAGS = r"(?<![\w#&])#\w{1,140}"

_WORD_CHARACTER = regex.compile(r"[\p{L}\p{N}\p{M}\p{Extended_Pictographic}--[©®™]]", flags=regex.V1)
_GOES_ON = regex.compile(r"[\p{L}\p{N}&]|\\[ux]")
_INNER_SIGN = regex.compile(r"[.'’ʼ＇´`′‘‛&\-‐‑\u00ad\u200c-\u200f\u2060]")

_TAG = regex.compile(_TAGS, flags=regex.S | regex.I)
_ENTITY = regex.compile(_READ_ENTITIES, flags=regex.I)
_HTML = regex.compile(f"{_TAGS}|{_READ_ENTITIES}", flags=regex.S | regex.I)


def blank_tags(text: str) -> str:
    """Replace HTML tags by white space of the same length, starting with a line break for a block, script or style.

    Returns
    -------
    str
        A text of the same length.
    """
    return _blank_html(text, _TAG) if "<" in text else text


def read_html(text: str) -> str:
    """Replace HTML tags, also escaped ones, by white space, and read entities as in `blank_markup`.

    Returns
    -------
    str
        A text of the same length.
    """
    blanked = _blank_html(text, _HTML)
    return _blank_html(blanked, _TAG) if "<" in blanked and _may_hold_entity(text) else blanked


def read_entities(text: str) -> tuple[str, Sequence[int]]:
    """Return a text with its HTML entities as the characters they stand for, and where each character was.

    Returns
    -------
    text : str
        Not longer than written, but for entities of two characters.
    positions : sequence of int
        The position of each character, and of the end, in the text as written.
    """
    parts: list[str] = []
    positions: list[int] = []
    end = 0
    for match in _ENTITY.finditer(text) if _may_hold_entity(text) else ():
        read = _shown_entity(match.group())
        parts += [text[end : match.start()], read]
        positions += [*range(end, match.start()), *[match.start()] * len(read)]
        end = match.end()
    if not parts:
        return text, range(len(text) + 1)
    return "".join([*parts, text[end:]]), [*positions, *range(end, len(text) + 1)]


def blank_markup(text: str, preparation: Preparation) -> str:
    r"""Replace what is not to be read as words by white space of the same length.

    Since version 2 of the reading rules, HTML entities and characters that programs escaped are read: ``&eacute;`` and
    ``\u00e9`` are é, filled up with invisible marks.

    Returns
    -------
    str
        A text of the same length.
    """
    newer, html, account = preparation.reading_rules > RULES_OF_0_1_0, preparation.strip_html, "@" in text
    # A pattern of only what single characters show to be possible is several times as fast.
    pattern = _markup(
        tags=html and "<" in text,
        entities=html and (_may_hold_entity(text) if newer else "&" in text),
        urls=preparation.strip_urls and ("://" in text or "www." in text.lower()),
        retweets=newer and (account or text[:5].lstrip('"“ \n')[:2] == "RT"),
        emails=preparation.strip_emails and account and _INNER_AT.search(text) is not None,
        mentions=preparation.strip_mentions and account,
        hashtags=preparation.strip_hashtags and "#" in text,
        first_rules=not newer,
    )
    if pattern is None:
        return text
    blanked = _blank_html(text, pattern) if html and "<" in text else str(pattern.sub(_blanks, text))
    return _blank_html(blanked, _TAG) if html and newer and "<" in blanked and _may_hold_entity(text) else blanked


def marks_of_markup(preparation: Preparation) -> str:
    """Return the characters without which a text has nothing to blank or read, except web addresses and ``#39;``."""
    accounts = preparation.strip_emails or preparation.strip_mentions or preparation.reading_rules > RULES_OF_0_1_0
    return "<&" * preparation.strip_html + "@" * accounts + "#" * preparation.strip_hashtags


def _may_hold_entity(text: str) -> bool:
    return any(start in text for start in _STARTS_OF_ENTITIES)


@cache
def _markup(
    *,
    tags: bool,
    entities: bool,
    urls: bool,
    retweets: bool,
    emails: bool,
    mentions: bool,
    hashtags: bool,
    first_rules: bool,
) -> Optional[regex.Pattern]:
    kinds = (
        (tags, _TAGS),
        (entities, _ENTITIES if first_rules else _READ_ENTITIES),
        (urls, _URLS if first_rules else _READ_URLS),
        (retweets, _RETWEETS),
        (emails, _EMAILS),
        (mentions, _MENTIONS),
        (hashtags, _HASHTAGS),
    )
    wanted = "|".join(pattern for is_wanted, pattern in kinds if is_wanted)
    return regex.compile(wanted, flags=regex.S | regex.I) if wanted else None


def _blank_html(text: str, pattern: regex.Pattern) -> str:
    """Blank comments, scripts and styles entirely, and the matches of the pattern between them."""
    parts = []
    end_before = 0
    for start, end in _hidden(text):
        # Otherwise a sentence that continues after a script would include it, and bring it into a summary.
        first = " " if text.startswith("<!--", start) else "\n"
        parts += [pattern.sub(_blanks, text[end_before:start]), first + " " * (end - start - 1)]
        end_before = end
    return "".join([*parts, pattern.sub(_blanks, text[end_before:])])


def _hidden(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of closed comments, scripts and styles, in linear time."""
    unclosed = set()
    position = 0
    while (opening := _OPENING.search(text, position)) is not None:
        kind = opening.lastgroup
        closing = None if kind in unclosed else _CLOSINGS[kind].search(text, opening.end())
        if closing is None:
            # No end after this opening, so none after any later one: searching again would take quadratic time.
            unclosed.add(kind)
            position = opening.end()
        else:
            yield opening.start(), closing.end()
            position = closing.end()


def _blanks(match: regex.Match) -> str:
    if match.lastgroup == "entity":
        return _read_entity(match)
    first = "\n" if match.lastgroup == "block" else " "
    return first + " " * (len(match.group()) - 1)


def _read_entity(match: regex.Match) -> str:
    """Return what an entity stands for, filled up to its length so that the words around it are found."""
    entity = match.group()
    is_whole = not entity.startswith(("#", "amp"))
    read = _character_of(entity)
    n_more = len(entity) - len(read)
    text, before, after = match.string, match.start() - 1, match.end()
    if _is_no_entity(read):
        return entity if before >= 0 and text[before].isalnum() else " " * len(entity)
    if _WORD_CHARACTER.match(read):
        return read + FILLER * n_more
    if read.isspace() or read < " " or n_more < 0:
        return " " * len(entity)
    inside = before >= 0 and (text[before].isalnum() or text[before] == ";" or not is_whole)
    if inside and (read in ("+", "#") or (_INNER_SIGN.match(read) and _GOES_ON.match(text, after))):
        return FILLER * n_more + read
    return " " * n_more + read if read == "<" else read + " " * n_more


def _shown_entity(entity: str) -> str:
    read = _character_of(entity)
    if _is_no_entity(read):
        return entity
    return " " if read.isspace() else read


def _is_no_entity(read: str) -> bool:
    """Return whether what was read is no entity, as in *Q&As;*."""
    return len(read) > 1 and (read.startswith("&") or read.endswith(";"))


def _character_of(entity: str) -> str:
    if entity.startswith("_"):
        return chr(int(entity[2:6], 16))
    if entity.startswith("\\"):
        return _of_program(entity)
    return _unescaped(entity if entity.startswith("&") else f"&{entity}")


def _of_program(escape: str) -> str:
    if escape.startswith("\\x"):
        code = bytes.fromhex(escape.replace("\\x", ""))
        try:
            return code.decode("utf-8")
        except UnicodeDecodeError:
            return code.decode("latin-1")
    units = "".join(chr(int(code, 16)) for code in _CODES.findall(escape)) or escape[1:]
    return units.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@cache
def _unescaped(entity: str) -> str:
    read = unescape(entity)
    return read if read == entity else _unescaped(read)
