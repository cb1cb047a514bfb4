"""Split a text into sentences: marks that may end one, then the rules of `sentence_rules` for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Optional

import regex

from text_explorer.corpus.words.sentence_rules.abbreviations import is_exclamation
from text_explorer.corpus.words.sentence_rules.full_stops import full_stop_ends
from text_explorer.corpus.words.sentence_rules.numbering import LINE_BREAKS, is_list_marker, running_numbers
from text_explorer.corpus.words.sentence_rules.quotes import enclosed_spans, speech_follows

_LINE = regex.compile(f"[^{LINE_BREAKS}]+")
_PARAGRAPH = regex.compile(
    rf"(?:[^{LINE_BREAKS}]|(?:\r\n|[{LINE_BREAKS}])(?![^\S{LINE_BREAKS}]*(?:[{LINE_BREAKS}]|\Z)))+"
)

_CLOSERS = r"(?:[\"'”’»›)\]}〉》】」』）］｝*_~`]|[“‘«‹](?=[\s\p{P}]|\Z))*(?:[^\S\r\n]»(?=[\s.,;:!?]|\Z))?"
_COMMON_MARKS = r"\p{STerm}…‥"
_MARKS = {"el": _COMMON_MARKS + ";\u037e", "hy": "!?…‥։՜:。！？", "my": _COMMON_MARKS + "၏"}
_SPACE = regex.compile(r"\s*")
_NOTE_NUMBERS = regex.compile(
    r"(?:\[(?:\p{Ll}[\p{Ll} .]{0,30})?(?:\d{1,3}(?:\s?[,–-]\s?\d{1,3})*)?\](?::\d{1,4}(?:[–-]\d{1,4})?)?|\(\d{1,3}\)|"
    r"[¹²³⁰⁴-⁹†‡]+|\d{1,3}(?:[,–-]\d{1,3})*(?=\s+[\p{Lu}\p{Lo}\"“„«]|\s*\Z))+\u200b?(?=\s|\Z|(?<=\])\p{Lo})"
)
_EMOJI = r"[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\u200d\ufe0f]"
_SMILEY = r"[:;]-?[)(DP]"
_SMILEYS = regex.compile(rf"[^\S\r\n]?(?:(?=\P{{N}}){_EMOJI}+|{_SMILEY})(?=\s+[\p{{Lu}}\p{{Lo}}\"“„«¿¡]|\s*\Z)")
_SPACED_NOTE = regex.compile(r"[^\S\r\n](?:\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\])+(?=\s+[\p{Lu}\p{Lo}]|\s*\Z)")
_MISSING_SPACE = regex.compile(r"\p{Ll}{2}[.!?…]+\p{Lu}\p{Ll}*(?=[\s,;!?’']|\Z)")
_CLOSERS_BEFORE_NOTES = frozenset(')]”"»')
_LONGEST_END = 40
_GOES_ON = frozenset(",;:&)]}，、；：")
_SPEECH_AFTER_DASH = regex.compile(r"[—–]\s?\p{Ll}")
_SPACED_ELLIPSIS = regex.compile(r"(?<!\.)(?:\s\.){3}\Z")


def split_sentences(text: str, language: str, *, line_breaks_end_sentences: bool = True) -> list[tuple[int, int]]:
    """Find the sentences of a text.

    Parameters
    ----------
    text
        Any text.
    language
        ISO 639-1 code; a language without its own rules uses those of a related one.
    line_breaks_end_sentences
        Whether a line break ends a sentence, as in headings, lists and reviews; an empty line always does. For texts
        wrapped at a fixed width, see `sentence_rules.wrapped_lines`.

    Returns
    -------
    list of (start, end)
        Ordered spans that do not overlap, without white space at their ends, in Python characters.
    """
    blocks = _LINE if line_breaks_end_sentences else _PARAGRAPH
    return [span for block in blocks.finditer(text) for span in _sentences(text, block.start(), block.end(), language)]


def ends_with_mark(sentence: str, language: str) -> bool:
    """Return whether a sentence ends with a mark of the end, which closing marks and the number of a note may follow.

    Parameters
    ----------
    sentence
        A sentence as `split_sentences` finds it.
    language
        ISO 639-1 code.
    """
    return _last_marks(language).search(sentence, max(0, len(sentence) - _LONGEST_END)) is not None


def _sentences(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a block."""
    numbers = running_numbers(text, start, end)
    starts = [start, *sorted(numbers.starts - {start})]
    for item_start, item_end in zip(starts, [*starts[1:], end]):
        sentence = item_start
        for position in _ends(text, item_start, item_end, numbers.marker_ends, language):
            piece = text[sentence:position]
            stripped = piece.lstrip()
            if stripped:
                first = position - len(stripped)
                yield first, first + len(stripped.rstrip())
                sentence = position


