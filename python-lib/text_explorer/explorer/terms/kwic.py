"""Keyword in context: a term where it stands in the documents, one line for each document.

One line, the first place, for each document makes the number of lines known before any text is read, so that a page of
them costs the same among a million documents as among ten. Text is given in its own order, never turned around: which
side is left and which is right is for the page to decide.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice, product
from typing import Any

import numpy as np

from text_explorer.explorer.documents.excerpts import matches
from text_explorer.explorer.documents.listing import titles_of
from text_explorer.explorer.documents.search import has_full_text, rows_found, search_of
from text_explorer.explorer.documents.selection import Selection, selected_rows
from text_explorer.explorer.index.reader import IndexReader
from text_explorer.explorer.shared import roles
from text_explorer.explorer.shared.parameters import Page
from text_explorer.explorer.shared.search_syntax import Search, Term, has_operators, phrase_search

PAGE_SIZE = 25
CONTEXT = 60
"""Characters of context on each side."""

# Three words of many forms each would make more phrases than a reader waits for; the first ones are the shortest.
MOST_PHRASES = 200
_SPACES = re.compile(r"\s+")
# White space is counted once, so more characters than are shown are looked at.
_LOOKED_AT = 4 * CONTEXT


def keyword_in_context(index: IndexReader, term: str, selection: Selection, page: Page) -> dict[str, Any]:
    """Return a page of ``PAGE_SIZE`` lines of a term in the selected documents.

    Returns
    -------
    dict
        ``total`` counts documents; each of the ``lines`` has ``left``, ``match`` and ``right`` of the first place in a
        document, and ``n``, the number of places in it.
    """
    search = search_of_term(index, term)
    rows, selected = rows_found(index, search), selected_rows(index, selection)
    if selected is not None:
        rows = rows[np.isin(rows, selected, assume_unique=True)]
    return {**page.of(len(rows)), "lines": _lines(index, rows[page.stretch].tolist(), search)}


def search_of_term(index: IndexReader, term: str) -> Search:
    """Read a term, of the vocabulary or any other word, in the way this index can look it up.

    It is looked up by all words that were counted as it, as it stands where words have no spaces. A term of several
    words, such as *new york*, is looked up as a phrase, its words with all their forms. What holds operators of the
    search is read as such.
    """
    if has_operators(term) and (typed := search_of(index, term)) is not None:
        return typed
    usual = phrase_search(term, full_text=has_full_text(index))
    plain = " ".join(term.replace('"', " ").split()) or term
    if usual is None or usual.match is None:
        candidates = usual.terms[0].candidates if usual else None
        pattern = _literal(plain, words_have_spaces=_has_spaces(plain))
        return Search(((Term(literal=pattern, candidates=candidates),),))
    forms = [forms_of(index, word) for word in plain.split(" ")]
    phrases = islice(product(*forms), MOST_PHRASES)
    return Search((tuple(Term(match=f'"{" ".join(words)}"') for words in phrases),))


def forms_of(index: IndexReader, word: str) -> list[str]:
    """Return the words of the documents that were counted as a term, the term itself first."""
    found = index.connection.execute("SELECT form FROM term_forms WHERE term = ? ORDER BY length(form), form", (word,))
    return list(dict.fromkeys([word, *(row["form"] for row in found)]))


def _has_spaces(term: str) -> bool:
    """Return whether a term is in a script whose words can be looked up by themselves."""
    found = phrase_search(term)
    return found is not None and found.match is not None


def _literal(term: str, *, words_have_spaces: bool) -> re.Pattern[str]:
    """Compile the pattern of a term: the words of a phrase may touch where a script has no spaces."""
    between = r"\s+" if words_have_spaces else r"\s*"
    pattern = between.join(map(re.escape, term.split(" ")))
    return re.compile(rf"(?<!\w){pattern}(?!\w)" if words_have_spaces else pattern, re.IGNORECASE)


def _lines(index: IndexReader, rows: list[int], search: Search) -> list[dict[str, Any]]:
    documents = index.rows(rows, f"key, substr(text, 1, {roles.MAX_TEXT}) AS text")
    titles = titles_of(index, rows)
    places = matches({row: documents[row]["text"] for row in rows}, search)
    return [
        {
            "row": row,
            "key": documents[row]["key"],
            "title": titles.get(row),
            "topic": index.topic_of(row),
            **context(documents[row]["text"], places[row]),
            "n": len(places[row]),
        }
        for row in rows
    ]


def context(text: str, places: list[list[int]]) -> dict[str, str]:
    """Cut the first of some places out of a text, with what stands before and after it, cut at words.

    Of no place, as where it lies beyond what is shown of a text, the beginning of the text is given. White space is
    given as single spaces, and an ellipsis where something is left out.
    """
    start, end = places[0] if places else (0, 0)
    before, after = text[max(start - _LOOKED_AT, 0) : start], text[end : end + _LOOKED_AT]
    return {
        "left": _end_of(_SPACES.sub(" ", before).lstrip(), is_whole=start <= _LOOKED_AT),
        "match": _SPACES.sub(" ", text[start:end]),
        "right": _beginning_of(_SPACES.sub(" ", after).rstrip(), is_whole=len(text) - end <= _LOOKED_AT),
    }


def _beginning_of(line: str, *, is_whole: bool) -> str:
    """Cut a line after a word, or where there is none between characters that can stand alone."""
    if is_whole and len(line) <= CONTEXT:
        return line
    cut = line[:CONTEXT]
    if line[CONTEXT : CONTEXT + 1] not in ("", " "):
        head, space, _ = cut.rpartition(" ")
        cut = head if space and len(head) > CONTEXT // 2 else cut
        while line[len(cut) : len(cut) + 1] and unicodedata.combining(line[len(cut)]):
            cut = line[: len(cut) + 1]
    return cut.rstrip(" ") + "…"


def _end_of(line: str, *, is_whole: bool) -> str:
    """Cut a line before a word; see `_beginning_of`."""
    if is_whole and len(line) <= CONTEXT:
        return line
    cut = line[-CONTEXT:]
    if line[-CONTEXT - 1 : -CONTEXT] not in ("", " "):
        _, space, tail = cut.partition(" ")
        cut = tail if space and len(tail) > CONTEXT // 2 else cut
        while cut and unicodedata.combining(cut[0]):
            cut = cut[1:]
    return "…" + cut.lstrip(" ")
