"""Measures of summaries, and names, types and descriptions of the columns 'Evaluate summaries' writes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from text_explorer.columns import Column
from text_explorer.summaries.evaluation.rouge import VARIANTS, Score

SUMMARY, LEAD, RANDOM = "summary", "lead", "random"
SYSTEMS = (SUMMARY, LEAD, RANDOM)
BASELINES = (LEAD, RANDOM)
"""What a summary is compared with, at the same length: the first sentences of the text, and a seeded draw of them."""

STATUS = "evaluation_status"
N_REFERENCES = "n_references"
TEXT_WORDS, TEXT_SENTENCES = "text_n_words", "text_n_sentences"
SUMMARY_WORDS, SUMMARY_SENTENCES = "summary_n_words", "summary_n_sentences"
BASELINE_LENGTH = "baseline_length"

STATUS_OK = "ok"
STATUS_NO_SUMMARY = "no summary"
STATUS_NO_REFERENCE = "no reference"
STATUS_EMPTY = "empty text"
STATUS_ERROR = "error"
STATUSES = (STATUS_OK, STATUS_NO_SUMMARY, STATUS_EMPTY, STATUS_NO_REFERENCE, STATUS_ERROR)

MEASURE, SYSTEM, MEANING = "measure", "system", "meaning"
MEAN, LOW, HIGH = "mean", "ci_low", "ci_high"
DIFFERENCE, DIFFERENCE_LOW, DIFFERENCE_HIGH = "summary_minus_system", "difference_ci_low", "difference_ci_high"
N_ROWS, N_LEFT_OUT, LEFT_OUT = "n_rows", "n_left_out", "left_out"


class Measure(NamedTuple):
    """A figure of a summary: its column, its meaning for the reader of the dataset, why a row may have none, if it may.

    Each row shows the difference to the baselines where the measure `is_compared`.
    """

    name: str
    meaning: str
    undefined: str = ""
    is_compared: bool = False


_PARTS = {
    "precision": "share of the summary that is in the reference",
    "recall": "share of the reference that is in the summary",
    "f1": "harmonic mean of precision and recall, 0 to 1",
}
_COUNTED = dict(
    zip(VARIANTS, ("words", "pairs of words", "longest common subsequence of words", "the same by sentences"))
)
ROUGE_MEASURES = tuple(
    Measure(f"{variant}_{part}", f"ROUGE by {_COUNTED[variant]}: {_PARTS[part]}", is_compared=part == "f1")
    for variant in VARIANTS
    for part in Score._fields
)

COMPRESSION_WORDS, COMPRESSION_SENTENCES = "compression_words", "compression_sentences"
TERM_COVERAGE, TFIDF_COVERAGE = "term_coverage", "tfidf_coverage"
REDUNDANCY_MEAN, REDUNDANCY_MAX = "redundancy_mean", "redundancy_max"
NOVELTY_1, NOVELTY_2 = "novelty_words", "novelty_pairs"
FRAGMENT_COVERAGE, FRAGMENT_DENSITY = "fragment_coverage", "fragment_density"

_NO_WORD = "no word"
_NO_TERM = "no content word in the text"
_ONE_SENTENCE = "fewer than two sentences with content words"
TEXT_MEASURES = (
    Measure(COMPRESSION_WORDS, "Words of the summary over words of the text: the lower, the shorter", _NO_WORD),
    Measure(COMPRESSION_SENTENCES, "Sentences of the summary over sentences of the text"),
    Measure(TERM_COVERAGE, "Share of the text's different content words that the summary has", _NO_TERM, True),
    Measure(
        TFIDF_COVERAGE, "The same, each word weighted by its TF-IDF in the text: the words that matter", _NO_TERM, True
    ),
    Measure(REDUNDANCY_MEAN, "Mean cosine of two sentences of the summary: 0 repeats nothing", _ONE_SENTENCE, True),
    Measure(REDUNDANCY_MAX, "Largest cosine of two sentences of the summary: 1 says the same twice", _ONE_SENTENCE),
    Measure(NOVELTY_1, "Share of the summary's words that are not in the text: 0 for an extract", _NO_WORD),
    Measure(
        NOVELTY_2,
        "Share of the summary's pairs of words that are not in the text: 0 for an extract",
        "no pair of words",
    ),
    Measure(
        FRAGMENT_COVERAGE, "Share of the summary's words in fragments copied from the text (Grusky 2018)", _NO_WORD
    ),
    Measure(FRAGMENT_DENSITY, "Mean length, in words, of the fragment a word of the summary is in", _NO_WORD),
)


def measures(*, with_references: bool) -> tuple[Measure, ...]:
    """Return the measures of a run; without references there is no ROUGE."""
    return (*ROUGE_MEASURES, *TEXT_MEASURES) if with_references else TEXT_MEASURES


def minus(measure: str, baseline: str) -> str:
    """Name the column of the difference of the summary and a baseline."""
    return f"{measure}_minus_{baseline}"


def of_system(measure: str, system: str) -> str:
    """Name the column of a measure of the summary or of a baseline."""
    return measure if system == SUMMARY else f"{system}_{measure}"


ROW = [
    Column(
        STATUS,
        "string",
        f"'{STATUS_OK}', '{STATUS_NO_SUMMARY}' (or one without a word), '{STATUS_EMPTY}' (ROUGE of the summary alone), "
        f"'{STATUS_NO_REFERENCE}' (no ROUGE) or '{STATUS_ERROR}' (see the log)",
    ),
    Column(
        N_REFERENCES, "bigint", "References of the row that have a word; of several, the one with the best F1 counts"
    ),
    Column(TEXT_WORDS, "bigint", "Words of the text"),
    Column(TEXT_SENTENCES, "bigint", "Sentences of the text"),
    Column(SUMMARY_WORDS, "bigint", "Words of the summary"),
    Column(SUMMARY_SENTENCES, "bigint", "Sentences of the summary"),
    Column(BASELINE_LENGTH, "string", "Length the first and the random sentences were given: that of the summary"),
]

OVERALL = [
    Column(MEASURE, "string", "Measure, by the name of its column in the evaluation"),
    Column(SYSTEM, "string", f"'{SUMMARY}', '{LEAD}' (first sentences) or '{RANDOM}' (a draw), at the same length"),
    Column(MEAN, "double", "Mean over the rows counted"),
    Column(LOW, "double", "Lower end of the 95% confidence interval of the mean, by the bootstrap"),
    Column(HIGH, "double", "Upper end"),
    Column(DIFFERENCE, "double", "Mean of the summary's figure minus this system's, over rows that have both"),
    Column(DIFFERENCE_LOW, "double", "Lower end of its 95% confidence interval, by the paired bootstrap"),
    Column(DIFFERENCE_HIGH, "double", "Upper end; where 0 lies between the two ends, the difference may be chance"),
    Column(N_ROWS, "bigint", "Rows counted"),
    Column(N_LEFT_OUT, "bigint", "Rows left out"),
    Column(LEFT_OUT, "string", "Why, with the number of rows; empty where none is left out"),
    Column(MEANING, "string", "What the measure says"),
]


def evaluation_columns(*, with_references: bool) -> list[Column]:
    """Return the columns added to each row: counts, the measures of the summary, differences, and baselines."""
    return [*ROW, *_measure_columns(measures(with_references=with_references))]


def _measure_columns(taken: tuple[Measure, ...]) -> Iterator[Column]:
    for measure in taken:
        yield Column(measure.name, "double", measure.meaning)
    for baseline in BASELINES:
        for measure in taken:
            if measure.is_compared:
                name = minus(measure.name, baseline)
                yield Column(name, "double", f"{measure.name} minus {of_system(measure.name, baseline)}")
    for baseline, chosen in zip(BASELINES, ("the first sentences", "sentences drawn at random")):
        for measure in taken:
            name = of_system(measure.name, baseline)
            yield Column(name, "double", f"{measure.name} of {chosen} of the text, as many as the summary has")
