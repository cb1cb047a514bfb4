import numpy as np
import pytest

from text_explorer.explorer.term_documents import mean_npmi, sample_of


def found(*rows):
    return np.array([[mark == "x" for mark in row] for row in rows], dtype=np.bool_)


def test_terms_that_always_go_together_have_one():
    assert mean_npmi(found("xx..", "xx..")) == pytest.approx(1, abs=1e-6)


def test_terms_that_never_meet_have_about_minus_one():
    assert mean_npmi(found("xx..", "..xx")) == pytest.approx(-0.95, abs=0.05)


def test_independent_terms_have_zero():
    assert mean_npmi(found("xx..", "x.x.")) == pytest.approx(0, abs=1e-6)


def test_a_value_worked_out_by_hand():
    # p(a) = p(b) = 1/2, p(a, b) = 3/8: log(1.5) / -log(0.375)
    assert mean_npmi(found("xxxx....", "xxx.x...")) == pytest.approx(np.log(1.5) / -np.log(0.375))


def test_terms_found_nowhere_are_left_out():
    assert mean_npmi(found("xx..", "....", "xx..")) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("marks", [found("x..."), found("....", "...."), found("xxxx", "xxxx"), found("x", "x")])
def test_where_nothing_can_be_told_there_is_no_value(marks):
    assert mean_npmi(marks) is None


@pytest.mark.parametrize(
    ("n_rows", "step", "n_documents"),
    [(0, 1, 0), (1, 1, 1), (50_000, 1, 50_000), (50_001, 2, 25_001), (1_000_000, 20, 50_000)],
)
def test_the_sample_is_every_nth_document(n_rows, step, n_documents):
    sample = sample_of(n_rows)
    assert sample == (step, n_documents)
    assert len(range(0, n_rows, step)) == n_documents
