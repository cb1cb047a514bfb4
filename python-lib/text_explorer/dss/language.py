"""The language of the texts of a dataset, as the form says or as a sample of the rows shows."""

from __future__ import annotations

import itertools

from text_explorer.corpus.languages import AUTO, SAMPLE_DOCUMENTS, detect_language
from text_explorer.dss.datasets import InputDataset


def language_of(documents: InputDataset, text_column: str, chosen: str) -> str:
    """Give the code of the language.

    Parameters
    ----------
    documents
        Dataset whose first texts are looked at where the language is to be detected.
    text_column
        Column of the texts.
    chosen
        A language code, or ``auto``.
    """
    if chosen != AUTO:
        return chosen
    texts = (text for text in documents.texts(text_column) if text is not None)
    return detect_language(itertools.islice(texts, SAMPLE_DOCUMENTS))
