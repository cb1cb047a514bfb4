import math

import numpy as np
import pytest

from text_explorer.summaries.evaluation import columns
from text_explorer.summaries.evaluation._bootstrap_kernels import resampled_means
from text_explorer.summaries.evaluation.overall import N_RESAMPLES, OverallEvaluation, mean_intervals
from text_explorer.summaries.evaluation.rows import RowEvaluation

MEASURES = columns.measures(with_references=True)
NONE = (None, None)


def row_of(summary, lead, random, status=columns.STATUS_OK):
    """A row whose measures all have the same three figures."""
    figures = np.repeat([[summary], [lead], [random]], len(MEASURES), axis=1).astype(float)
    return RowEvaluation(status, 1, NONE, NONE, None, figures)


def overall_of(rows, keys=None, seed=0, at_once=1000):
    overall = OverallEvaluation(MEASURES)
    keys = range(len(rows)) if keys is None else keys
    for start in range(0, len(rows), at_once):
        overall.add(list(keys)[start : start + at_once], rows[start : start + at_once])
    return overall.table(seed)


def of_system(table, system, measure="rouge_1_f1"):
    rows = table[(table[columns.MEASURE] == measure) & (table[columns.SYSTEM] == system)]
    assert len(rows) == 1
    return rows.iloc[0]


def test_means_and_differences_are_those_of_the_rows():
    table = overall_of([row_of(0.4, 0.2, 0.1), row_of(0.6, 0.5, 0.2)])
    assert of_system(table, "summary")[columns.MEAN] == pytest.approx(0.5)
    assert of_system(table, "lead")[columns.MEAN] == pytest.approx(0.35)
    assert of_system(table, "lead")[columns.DIFFERENCE] == pytest.approx(0.15)
    assert of_system(table, "random")[columns.DIFFERENCE] == pytest.approx(0.35)
    assert math.isnan(of_system(table, "summary")[columns.DIFFERENCE])


def test_a_steady_difference_is_sure_though_the_means_are_not():
    draw = np.random.default_rng(1)
    rows = [row_of(figure + 0.01, figure, draw.random()) for figure in draw.random(50)]
    lead = of_system(overall_of(rows), "lead")
    assert lead[columns.DIFFERENCE_LOW] == pytest.approx(0.01)
    assert lead[columns.DIFFERENCE_HIGH] == pytest.approx(0.01)
    assert lead[columns.HIGH] - lead[columns.LOW] > 0.1


def test_intervals_have_the_width_theory_gives():
    figures = np.random.default_rng(2).normal(3.0, 1.0, (400, 1))
    means, lows, highs = mean_intervals(figures, 0)
    error = figures.std() / math.sqrt(400)
    assert means[0] == pytest.approx(figures.mean())
    assert lows[0] == pytest.approx(means[0] - 1.96 * error, abs=0.2 * error)
    assert highs[0] == pytest.approx(means[0] + 1.96 * error, abs=0.2 * error)


def test_samples_draw_rows_evenly_and_depend_on_the_seed():
    figures = np.eye(7)
    draws = resampled_means(figures, N_RESAMPLES, np.uint64(5))
    assert draws.sum(axis=1) == pytest.approx(np.ones(N_RESAMPLES))
    assert draws.mean(axis=0) == pytest.approx(np.full(7, 1 / 7), abs=0.02)
    assert (draws == resampled_means(figures, N_RESAMPLES, np.uint64(5))).all()
    assert not (draws == resampled_means(figures, N_RESAMPLES, np.uint64(6))).all()


def test_neither_the_order_of_rows_nor_chunks_change_a_byte():
    draw = np.random.default_rng(3)
    rows = [row_of(*draw.random(3)) for _ in range(40)]
    shuffled = draw.permutation(40).tolist()
    expected = overall_of(rows).to_csv()
    assert overall_of([rows[index] for index in shuffled], shuffled, at_once=7).to_csv() == expected
    assert overall_of(rows, seed=1).to_csv() != expected


def test_rows_left_out_are_counted_by_their_reason():
    nothing = [math.nan] * 3
    rows = [
        row_of(0.5, 0.5, 0.5),
        row_of(*nothing),
        row_of(*nothing, status=columns.STATUS_NO_SUMMARY),
        row_of(*nothing, status=columns.STATUS_NO_REFERENCE),
        row_of(0.1, math.nan, math.nan, status=columns.STATUS_EMPTY),
    ]
    table = overall_of(rows)
    redundancy = of_system(table, "summary", columns.REDUNDANCY_MEAN)
    assert (redundancy[columns.N_ROWS], redundancy[columns.N_LEFT_OUT]) == (2, 3)
    assert redundancy[columns.LEFT_OUT] == "fewer than two sentences with content words: 2, no summary: 1"
    lead = of_system(table, "lead")
    assert lead[columns.LEFT_OUT].endswith("no summary: 1, empty text: 1, no reference: 1")


@pytest.mark.parametrize(("rows", "mean"), [([], math.nan), ([row_of(0.5, 0.5, 0.5)], 0.5)])
def test_fewer_than_two_rows_have_no_interval(rows, mean):
    summary = of_system(overall_of(rows), "summary")
    assert summary[columns.MEAN] == pytest.approx(mean, nan_ok=True)
    assert math.isnan(summary[columns.LOW])
    assert math.isnan(summary[columns.HIGH])
    assert summary[columns.LEFT_OUT] == ""
