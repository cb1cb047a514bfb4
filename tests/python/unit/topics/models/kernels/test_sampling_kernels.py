import numpy as np
import pytest
from scipy.stats import chisquare, kstest

from tests.python.unit.topics.slow_sampling import SlowRandom, slow_draw
from text_explorer.topics.models.kernels._sampling_kernels import draw, next_random

N_DRAWS = 100_000
LARGEST_UNIFORM = np.float32(1 - 2.0**-23)
UNLIKELY = 1e-3
"""Seeds are fixed, so each test is passed always or never; a right sampler fails one seed in a thousand."""


@pytest.fixture
def uniforms():
    state = np.array([12345], dtype=np.uint64)
    return np.array([next_random(state) for _ in range(N_DRAWS)], dtype=np.float32)


def test_random_numbers_are_those_of_xorshift64():
    state = np.array([2**63 + 11], dtype=np.uint64)
    slow = SlowRandom(state)
    assert [float(next_random(state)) for _ in range(1000)] == [slow() for _ in range(1000)]


def test_random_numbers_are_uniform_below_one_and_do_not_follow_from_the_one_before(uniforms):
    assert uniforms.min() >= 0
    assert uniforms.max() <= LARGEST_UNIFORM
    assert kstest(uniforms, "uniform").pvalue > UNLIKELY
    pairs = np.histogram2d(uniforms[::2], uniforms[1::2], bins=16)[0].ravel()
    assert chisquare(pairs).pvalue > UNLIKELY


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("n_weights", [8, 24, 104])
def test_draws_are_distributed_as_their_weights(uniforms, n_weights, dtype):
    weights = np.random.default_rng(n_weights).gamma(1.0, size=n_weights).astype(dtype)
    weights[[1, n_weights - 2, n_weights - 1]] = 0
    drawn = np.bincount([draw(weights, n_weights, uniform) for uniform in uniforms], minlength=n_weights)
    assert drawn[weights == 0].tolist() == [0, 0, 0]
    possible = weights > 0
    expected = weights[possible].astype(np.float64)
    assert chisquare(drawn[possible], expected / expected.sum() * N_DRAWS).pvalue > UNLIKELY


def test_the_place_drawn_is_that_of_the_slow_version(uniforms):
    weights = np.random.default_rng(4).gamma(0.2, size=(5_000, 40))
    fast = [draw(row, 40, uniform) for row, uniform in zip(weights, uniforms)]
    assert fast == [slow_draw(row, float(uniform)) for row, uniform in zip(weights, uniforms)]


@pytest.mark.parametrize("only", [0, 3, 7, 8, 15, 17, 23])
@pytest.mark.parametrize("uniform", [np.float32(0), np.float32(0.5), LARGEST_UNIFORM])
def test_the_only_place_with_a_weight_is_drawn(only, uniform):
    weights = np.zeros(24, dtype=np.float32)
    weights[only] = 1e-20
    assert draw(weights, 24, uniform) == only


def test_weights_beyond_those_that_count_are_not_drawn(uniforms):
    weights = np.ones(32)
    assert max(draw(weights, 16, uniform) for uniform in uniforms[:2000]) == 15


@pytest.mark.parametrize("uniform", [LARGEST_UNIFORM, np.float32(1 - 2.0**-24)])
def test_padding_is_not_drawn_where_rounding_is_at_its_worst(uniform):
    # The sum of both weights is a tie that is rounded up, and so is what is left of it for the second lane.
    ulp = 2.0**-23
    weights = np.zeros(16, dtype=np.float32)
    weights[:2] = 1.5 * ulp, 1 + 2 * ulp
    assert draw(weights, 16, uniform) == 1


def test_padding_is_not_drawn_for_the_largest_random_number():
    weights = np.zeros((20_000, 16), dtype=np.float32)
    weights[:, :9] = np.random.default_rng(6).gamma(0.3, size=(20_000, 9))
    assert max(draw(row, 16, LARGEST_UNIFORM) for row in weights) <= 8
