"""Similarity of sentences to a query."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Optional

import numpy as np

from text_explorer.corpus.language.stems import stemmer
from text_explorer.corpus.words.tokens import tokenize
from text_explorer.summaries.sentences.document import Document
from text_explorer.summaries.sentences.settings import TextSettings
from text_explorer.summaries.sentences.vectors import count_matrix, dense, inverse_document_frequencies


def query_cosines(document: Document, query: str) -> Optional[np.ndarray]:
    """Compute the cosine of each sentence with a query in any language of the document's texts.

    None where no sentence contains a content word of the query.
    """
    terms: Counter[str] = Counter()
    for language in sorted(set(document.languages)):
        # The larger count, not the sum: a word with the same stem in several languages counts once.
        terms |= Counter(_terms(query, document.words, language))
    # The query comes last, so that the columns of the sentences' terms stay the same.
    counts = count_matrix([*(sentence.terms for sentence in document.sentences), list(terms.elements())])
    query_counts = dense(counts[[-1]]).ravel()
    n_terms = document.counts.shape[1]
    weights = query_counts[:n_terms] * inverse_document_frequencies(document.counts)
    length = np.sqrt(weights @ weights)
    return document.vectors @ weights / length if length > 0 else None


@lru_cache(maxsize=64)
def _terms(query: str, words: TextSettings, language: str) -> tuple[str, ...]:
    left_out, stem = words.words_without_content(language), stemmer(language)
    tokens = tokenize(query, words.preparation, language)
    return tuple(stem(token.term) for token in tokens if token.term not in left_out)
