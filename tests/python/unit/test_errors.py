"""Catching whatever a call raises, for the caller to look at."""

from __future__ import annotations

import pytest

from text_explorer.errors import DataError, caught


def test_an_error_inside_is_kept_and_the_work_goes_on():
    error = RuntimeError("gone")
    with caught() as fault:
        raise error
    assert fault.error is error


def test_work_without_an_error_keeps_none():
    with caught() as fault:
        done = 1
    assert (done, fault.error) == (1, None)


@pytest.mark.parametrize("error", [DataError("too few rows"), KeyboardInterrupt(), GeneratorExit()])
def test_errors_that_are_named_and_those_that_end_a_program_pass(error):
    with pytest.raises(type(error)), caught(passing=(DataError,)):
        raise error
