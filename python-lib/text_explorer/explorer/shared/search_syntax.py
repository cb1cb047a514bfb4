"""What a reader typed in the search box, as a boolean search for words, beginnings of words and phrases.

========================  ======================================================================
``war peace``             both words, also written ``war AND peace``
``war OR peace``          at least one of them; binds closer than the space between other words
``-peace``                not this word, also written ``NOT peace``
``"war and peace"``       the words as a phrase
``war*``                  words that begin like this, such as *warm*
========================  ======================================================================

Case and accents do not matter. Operators are read in capitals only, and parentheses are passed over. What has no word
to look up, as it is a sign or written without spaces, is looked for as it stands.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

# Thai, Lao, Myanmar, Khmer, Kana and Han: written without spaces, so that "a word" cannot be looked up.
_SCRIPTS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SIGNS = "\u2190-\u2bff\U0001f000-\U0001faff"  # arrows, symbols and emoji
_UNSEGMENTED = re.compile(f"[{_SCRIPTS}]")
_SIGN = re.compile(f"[{_SIGNS}]")
_RUN = re.compile(f"[{_SCRIPTS}{_SIGNS}]+")
# No letter, so that it separates words; in a text it stands for nothing that is seen.
BOUNDARY = "\x1f"
_MINUS = "[-\u2212\u2013]"
_PIECE = re.compile(rf'(?P<minus>{_MINUS}(?=["\w{_SIGNS}]))?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_OPERATOR = re.compile(rf'(?:^|\s){_MINUS}["\w{_SIGNS}]|"|\w\*|\b(?:AND|OR|NOT)\b')
_LEAST_LETTERS = 2
"""Of a beginning: half the words of a language begin with a given letter."""


@dataclass(frozen=True)
class Term:
    """A word, beginning or phrase: ``match`` for the full-text index, or ``literal`` to be found as it stands.

    ``candidates`` asks the full-text index for documents among which all those of ``literal`` are, where it can.
    """

    match: str | None = None
    literal: re.Pattern[str] | None = None
    candidates: str | None = None

    @property
    def begins(self) -> bool:
        """Whether ``match`` finds words that begin with its `text`."""
        return self.match is not None and self.match.endswith("*")

    @property
    def text(self) -> str:
        """The text that ``match`` finds, as it was typed."""
        return (self.match or "").removesuffix(" *").strip('"')


@dataclass(frozen=True)
class Search:
    """A search: a document holds a term of each of the ``groups`` and none of ``without``.

    Attributes
    ----------
    match
        The search as a query of the full-text index, None where that cannot answer all of it.
    """

    groups: tuple[tuple[Term, ...], ...] = ()
    without: tuple[Term, ...] = ()
    match: str | None = field(init=False)

    def __post_init__(self) -> None:
        """Write the query."""
        is_answered = bool(self.groups) and all(term.match for term in (*self.terms, *self.without))
        object.__setattr__(self, "match", self._query() if is_answered else None)

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms that are looked for."""
        return tuple(term for group in self.groups for term in group)

    @property
    def ranking(self) -> str | None:
        """Query by which the documents found are ranked, None where no term is in the full-text index."""
        queries = [query for term in self.terms if (query := term.match or term.candidates)]
        return self.match or _either(queries) or None

    @property
    def literals(self) -> tuple[re.Pattern[str], ...]:
        """The terms that are found as they stand."""
        return tuple(term.literal for term in self.terms if term.literal)

    @property
    def words(self) -> str | None:
        """Query for any of the terms that the full-text index can mark in a text."""
        return _either([term.match for term in self.terms if term.match]) or None

    def _query(self) -> str:
        wanted = " AND ".join(_either([term.match or "" for term in group]) for group in self.groups)
        excluded = _either([term.match or "" for term in self.without])
        return f"({wanted}) NOT {excluded}" if excluded else wanted


class _Piece(NamedTuple):
    text: str
    is_phrase: bool
    is_excluded: bool


def _either(queries: list[str]) -> str:
    joined = " OR ".join(queries)
    return f"({joined})" if len(queries) > 1 else joined


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


def has_operators(typed: str) -> bool:
    """Return whether what was typed is more than words."""
    return _OPERATOR.search(typed) is not None


def parse_search(typed: str, *, full_text: bool = True) -> Search | None:
    """Read what was typed, None where that is nothing; without a full-text table every term is literal."""
    typed = typed.strip()
    if not typed:
        return None
    groups: list[list[Term]] = []
    without: list[Term] = []
    joins = False
    for piece in _pieces(typed):
        if piece is None:
            joins = bool(groups)
            continue
        term = _term(piece, full_text=full_text)
        if piece.is_excluded:
            without.append(term)
        elif joins:
            groups[-1].append(term)
        else:
            groups.append([term])
        joins = False
    if not groups and not without:  # signs alone, or operators with nothing to join
        return Search(((_literal(typed.strip('"').strip() or typed, full_text=full_text),),))
    return Search(tuple(map(tuple, groups)), tuple(without))


def phrase_search(term: str, *, full_text: bool = True) -> Search | None:
    """Read a term of the vocabulary: its words as a phrase, whatever signs it holds; None where it is blank."""
    plain = " ".join(term.replace('"', " ").replace("\0", " ").split())
    if not plain:
        return None
    return Search(((_term(_Piece(plain, is_phrase=True, is_excluded=False), full_text=full_text),),))


def _pieces(typed: str) -> list[_Piece | None]:
    """Split what was typed; None stands for ``OR``, and what holds nothing to look for is left out."""
    pieces: list[_Piece | None] = []
    negates = False
    for found in _PIECE.finditer(typed):
        word, is_excluded = (found["word"] or "").strip("()"), bool(found["minus"]) or negates
        text = found["phrase"] if found["phrase"] is not None else word
        if found["phrase"] is None and word in ("AND", "OR", "NOT"):
            negates = word == "NOT"
            pieces += [None] if word == "OR" else []
        elif any(character.isalnum() for character in text) or _RUN.search(text):
            pieces.append(_Piece(text.strip(), found["phrase"] is not None, is_excluded))
            negates = False
    return pieces


def _term(piece: _Piece, *, full_text: bool) -> Term:
    begins = not piece.is_phrase and piece.text.endswith("*")
    text = piece.text.rstrip("*") if begins else piece.text
    if _RUN.search(text) or not any(character.isalnum() for character in text):
        return _literal(text, full_text=full_text)
    begins = begins and len(text) >= _LEAST_LETTERS
    if not full_text:
        end = "" if begins else r"(?!\w)"
        return Term(literal=re.compile(rf"(?<!\w){re.escape(text)}{end}", re.IGNORECASE))
    # Quoted, so that nothing typed is ever read as an operator of the query language.
    return Term(match=f'"{text}" *' if begins else f'"{text}"')


def _literal(text: str, *, full_text: bool) -> Term:
    pattern = re.compile(re.escape(text), re.IGNORECASE)
    return Term(literal=pattern, candidates=candidates_of(text) if full_text else None)
