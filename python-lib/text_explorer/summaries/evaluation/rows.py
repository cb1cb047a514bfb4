"""Measure the summary of a row, and beside it the first and random sentences of its text at the same length."""

from __future__ import annotations

import hashlib
import logging
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Optional

import numpy as np

from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.words.blank_texts import is_blank
from text_explorer.summaries.evaluation import columns
from text_explorer.summaries.evaluation.reference_free import measure_by_text, profile_text
from text_explorer.summaries.evaluation.rouge import VARIANTS, rouge_scores
from text_explorer.summaries.evaluation.rouge_words import has_rouge_word, is_read_as_english, rouge_words
from text_explorer.summaries.evaluation.systems import (
    Extract,
    Length,
    lead_baseline,
    plain_text,
    random_baseline,
    read_summary,
    sentences_of,
    written_sentences,
)
from text_explorer.summaries.sentences.document import Document, read_document
from text_explorer.summaries.sentences.settings import TextSettings

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class EvaluationSettings:
    """How summaries are measured.

    Attributes
    ----------
    stem
        Whether ROUGE counts the forms of a word as one.
    with_references
        Whether there are columns of references.
    seed
        Start of the draws of random sentences and of the bootstrap.
    words
        How texts are cut, and which words have no content.
    """

    stem: bool = True
    with_references: bool = True
    seed: int = 0
    words: TextSettings = field(default_factory=TextSettings)


class EvaluatedRow(NamedTuple):
    """What a row is judged by.

    Attributes
    ----------
    text, language
        The text, None where it is missing, and its language, which is that of the summary and the references too.
    summary
        None where there is none.
    references
        Those the row has; one without a word counts as none.
    """

    text: Optional[str]
    language: str
    summary: Optional[str]
    references: tuple[str, ...]


class RowEvaluation(NamedTuple):
    """What is found of a row.

    Attributes
    ----------
    status
        One of ``evaluation_columns.STATUSES``.
    n_references
        Number of its references with a word.
    text_size, summary_size
        Words and sentences; None where they were not counted.
    length
        Length of the baselines, if there are any.
    figures
        float64 array of shape (n_systems, n_measures), in the order of ``evaluation_columns.SYSTEMS`` and of
        ``evaluation_columns.measures``; NaN where there is no figure.
    """

    status: str
    n_references: int
    text_size: tuple[Optional[int], Optional[int]]
    summary_size: tuple[Optional[int], Optional[int]]
    length: Optional[Length]
    figures: np.ndarray


_UNKNOWN_SIZE = (None, None)


def evaluate_rows(
    rows: Iterable[EvaluatedRow], settings: EvaluationSettings, *, first_row: int = 0
) -> Iterator[RowEvaluation]:
    """Evaluate rows one by one; one that cannot be evaluated gets a status and a line in the log.

    Parameters
    ----------
    rows
        Consecutive rows.
    settings
        How they are measured.
    first_row
        Number of the first row, for the log.
    """
    for number, row in enumerate(rows, start=first_row):
        try:
            yield evaluate_row(row, settings)
        except Exception as error:  # noqa: BLE001 - one bad row must not cost the others their figures
            logger.warning("row %s could not be evaluated (%s)", number, type(error).__name__)
            yield _without_figures(columns.STATUS_ERROR, row, settings)


def evaluate_row(row: EvaluatedRow, settings: EvaluationSettings) -> RowEvaluation:
    """Measure the summary of a row and the baselines.

    Parameters
    ----------
    row
        A text, its summary and references; each may be missing.
    settings
        How they are measured.
    """
    row = row._replace(references=_with_words(row, settings))
    document = read_document([DocumentText(row.text, row.language)], settings.words)
    summary, length = read_summary(row.summary or "", document)
    if summary.n_words == 0:
        return _without_figures(columns.STATUS_NO_SUMMARY, row, settings)
    if document.n_sentences == 0:
        return _by_references_alone(summary, row, settings)
    systems = (summary, lead_baseline(document, length), random_baseline(document, length, settings.seed))
    status = columns.STATUS_OK
    if settings.with_references and not row.references:
        status = columns.STATUS_NO_REFERENCE
    return RowEvaluation(
        status,
        len(row.references),
        _size(sentences_of(document, range(document.n_sentences))),
        _size(summary),
        length,
        _figures(systems, document, row, settings),
    )


