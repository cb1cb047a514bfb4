"""Read the texts of a dataset with their languages: from the form, from a column, or detected."""

from __future__ import annotations

import itertools
import logging
from dataclasses import replace
from typing import TypeVar

from text_explorer.cells import is_placeholder
from text_explorer.corpus.boilerplate import find_repeated_lines
from text_explorer.corpus.language.document_languages import (
    SAMPLE_DOCUMENTS,
    TextLanguages,
    main_language,
)
from text_explorer.corpus.words.languages import AUTO, language_name
from text_explorer.dss.forms.shared import CorpusSettings, ReadingSettings
from text_explorer.dss.io.datasets import InputDataset

logger = logging.getLogger(__name__)

Corpus = TypeVar("Corpus", bound=CorpusSettings)


def text_languages(documents: InputDataset, settings: ReadingSettings) -> TextLanguages:
    """Return the language of every text as the form sets it, or else a detector for each text."""
    empty = settings.placeholders_as_empty
    if settings.language != AUTO:
        return TextLanguages(settings.language, detect=False, placeholders_as_empty=empty)
    texts = (text for text in documents.texts(settings.text_column) if text and not (empty and is_placeholder(text)))
    main = main_language(itertools.islice(texts, SAMPLE_DOCUMENTS))
    return TextLanguages(main, detect=True, placeholders_as_empty=empty)


def without_repeated_lines(documents: InputDataset, settings: Corpus) -> Corpus:
    """Read the texts for the lines that repeat, unless switched off, and return settings that leave them out."""
    if not settings.ignore_boilerplate:
        return settings
    found = find_repeated_lines(documents.texts(settings.text_column), settings.preparation)
    if found.lines:
        logger.info("%s Switch 'Ignore repeated lines' off to keep them.", found.sentence())
    return replace(settings, preparation=replace(settings.preparation, repeated_lines=found.lines))


def warn_of_useless_texts(
    n_texts: int, n_empty: int, n_without_word: int, column: str, languages: TextLanguages
) -> None:
    """Warn if no text is usable: all are empty, or none has a content word."""
    if n_texts == 0 or n_empty + n_without_word < n_texts:
        return
    if n_without_word == 0:
        logger.warning(
            "all %s texts in the column '%s' are empty: select another 'Text column'", f"{n_texts:,}", column
        )
        return
    logger.warning(
        "none of the %s texts in the column '%s', read as %s, has a word besides stop words and what the settings "
        "leave out (%s are empty). Select another 'Text column' or 'Language'",
        f"{n_texts:,}", column, language_name(languages.most_frequent()), f"{n_empty:,}",
    )  # fmt: skip
