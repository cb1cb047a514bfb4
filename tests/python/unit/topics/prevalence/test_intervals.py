"""Intervals of shares, against published examples and by simulation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest

from text_explorer.topics.prevalence.intervals import difference_interval, wilson_interval


@pytest.mark.parametrize(("n", "of"), [(0, 20), (3, 20), (20, 20), (81, 263)])
@pytest.mark.parametrize("confidence", [0.95, 0.999])
def test_the_interval_of_a_share_is_wilsons(n, of, confidence):
    low, high = wilson_interval(n / of, of, confidence)
    expected = binomtest(n, of).proportion_ci(confidence, "wilson")
    assert (float(low), float(high)) == pytest.approx(expected, abs=1e-12)


def test_samples_of_several_sizes_are_compared_at_once():
    low, high = difference_interval([0.2, 0.2], [50, 500], [0.5, 0.5], 100)
    one_by_one = [difference_interval(0.2, n, 0.5, 100) for n in (50, 500)]
    assert [(a, b) for a, b in zip(low, high)] == [(float(a), float(b)) for a, b in one_by_one]
    assert low[1] > low[0]


def test_the_interval_is_that_of_newcombes_example():
    # Newcombe (1998), table II, (a): 56/70 less 48/80 by method 10 is 0.0524 to 0.3339.
    low, high = difference_interval(np.array([48 / 80]), 80, np.array([56 / 70]), 70)
    assert (low[0], high[0]) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))


def test_the_interval_holds_the_difference_nineteen_times_in_twenty():
    generator = np.random.default_rng(2)
    then, now = generator.binomial(300, 0.05, 4_000) / 300, generator.binomial(80, 0.1, 4_000) / 80
    low, high = difference_interval(then, 300, now, 80)
    assert ((low <= 0.05) & (high >= 0.05)).mean() == pytest.approx(0.95, abs=0.015)


@pytest.mark.parametrize(("n_then", "n_now"), [(0, 10), (10, 0)])
def test_without_documents_there_is_no_interval(n_then, n_now):
    low, high = difference_interval(np.array([0.5]), n_then, np.array([0.5]), n_now)
    assert np.isnan([low, high]).all()
