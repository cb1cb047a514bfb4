"""Summaries of one document by several methods, computed when they are asked for and compared side by side."""

from __future__ import annotations

from typing import Any

from text_explorer.corpus.language.document_languages import DocumentText, main_language
from text_explorer.corpus.words.languages import language_name
from text_explorer.explorer.index.reader import IndexReader, read_fact
from text_explorer.explorer.shared.errors import no_document
from text_explorer.summaries.sentences import settings as names
from text_explorer.summaries.sentences.settings import METHOD_NAMES, SummarySettings, TextSettings
from text_explorer.summaries.summarize import summarize_text

METHODS = (names.LEXRANK, names.CENTROID, names.TEXTRANK, names.LSA, names.LUHN, names.KL, names.LEAD)
"""Without those that need words of the reader or draw at random; the first sentences are what all must surpass."""

LONGEST_SUMMARIZED = 60_000
"""Characters from the beginning of a text, so that an answer takes a second or two."""

MOST_SENTENCES = 10


def summaries_by_method(text: str, language: str | None, n_sentences: int) -> dict[str, Any]:
    """Summarize a text by each of the `METHODS`.

    Parameters
    ----------
    language
        Code of the language, detected where it is None.
    n_sentences
        Length of each summary.

    Returns
    -------
    dict
        ``methods``, each with ``id``, ``name`` and its ``sentences`` in the order of the text, with ``text``, ``start``
        and ``end`` in code points, and ``n_methods`` that chose it too; ``language`` by name; ``is_cut`` where only
        the beginning of the text was read.
    """
    read = text[:LONGEST_SUMMARIZED]
    code = language or main_language([read])
    document, words = DocumentText(read, code), TextSettings()
    chosen: dict[str, list[tuple[int, int]]] = {}
    for method in METHODS:
        summary = summarize_text(document, words, SummarySettings(method=method, budget=n_sentences))
        chosen[method] = sorted((sentence.start, sentence.end) for sentence in summary.chosen)
    everything = [span for spans in chosen.values() for span in spans]
    return {
        "language": language_name(code),
        "is_cut": len(text) > LONGEST_SUMMARIZED,
        "methods": [
            {
                "id": method,
                "name": METHOD_NAMES[method],
                "sentences": [
                    {
                        "start": start,
                        "end": end,
                        "text": " ".join(read[start:end].split()),
                        "n_methods": everything.count((start, end)),
                    }
                    for start, end in spans
                ],
            }
            for method, spans in chosen.items()
        ],
    }


def text_and_language(index: IndexReader, row: int) -> tuple[str, str | None]:
    """Return the text of a document, as far as it is summarized, and the language of the model, None if not known.

    Raises `NotFoundError` when there is no such row.
    """
    length = LONGEST_SUMMARIZED + 1
    found = index.rows([row], f"substr(text, 1, {length}) AS text").get(row)
    if found is None:
        raise no_document(row)
    return found["text"], (read_fact(index.connection, "model") or {}).get("language")
