"""ROUGE: the overlap of a summary with reference summaries.

Equal to Google's rouge-score, and so to ROUGE-1.5.5, in all four measures, also with several references.

References
----------
C.-Y. Lin (2004). ROUGE: A Package for Automatic Evaluation of Summaries. Text Summarization Branches Out, 74-81.
ROUGE-N is equation 1; ROUGE-L of a text equations 2-4 with beta = 1; ROUGE-Lsum the summary-level one of section 3.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain
from typing import NamedTuple

import numpy as np

from text_explorer.summaries.evaluation._rouge_kernels import common_parts
from text_explorer.summaries.evaluation.rouge_words import SentenceWords

ROUGE_1, ROUGE_2, ROUGE_L, ROUGE_LSUM = "rouge_1", "rouge_2", "rouge_l", "rouge_lsum"
VARIANTS = (ROUGE_1, ROUGE_2, ROUGE_L, ROUGE_LSUM)

MAX_WORDS = 20_000
"""Words read of a summary or reference, some forty pages. The time of the longest common subsequence grows with the
product of the two lengths (a second for two texts of this length), and it needs 50 MB if neither has a full stop."""


class Score(NamedTuple):
    """The fractions of the summary (precision) and of the reference (recall) in common, and their harmonic mean."""

    precision: float
    recall: float
    f1: float


class _EncodedText(NamedTuple):
    """A text as the int32 ids of its words, and the int64 offsets of its sentences."""

    words: np.ndarray
    offsets: np.ndarray


def rouge_scores(summaries: Sequence[SentenceWords], references: Sequence[SentenceWords]) -> list[dict[str, Score]]:
    """Score summaries of one text by one reference or more; each text is given as the words of its sentences.

    For each summary and variant, the score is that of the reference with the highest F1, the first of equals, as in
    rouge-score's ``score_multi``. Words after the first ``MAX_WORDS`` are ignored.
    """
    ids: dict[str, int] = {}
    encoded = [_encode(text, ids) for text in (*references, *summaries)]
    n_references = len(references)
    return [_best_scores(summary, encoded[:n_references], len(ids)) for summary in encoded[n_references:]]


def _encode(sentences: SentenceWords, ids: dict[str, int]) -> _EncodedText:
    ends = list(accumulate((len(words) for words in sentences), initial=0))
    words = [ids.setdefault(word, len(ids)) for word in chain.from_iterable(sentences)]
    offsets = np.minimum(np.array(ends, dtype=np.int64), MAX_WORDS)
    return _EncodedText(np.array(words[:MAX_WORDS], dtype=np.int32), offsets)


def _best_scores(summary: _EncodedText, references: Sequence[_EncodedText], n_words: int) -> dict[str, Score]:
    by_reference = [_scores(summary, reference, n_words) for reference in references]
    return {
        variant: max((scores[number] for scores in by_reference), key=lambda score: score.f1)
        for number, variant in enumerate(VARIANTS)
    }


def _scores(summary: _EncodedText, reference: _EncodedText, n_words: int) -> list[Score]:
    common = common_parts(summary.words, summary.offsets, reference.words, reference.offsets, n_words)
    n, m = len(summary.words), len(reference.words)
    sizes = ((n, m), (n - 1, m - 1), (n, m), (n, m))
    return [_score(hits, *lengths) for hits, lengths in zip(common.tolist(), sizes)]


def _score(hits: int, n_summary: int, n_reference: int) -> Score:
    precision, recall = hits / max(n_summary, 1), hits / max(n_reference, 1)
    total = precision + recall
    return Score(precision, recall, 2 * precision * recall / total if total > 0 else 0.0)
