"""What a reader typed in the search box, as a full-text query or, where words have no spaces, as a plain search.

Words of two letters or more are found from their beginning ("govern" finds "government"), all of them must occur, and
a stretch in double quotes is a phrase. Case and accents do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Thai, Lao, Myanmar, Khmer, Kana and Han: written without spaces, so that "a word" cannot be looked up.
_SCRIPTS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SIGNS = "\u2190-\u2bff\U0001f000-\U0001faff"  # arrows, symbols and emoji
_UNSEGMENTED = re.compile(f"[{_SCRIPTS}]")
_SIGN = re.compile(f"[{_SIGNS}]")
_RUN = re.compile(f"[{_SCRIPTS}{_SIGNS}]+")
# No letter, so that it separates words; in a text it stands for nothing that is seen.
BOUNDARY = "\x1f"
_PIECE = re.compile(r'"([^"]*)"?|([^\s"]+)')


@dataclass(frozen=True)
class Search:
    """A search: ``match`` for the full-text index, or ``literal`` to be found as it stands.

    ``candidates`` asks the full-text index for documents among which all those of ``literal`` are, where it can.
    """

    match: str | None = None
    literal: re.Pattern[str] | None = None
    candidates: str | None = None


def fold(term: str) -> str:
    """Return a term as it is looked up: without case and accents."""
    decomposed = unicodedata.normalize("NFKD", term.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def segmented(text: str) -> str:
    """Return a text as the full-text index reads it: signs and characters of scripts without spaces stand alone."""
    if text.isascii():
        return text
    text = _UNSEGMENTED.sub(r" \g<0> ", text)
    return _SIGN.sub(_named, text)


def with_boundaries(text: str) -> str:
    """Return a text whose words end where `segmented` ends them, with a removable `BOUNDARY` there."""
    text = text.replace(BOUNDARY, " ")  # its own would be taken out too, and all positions behind it would be wrong
    return text if text.isascii() else _UNSEGMENTED.sub(rf"{BOUNDARY}\g<0>{BOUNDARY}", text)


def _named(sign: re.Match[str]) -> str:
    """Spell a sign, as the full-text index passes over all that are no letters."""
    return f" u{ord(sign[0]):x} "


def candidates_of(typed: str) -> str | None:
    """Return the full-text query for the documents that hold each run of signs and of unspaced characters.

    Other words are left out, since a literal search finds them in the middle of words too.
    """
    return " AND ".join(f'"{segmented(run)}"' for run in _RUN.findall(typed)) or None


def parse_search(typed: str, *, full_text: bool = True) -> Search | None:
    """Read what was typed, None where that is nothing; without a full-text table every search is literal."""
    typed = typed.strip()
    if not typed:
        return None
    words = _match_terms(typed)
    if not full_text or not words or _UNSEGMENTED.search(typed):
        literal = typed.strip('"').strip() or typed
        candidates = candidates_of(literal) if full_text else None
        return Search(literal=re.compile(re.escape(literal), re.IGNORECASE), candidates=candidates)
    return Search(match=" AND ".join(words))


def _match_terms(typed: str) -> list[str]:
    """Quote each word and phrase, so that nothing typed is ever read as an operator of the query language."""
    terms = []
    for phrase, word in _PIECE.findall(typed):
        if any(character.isalnum() for character in phrase):
            terms.append(f'"{phrase}"')
        elif any(character.isalnum() for character in word):
            # Half the words of a language begin with a given letter: a letter alone is looked up as a word.
            terms.append(f'"{word}" *' if len(word) > 1 else f'"{word}"')
    return terms