def row_key(row: EvaluatedRow) -> int:
    """Give a number of 64 bits that hangs on the content of a row alone, by which rows are put in order."""
    digest = hashlib.blake2b(digest_size=8)
    for part in (row.language, row.text, row.summary, *row.references):
        encoded = b"" if part is None else part.encode("utf-8", "surrogatepass")
        digest.update(f"{-1 if part is None else len(encoded)}:".encode())
        digest.update(encoded)
    return int.from_bytes(digest.digest(), "big")


def _with_words(row: EvaluatedRow, settings: EvaluationSettings) -> tuple[str, ...]:
    """Give the references that have a word: the others would score 0 whatever the summary."""
    strip_html = settings.words.preparation.strip_html
    as_english = _is_read_as_english(row)
    return tuple(
        reference
        for reference in row.references
        # ROUGE would read the entity &nbsp; of an empty field as a word.
        if not is_blank(reference, strip_html=strip_html)
        and has_rouge_word(plain_text(reference, settings.words), row.language, as_english=as_english)
    )


def _is_read_as_english(row: EvaluatedRow) -> bool:
    return is_read_as_english([row.summary or "", *row.references], row.language)


def _without_figures(status: str, row: EvaluatedRow, settings: EvaluationSettings) -> RowEvaluation:
    n_measures = len(columns.measures(with_references=settings.with_references))
    figures = np.full((len(columns.SYSTEMS), n_measures), math.nan)
    return RowEvaluation(status, len(row.references), _UNKNOWN_SIZE, _UNKNOWN_SIZE, None, figures)


def _by_references_alone(summary: Extract, row: EvaluatedRow, settings: EvaluationSettings) -> RowEvaluation:
    """Measure a summary whose text is not there."""
    empty = _without_figures(columns.STATUS_EMPTY, row, settings)
    if row.references:
        scores = _rouge_figures([summary.texts], row, settings)
        empty.figures[0, : len(columns.ROUGE_MEASURES)] = scores[0]
    return empty._replace(summary_size=_size(summary))


def _figures(
    systems: Sequence[Extract], document: Document, row: EvaluatedRow, settings: EvaluationSettings
) -> np.ndarray:
    profile = profile_text(document)
    by_text = [measure_by_text(system, profile) for system in systems]
    figures = np.array([[found[measure.name] for measure in columns.TEXT_MEASURES] for found in by_text])
    if not settings.with_references:
        return figures
    if row.references:
        by_references = _rouge_figures([system.texts for system in systems], row, settings)
    else:
        by_references = np.full((len(systems), len(columns.ROUGE_MEASURES)), math.nan)
    return np.hstack([by_references, figures])


def _rouge_figures(summaries: Sequence[Sequence[str]], row: EvaluatedRow, settings: EvaluationSettings) -> np.ndarray:
    """Score summaries, given by their sentences, by the references of a row; shape (n_summaries, n_measures)."""
    as_english = _is_read_as_english(row)
    references = [written_sentences(reference, row.language, settings.words) for reference in row.references]
    words = [
        rouge_words(sentences, row.language, as_english=as_english, stem=settings.stem)
        for sentences in (*summaries, *references)
    ]
    scores = rouge_scores(words[: len(summaries)], words[len(summaries) :])
    return np.array([[part for variant in VARIANTS for part in score[variant]] for score in scores])


def _size(extract: Extract) -> tuple[int, int]:
    return extract.n_words, len(extract.sentences)
