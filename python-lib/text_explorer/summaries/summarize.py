"""Summarize one text, or the texts of a group, by their own sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Optional

import numpy as np

from text_explorer.corpus.text_languages import DocumentText
from text_explorer.summaries.columns import STATUS_EMPTY, STATUS_NO_WORD, STATUS_OK, STATUS_SHORT
from text_explorer.summaries.document import Document, read_document
from text_explorer.summaries.ranking import rank_sentences
from text_explorer.summaries.selection import is_within_budget, scaled, select
from text_explorer.summaries.settings import BASELINES, LEAD, POSITION, SummarySettings, TextSettings


class ChosenSentence(NamedTuple):
    """A sentence of a summary.

    Attributes
    ----------
    index
        Its index in the document.
    source, start, end
        Its text among those summarized, and its place there.
    score
        By the method, on a scale of its own.
    rank
        Order of choice, from 1.
    """

    index: int
    source: int
    start: int
    end: int
    score: float
    rank: int


@dataclass(frozen=True)
class Summary:
    """A summary and where it comes from.

    Attributes
    ----------
    text
        None where there is nothing to summarize.
    chosen
        Its sentences, in the order of the summary.
    status
        One of the statuses of `text_explorer.summaries.columns`.
    document
        The sentences it was chosen from.
    scores
        Array of shape (n_sentences,).
    """

    text: Optional[str]
    chosen: tuple[ChosenSentence, ...]
    status: str
    document: Document
    scores: np.ndarray


def summarize_text(document: DocumentText, words: TextSettings, settings: SummarySettings) -> Summary:
    """Summarize a text; one within the budget comes back as it is.

    Parameters
    ----------
    document
        A text with its language.
    words
        How the text is cut.
    settings
        Method, budget, order.

    Returns
    -------
    Summary
        Of one sentence at least, if the text has one.
    """
    drop_duplicates = settings.redundancy > 0 and settings.method not in BASELINES
    summary = summarize_texts([document], words, settings, drop_duplicates=drop_duplicates)
    return replace(summary, text=document.text) if summary.status == STATUS_SHORT else summary


def summarize_texts(
    texts: Sequence[DocumentText], words: TextSettings, settings: SummarySettings, *, drop_duplicates: bool = True
) -> Summary:
    """Summarize several texts together.

    Parameters
    ----------
    texts
        Texts with their languages, in the order in which their sentences shall follow.
    words
        How the texts are cut.
    settings
        Method, budget, order.
    drop_duplicates
        Whether a sentence that repeats a chosen one is left out.

    Returns
    -------
    Summary
    """
    document = read_document(texts, words)
    if document.n_sentences == 0:
        return Summary(None, (), STATUS_EMPTY, document, np.empty(0))
    status = STATUS_OK
    if document.counts.shape[1] == 0:
        status, settings = STATUS_NO_WORD, replace(settings, method=LEAD)
    scores = rank_sentences(document, settings)
    if is_within_budget(document, settings):
        status = STATUS_SHORT
    if status == STATUS_SHORT and len(texts) == 1:
        # The text is given as it is: every sentence, in its place.
        picked = np.argsort(-scaled(scores), kind="stable").tolist()
        settings = replace(settings, order=POSITION)
    else:
        picked = select(document, scores, settings, drop_duplicates=drop_duplicates)
    chosen = _in_order(document, scores, picked, settings.order)
    return Summary(" ".join(document.text_of(sentence.index) for sentence in chosen), chosen, status, document, scores)


def _in_order(document: Document, scores: np.ndarray, picked: list[int], order: str) -> tuple[ChosenSentence, ...]:
    chosen = [
        ChosenSentence(index, *document.sentences[index][:3], significant(scores[index]), rank)
        for rank, index in enumerate(picked, start=1)
    ]
    return tuple(sorted(chosen) if order == POSITION else chosen)


def significant(score: float) -> float:
    """Round a score to six significant digits: what is beyond is noise and differs between machines."""
    return float(f"{score:.6g}")