def _ends(text: str, start: int, end: int, marker_ends: frozenset[int], language: str) -> Iterator[int]:
    """Yield the ends of the sentences of a block without running numbers but at its start; the last is its own."""
    enclosed = iter(enclosed_spans(text, start, end))
    inner = next(enclosed, None)
    sentence = _skip_space(text, start, end)
    for found in _candidates(language).finditer(text, start, end):
        while inner is not None and inner[1] <= found.end():
            inner = next(enclosed, None)
        if inner is not None and inner[0] < found.end():
            continue
        if found.end() in marker_ends or found.end("marks") in marker_ends:
            continue
        position = _end_after(text, sentence, end, found, language)
        if position is not None:
            yield position
            sentence = _skip_space(text, position, end)
    yield end


@cache
def _last_marks(language: str) -> regex.Pattern:
    marks = f"(?:[{_MARKS.get(language, _COMMON_MARKS)}]{_CLOSERS})"
    note = r"[\[(]?[\d¹²³⁰⁴-⁹†‡][\d\s,–-]*[\])]?|\[\p{Ll}[\p{Ll} .]*\d*\]"
    return regex.compile(rf"(?:(?<!\d){marks}(?:\s?(?:{note}))*|{marks})(?:\s?(?:{_EMOJI}|{_SMILEY}))*\s*\Z")


@cache
def _candidates(language: str) -> regex.Pattern:
    """Return the pattern of marks that may end a sentence, with quotation marks and brackets that close behind them."""
    return regex.compile(rf"(?P<marks>[{_MARKS.get(language, _COMMON_MARKS)}]+){_CLOSERS}")


def _end_after(text: str, sentence: int, block_end: int, found: regex.Match, language: str) -> Optional[int]:
    """Return where the sentence ends whose end mark was found, None if it goes on."""
    end, before = found.end(), text[found.start() - 1 : found.start()]
    note = _NOTE_NUMBERS.match(text, end, block_end) if before.isalpha() or before in _CLOSERS_BEFORE_NOTES else None
    note = note or _SMILEYS.match(text, end, block_end)
    following = _skip_space(text, note.end() if note else end, block_end)
    if following == block_end or text[following] in _GOES_ON:
        return None
    if before in ("[", "(") or (note is None and following == end and not _may_end_without_space(text, found)):
        return None
    if is_list_marker(text, sentence, found.end("marks"), following):
        return None
    # A number right behind a full stop may be that of a figure: Fig.3.
    after = end if note and text[end].isdigit() else following
    if _goes_on(text, sentence, found, after, language) or speech_follows(text, end, block_end, language):
        return None
    begins_with_note = text[sentence : sentence + 1] == "["
    note = note or (None if begins_with_note else _SPACED_NOTE.match(text, end, block_end))
    return int(note.end()) if note else end


def _goes_on(text: str, sentence: int, found: regex.Match, following: int, language: str) -> bool:
    """Return whether a sentence goes on after a mark, judging by the words on both sides."""
    first, stop = text[following], found.start()
    if found.end() > found.end("marks") and first.islower():
        return True
    may_be_speech = found["marks"] != "." or found.end() > found.end("marks")
    if may_be_speech and _SPEECH_AFTER_DASH.match(text, following):
        return True
    if found["marks"] != ".":
        return _is_small_after(text, sentence, found, first, language)
    if first == "." or _SPACED_ELLIPSIS.search(text, max(sentence, stop - 8), stop + 1):
        return True
    return not full_stop_ends(text, sentence, stop, following, language)


def _skip_space(text: str, start: int, end: int) -> int:
    return int(_SPACE.match(text, start, end).end())


def _is_small_after(text: str, sentence: int, found: regex.Match, first: str, language: str) -> bool:
    """Return whether a small letter follows dots, or a name with an exclamation mark, such as *Yahoo!*."""
    if not first.islower():
        return False
    if found["marks"][-1] in ".…‥":
        return True
    words = text[max(sentence, found.start() - 20) : found.start()].split()
    return found["marks"] == "!" and bool(words) and is_exclamation(words[-1], language)


def _may_end_without_space(text: str, found: regex.Match) -> bool:
    """Return whether marks may end a sentence that are right before the next word."""
    before, after = text[found.start() - 1 : found.start()], text[found.end()]
    if not found["marks"][-1].isascii() and found["marks"][-1] not in "…‥":
        return found["marks"] != "．" or not (before.isdigit() and after.isdigit())
    if regex.match(r"\p{Lo}", after):
        return "." not in found["marks"] or regex.match(r"\p{Lo}", before) is not None
    return _MISSING_SPACE.match(text, max(0, found.start() - 2)) is not None
