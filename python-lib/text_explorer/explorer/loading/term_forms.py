"""Find which words of the documents were counted as which term, where words were reduced to stems or lemmas.

The search knows words as the full-text index does: in small letters, without accents. They are reduced as the main
language of the texts has it, so forms in other languages, and lemmas that depend on an accent, may be missing.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from text_explorer.corpus.language.document_languages import FALLBACK
from text_explorer.corpus.language.stems import reducer
from text_explorer.corpus.words.preparation import LEMMA, STEM, Preparation
from text_explorer.errors import DataError
from text_explorer.explorer.loading.rows import IndexWriter
from text_explorer.explorer.shared.cells import as_object, as_text
from text_explorer.explorer.shared.search_syntax import fold
from text_explorer.topics.storage.manifest import LARGEST_VOCABULARY, VOCABULARY, parse_file, parse_stems

_ALL_WORDS = "CREATE VIRTUAL TABLE temp.indexed_words USING fts5vocab('main', 'documents_text', 'row')"


def read_term_forms(writer: IndexWriter) -> None:
    """Note the words of the documents for each term; they must all be in the full-text index."""
    if not writer.full_text:
        return
    manifest = as_object(writer.source.manifest())
    normal_form = as_object(manifest.get("preparation")).get("normal_form")
    if normal_form not in (STEM, LEMMA):
        return
    language = as_text(as_object(manifest.get("languages")).get("main")) or FALLBACK
    reduce = reducer(language, Preparation(normal_form=normal_form))
    forms = _forms(writer.connection, reduce, _terms_by_reduced(writer, normal_form))
    writer.connection.executemany("INSERT INTO term_forms VALUES (?, ?)", forms)


def _terms_by_reduced(writer: IndexWriter, normal_form: str) -> Mapping[str, list[str]]:
    """Return the terms that a reduced word stands for, without case and accents."""
    found: dict[str, list[str]] = defaultdict(list)
    for reduced, term in _reduced_and_terms(writer, normal_form):
        found[fold(reduced)].append(term)
    return found


def _reduced_and_terms(writer: IndexWriter, normal_form: str) -> Iterator[tuple[str, str]]:
    if normal_form == LEMMA:
        for (term,) in writer.connection.execute("SELECT term FROM vocabulary"):
            yield from ((word, word) for word in term.split(" "))
        return
    try:
        content = writer.source.model_file(VOCABULARY)
        stems = parse_stems(parse_file(VOCABULARY, content, most_bytes=LARGEST_VOCABULARY))
    except DataError as fault:
        writer.notes.append(f"Searches find only the exact form of a term. {fault}")
        return
    yield from stems.items()


def _forms(
    connection: sqlite3.Connection, reduce: Callable[[str], str], terms: Mapping[str, list[str]]
) -> Iterator[tuple[str, str]]:
    connection.execute(_ALL_WORDS)
    for (word,) in connection.execute("SELECT term FROM temp.indexed_words"):
        for term in dict.fromkeys(terms.get(fold(reduce(word)), ())):
            if word != fold(term):
                yield term, word
