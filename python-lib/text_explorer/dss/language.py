"""The language of each text of a dataset: by the form, by a column, or by the text itself."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Optional, Protocol

import pandas as pd

from text_explorer.corpus.cells import text_of
from text_explorer.corpus.languages import AUTO
from text_explorer.corpus.text_languages import SAMPLE_DOCUMENTS, DocumentText, TextLanguages, main_language
from text_explorer.dss.datasets import InputDataset


class LanguageSettings(Protocol):
    """The settings every recipe on texts has."""

    text_column: str
    language: str
    language_column: Optional[str]


def text_languages(documents: InputDataset, settings: LanguageSettings) -> TextLanguages:
    """Prepare to tell the language of each text, by a look at the first ones where the form leaves it open."""
    if settings.language != AUTO:
        return TextLanguages(settings.language, detect=False)
    texts = (text for text in documents.texts(settings.text_column) if text is not None)
    return TextLanguages(main_language(itertools.islice(texts, SAMPLE_DOCUMENTS)), detect=True)


def texts_in_languages(
    chunk: pd.DataFrame, settings: LanguageSettings, languages: TextLanguages
) -> Iterator[DocumentText]:
    """Yield the text of each row with its language."""
    codes = [None] * len(chunk) if settings.language_column is None else chunk[settings.language_column]
    for cell, code in zip(chunk[settings.text_column], codes):
        yield languages.with_language(text_of(cell), text_of(code))


def text_columns(settings: LanguageSettings) -> list[str]:
    """Give the columns to read for the texts and their languages."""
    return list(dict.fromkeys(filter(None, [settings.text_column, settings.language_column])))
