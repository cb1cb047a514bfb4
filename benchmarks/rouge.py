"""Measure how fast summaries are evaluated, and ROUGE beside Google's rouge-score on the same pairs.

Texts are generated: words that follow Zipf's law, in sentences of about twenty words; a text of thirty sentences is as
long as a news article. A summary is three of its sentences, a reference three sentences of which half of the words are
others. Seconds are CPU seconds of one process, medians of three; each way has compiled and warmed up before. The
largest difference of any score from that of rouge-score is shown, too.

Run ``python benchmarks/rouge.py`` with rouge-score installed (``tests/requirements.txt``). It prints tables and writes
nothing; ``--quick`` runs a tenth of the rows.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Callable, NamedTuple

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "python-lib"))
from rouge_score.rouge_scorer import RougeScorer  # noqa: E402

from text_explorer.summaries.evaluation.overall import mean_intervals  # noqa: E402
from text_explorer.summaries.evaluation.rouge import VARIANTS, rouge_scores  # noqa: E402
from text_explorer.summaries.evaluation.rouge_words import rouge_words  # noqa: E402
from text_explorer.summaries.evaluation.rows import EvaluatedRow, EvaluationSettings, evaluate_rows  # noqa: E402

REPEATS = 3
WORDS_OF_SENTENCE = 20
SIZES = ((2_000, 30, 3), (200, 300, 30), (20, 1_000, 100))
"""Rows, sentences of a text, sentences of a summary."""

BOOTSTRAPPED = (1_000, 100_000)
THEIRS = ("rouge1", "rouge2", "rougeL", "rougeLsum")


class Pair(NamedTuple):
    """Sentences of a text, of its summary and of a reference."""

    text: list[str]
    summary: list[str]
    reference: list[str]


def generated_pairs(n_rows: int, n_sentences: int, n_chosen: int) -> list[Pair]:
    """Draw texts with a summary and a reference each."""
    generator = np.random.default_rng(0)
    vocabulary = np.array([_made_up_word(number) for number in range(20_000)], dtype=object)
    bounds = np.cumsum(1.0 / np.arange(1, len(vocabulary) + 1))
    bounds /= bounds[-1]

    def words(size: tuple[int, int]) -> np.ndarray:
        return vocabulary[np.searchsorted(bounds, generator.random(size))]

    pairs = []
    for _ in range(n_rows):
        text = words((n_sentences, WORDS_OF_SENTENCE))
        summary = text[np.sort(generator.choice(n_sentences, n_chosen, replace=False))]
        reference = text[np.sort(generator.choice(n_sentences, n_chosen, replace=False))]
        reference = np.where(generator.random(reference.shape) < 0.5, words(reference.shape), reference)
        pairs.append(Pair(*(_written(sentences) for sentences in (text, summary, reference))))
    return pairs


def _made_up_word(number: int) -> str:
    syllables = ("ba", "de", "ki", "lo", "mu", "na", "re", "si", "to", "vu")
    return "".join(syllables[int(digit)] for digit in str(number + 10))


def _written(sentences: np.ndarray) -> list[str]:
    return [" ".join(sentence).capitalize() + "." for sentence in sentences]


def seconds_of(work: Callable[[], Any]) -> tuple[Any, float]:
    """Run some work three times, and return its result and the median of its CPU seconds."""
    seconds = []
    for _ in range(REPEATS):
        start = time.process_time()
        result = work()
        seconds.append(time.process_time() - start)
    return result, statistics.median(seconds)


def ours(pairs: Sequence[Pair]) -> list[list[float]]:
    """Score pairs by our ROUGE, their sentences given."""
    values = []
    for _, *texts in pairs:
        summary, reference = (rouge_words(text, "en", as_english=True, stem=True) for text in texts)
        scores = rouge_scores([summary], [reference])[0]
        values.append([part for variant in VARIANTS for part in scores[variant]])
    return values


def theirs(pairs: Sequence[Pair]) -> list[list[float]]:
    """Score pairs by rouge-score, a sentence a line."""
    scorer = RougeScorer(THEIRS, use_stemmer=True)
    values = []
    for _, summary, reference in pairs:
        scores = scorer.score("\n".join(reference), "\n".join(summary))
        values.append([part for variant in THEIRS for part in scores[variant]])
    return values


def whole(pairs: Sequence[Pair]) -> int:
    """Evaluate rows as the recipe does: sentences, ROUGE, baselines, measures without references."""
    rows = [EvaluatedRow(*_row(pair)) for pair in pairs]
    return sum(found.status == "ok" for found in evaluate_rows(rows, EvaluationSettings()))


def _row(pair: Pair) -> tuple[str, str, str, tuple[str, ...]]:
    text, summary, reference = (" ".join(sentences) for sentences in pair)
    return text, "en", summary, (reference,)


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of the rows")
    share = 10 if parser.parse_args().quick else 1
    ours(generated_pairs(2, 5, 2))
    theirs(generated_pairs(2, 5, 2))
    whole(generated_pairs(2, 5, 2))
    print("| Rows | words of a text | of a summary | rouge-score, rows/s | ours, rows/s | times faster | difference "
          "| whole evaluation, rows/s |\n|---:|---:|---:|---:|---:|---:|---:|---:|")  # fmt: skip
    for n_rows, n_sentences, n_chosen in SIZES:
        pairs = generated_pairs(max(n_rows // share, 2), n_sentences, n_chosen)
        own, own_seconds = seconds_of(lambda: ours(pairs))  # noqa: B023 - called at once
        other, other_seconds = seconds_of(lambda: theirs(pairs))  # noqa: B023
        n_evaluated, whole_seconds = seconds_of(lambda: whole(pairs))  # noqa: B023
        assert n_evaluated == len(pairs)
        difference = np.abs(np.array(own) - np.array(other)).max()
        print(
            f"| {len(pairs):,} | {n_sentences * WORDS_OF_SENTENCE:,} | {n_chosen * WORDS_OF_SENTENCE:,} "
            f"| {len(pairs) / other_seconds:,.0f} | {len(pairs) / own_seconds:,.0f} "
            f"| {other_seconds / own_seconds:.0f} | {difference:.0e} | {len(pairs) / whole_seconds:,.0f} |"
        )
    for n_rows in BOOTSTRAPPED:
        values = np.random.default_rng(1).random((n_rows // share, 5))
        _, seconds = seconds_of(lambda: mean_intervals(values, 0))  # noqa: B023
        print(f"intervals of one measure, {len(values):,} rows: {seconds:.2f} s")


if __name__ == "__main__":
    main()
