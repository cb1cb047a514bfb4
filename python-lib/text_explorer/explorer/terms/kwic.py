"""Keyword in context: a term where it stands in the documents, one line for each document.

One line, the first place, for each document makes the number of lines known before any text is read, so that a page of
them costs the same among a million documents as among ten. Text is given in its own order, never turned around: which
side is left and which is right is for the page to decide.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import numpy as np

from text_explorer.explorer.documents.excerpts import matches
from text_explorer.explorer.documents.search import rows_found
from text_explorer.explorer.documents.selection import Selection, selected_rows
from text_explorer.explorer.index.reader import IndexReader
from text_explorer.explorer.shared import roles
from text_explorer.explorer.shared.parameters import Page
from text_explorer.explorer.shared.search_syntax import Search
from text_explorer.explorer.terms.term_matching import search_of_term

PAGE_SIZE = 25
CONTEXT = 60
"""Characters of context on each side."""

_SPACES = re.compile(r"\s+")
# White space is counted once, so more characters than are shown are looked at.
_LOOKED_AT = 4 * CONTEXT


def keyword_in_context(index: IndexReader, term: str, selection: Selection, page: Page) -> dict[str, Any]:
    """Return a page of lines of a term in the selected documents.

    Parameters
    ----------
    index
        The index.
    term
        The term.
    selection
        Filters of the documents.
    page
        Which page, of ``PAGE_SIZE`` lines.

    Returns
    -------
    dict
        ``total`` counts documents; each of the ``lines`` has ``left``, ``match`` and ``right`` of the first place in a
        document, and ``n``, the number of places in it.
    """
    search = search_of_term(index, term)
    rows = _among(index, rows_found(index, search), selected_rows(index, selection))
    shown = rows[page.stretch].tolist()
    return {
        **page.of(len(rows)),
        "lines": _lines(index, shown, search),
    }


def _among(index: IndexReader, rows: np.ndarray, selected: np.ndarray | None) -> np.ndarray:
    """Keep the rows that are selected, in their order."""
    if selected is None:
        return rows
    is_selected = np.zeros(index.documents.n_rows, dtype=np.bool_)
    is_selected[selected] = True
    return rows[is_selected[rows]]


def _lines(index: IndexReader, rows: list[int], search: Search) -> list[dict[str, Any]]:
    holders = ", ".join("?" * len(rows))
    documents = index.connection.execute(
        f"SELECT row, key, substr(text, 1, ?) AS text FROM documents WHERE row IN ({holders}) ORDER BY row",
        [roles.MAX_TEXT, *rows],
    ).fetchall()
    places = matches({document["row"]: document["text"] for document in documents}, search)
    return [
        {
            "row": document["row"],
            "key": document["key"],
            "topic": index.topic_of(document["row"]),
            **context(document["text"], places[document["row"]]),
            "n": len(places[document["row"]]),
        }
        for document in documents
    ]


def context(text: str, places: list[list[int]]) -> dict[str, str]:
    """Cut the first of some places out of a text, with what stands before and after it, cut at words.

    Parameters
    ----------
    text
        The text.
    places
        Pairs of start and end; of none, as where the place lies beyond what is shown of a text, its beginning is given.

    Returns
    -------
    dict
        ``left``, ``match`` and ``right``; white space as single spaces, an ellipsis where something is left out.
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
