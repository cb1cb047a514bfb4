"""Evaluate the summary of a row, and as baselines the first and random sentences of its text at the same length."""

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
from text_explorer.errors import caught
from text_explorer.summaries.evaluation import columns
from text_explorer.summaries.evaluation.reference_free import measure_by_text, profile_text
from text_explorer.summaries.evaluation.rouge import VARIANTS, rouge_scores
from text_explorer.summaries.evaluation.rouge_words import has_rouge_word, is_read_as_english, rouge_words
from text_explorer.summaries.evaluation.systems import (
    Extract,
    Length,
    lead_baseline,
    random_baseline,
    read_summary,
    sentences_of,
    written_sentences,
)
from text_explorer.summaries.sentences.document import Document, plain_text, read_document
from text_explorer.summaries.sentences.settings import TextSettings

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class EvaluationSettings:
    """How summaries are evaluated; the seed is that of the random sentences and of the bootstrap."""

    stem: bool = True
    with_references: bool = True
    seed: int = 0
    words: TextSettings = field(default_factory=TextSettings)


class EvaluatedRow(NamedTuple):
    """A text and its summary, each None where it is missing, and its references, all in one language."""

    text: Optional[str]
    language: str
    summary: Optional[str]
    references: tuple[str, ...]


class RowEvaluation(NamedTuple):
    """The evaluation of a row.

    References count if they have a word. Sizes are numbers of words and sentences, None where they were not counted.
    `values` is float64 of shape (n_systems, n_measures), in the order of ``columns.SYSTEMS`` and of
    ``columns.measures``; NaN where a measure is undefined.
    """

    status: str
    n_references: int
    text_size: tuple[Optional[int], Optional[int]]
    summary_size: tuple[Optional[int], Optional[int]]
    length: Optional[Length]
    values: np.ndarray


_UNKNOWN_SIZE = (None, None)


def evaluate_rows(
    rows: Iterable[EvaluatedRow], settings: EvaluationSettings, *, first_row: int = 0
) -> Iterator[RowEvaluation]:
    """Evaluate rows one by one; one that fails gets an error status and a line in the log, with its number."""
    for number, row in enumerate(rows, start=first_row):
        with caught() as fault:
            evaluation = evaluate_row(row, settings)
        if fault.error is not None:
            logger.warning("row %s could not be evaluated (%s)", number, type(fault.error).__name__)
            evaluation = _undefined(columns.STATUS_ERROR, row, settings)
        yield evaluation


def evaluate_row(row: EvaluatedRow, settings: EvaluationSettings) -> RowEvaluation:
    """Evaluate the summary of a row and the baselines."""
    row = row._replace(references=_with_words(row, settings))
    document = read_document([DocumentText(row.text, row.language)], settings.words)
    summary, length = read_summary(row.summary or "", document)
    if summary.n_words == 0:
        return _undefined(columns.STATUS_NO_SUMMARY, row, settings)
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
        _values(systems, document, row, settings),
    )


def row_key(row: EvaluatedRow) -> int:
    """Return a 64-bit hash of the content of a row, by which rows are sorted."""
    digest = hashlib.blake2b(digest_size=8)
    for part in (row.language, row.text, row.summary, *row.references):
        encoded = b"" if part is None else part.encode("utf-8", "surrogatepass")
        digest.update(f"{-1 if part is None else len(encoded)}:".encode())
        digest.update(encoded)
    return int.from_bytes(digest.digest(), "big")


def _with_words(row: EvaluatedRow, settings: EvaluationSettings) -> tuple[str, ...]:
    """Return the references that have a word: the others would score 0 for any summary."""
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


def _undefined(status: str, row: EvaluatedRow, settings: EvaluationSettings) -> RowEvaluation:
    n_measures = len(columns.measures(with_references=settings.with_references))
    values = np.full((len(columns.SYSTEMS), n_measures), math.nan)
    return RowEvaluation(status, len(row.references), _UNKNOWN_SIZE, _UNKNOWN_SIZE, None, values)


def _by_references_alone(summary: Extract, row: EvaluatedRow, settings: EvaluationSettings) -> RowEvaluation:
    """Evaluate a summary without its text."""
    empty = _undefined(columns.STATUS_EMPTY, row, settings)
    if row.references:
        scores = _rouge_values([summary.texts], row, settings)
        empty.values[0, : len(columns.ROUGE_MEASURES)] = scores[0]
    return empty._replace(summary_size=_size(summary))


def _values(
    systems: Sequence[Extract], document: Document, row: EvaluatedRow, settings: EvaluationSettings
) -> np.ndarray:
    profile = profile_text(document)
    by_text = [measure_by_text(system, profile) for system in systems]
    values = np.array([[found[measure.name] for measure in columns.TEXT_MEASURES] for found in by_text])
    if not settings.with_references:
        return values
    if row.references:
        by_references = _rouge_values([system.texts for system in systems], row, settings)
    else:
        by_references = np.full((len(systems), len(columns.ROUGE_MEASURES)), math.nan)
    return np.hstack([by_references, values])


def _rouge_values(summaries: Sequence[Sequence[str]], row: EvaluatedRow, settings: EvaluationSettings) -> np.ndarray:
    """Compute ROUGE of summaries, each a list of sentences; shape (n_summaries, n_measures)."""
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
