"""Summarize one text, or the texts of a group, by a selection of its sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Optional

import numpy as np

from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.summaries.cutting import cut_to_budget, split_overlong
from text_explorer.summaries.joining import join_sentences
from text_explorer.summaries.methods import rank_sentences, settings_with_query
from text_explorer.summaries.selection import exceeds_budget, has_sentence, is_within_budget, scaled, select
from text_explorer.summaries.sentences.columns import (
    STATUS_CUT,
    STATUS_EMPTY,
    STATUS_ERROR,
    STATUS_FRAGMENTS,
    STATUS_NO_WORD,
    STATUS_OK,
    STATUS_SHORT,
)
from text_explorer.summaries.sentences.document import Document, read_document, sentence_spans
from text_explorer.summaries.sentences.settings import (
    BASELINES,
    LEAD,
    POSITION,
    SummarySettings,
    TextSettings,
)


class ChosenSentence(NamedTuple):
    """A sentence of a summary: its index and position, its score by the method, and its order of choice from 1."""

    sentence_index: int
    source: int
    start: int
    end: int
    score: float
    rank: int


@dataclass(frozen=True)
class Summary:
    """A summary, None without text, its sentences in its own order, and all sentences with their scores.

    The status is one of `text_explorer.summaries.sentences.columns`.
    """

    text: Optional[str]
    chosen: tuple[ChosenSentence, ...]
    status: str
    document: Document
    scores: np.ndarray


def summarize_text(document: DocumentText, words: TextSettings, settings: SummarySettings) -> Summary:
    """Summarize a text by at least one of its sentences, if it has any.

    One within the budget is returned unchanged, but for what is no prose, as headers and quotations of mails.
    """
    summary = summarize_texts([document], words, settings, are_group=False)
    if summary.status != STATUS_SHORT:
        return summary
    n_written = len(sentence_spans(document.text or "", document.language, words))
    return replace(summary, text=document.text) if n_written == summary.document.n_sentences else summary


def summarize_texts(
    texts: Sequence[DocumentText], words: TextSettings, settings: SummarySettings, *, are_group: bool = True
) -> Summary:
    """Summarize texts together, in the order of their sentences in the summary; a group never repeats itself."""
    original = read_document(texts, words)
    if original.n_sentences == 0:
        return Summary(None, (), STATUS_EMPTY, original, np.empty(0))
    document = original if settings.follows_sumy else split_overlong(original, settings)
    is_short = is_within_budget(document, settings)
    document = original if is_short else document
    has_words = document.counts.shape[1] > 0
    settings = settings_with_query(document, settings)
    drop_duplicates = are_group or (settings.redundancy > 0 and settings.method not in BASELINES)
    settings = settings if has_words else replace(settings, method=LEAD)
    scores = rank_sentences(document, settings)
    if is_short and len(texts) == 1:
        # The summary is the text itself: all sentences, in their order.
        picked = np.argsort(-scaled(scores), kind="stable").tolist()
        settings = replace(settings, order=POSITION)
    else:
        picked = select(document, scores, settings, drop_duplicates=drop_duplicates, keep_fragments=is_short)
        if exceeds_budget(document, picked[0], settings):
            document, scores = cut_to_budget(document, scores, picked[0], settings)
    if is_short:
        status = STATUS_SHORT
    else:
        status = _status(document, picked, original, settings) if has_words else STATUS_NO_WORD
    chosen = _in_order(document, scores, picked, settings.order)
    text = join_sentences([document.shown_text_of(sentence.sentence_index) for sentence in chosen])
    return Summary(text, chosen, status, document, scores)


def failed_summary(words: TextSettings) -> Summary:
    """Return the placeholder for a summary that failed."""
    return Summary(None, (), STATUS_ERROR, Document((), (), (), words), np.empty(0))


def _status(document: Document, picked: list[int], original: Document, settings: SummarySettings) -> str:
    """Return the status of a summary chosen from a text that has content words and exceeds the budget."""
    written = {sentence[:3] for sentence in original.sentences}
    if any(document.sentences[index][:3] not in written for index in picked):
        return STATUS_CUT
    return STATUS_OK if has_sentence(document, picked, settings) else STATUS_FRAGMENTS


def _in_order(document: Document, scores: np.ndarray, picked: list[int], order: str) -> tuple[ChosenSentence, ...]:
    chosen = [
        ChosenSentence(index, *document.sentences[index][:3], significant(scores[index]), rank)
        for rank, index in enumerate(picked, start=1)
    ]
    return tuple(sorted(chosen) if order == POSITION else chosen)


def significant(score: float) -> float:
    """Round a score to six significant digits; further ones are noise and differ between machines."""
    return float(f"{score:.6g}")
