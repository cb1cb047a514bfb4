"""The expressions of ``visibilityCondition``."""

from __future__ import annotations

import pytest

from local_dss.descriptors.visibility import evaluate, is_visible
from local_dss.errors import LocalDssError

MODEL = {
    "on": True,
    "off": False,
    "n": 3,
    "zero": 0,
    "word": "b",
    "blank": "",
    "list": ["x"],
    "none": None,
    "empty": [],
}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("model.on", True),
        ("!model.on", False),
        ("!!model.n", True),
        ("model.absent", False),
        ("model.blank", False),
        ("model.zero", False),
        ("model.empty", True),
        ("model.word == 'b'", True),
        ('model.word != "b"', False),
        ("model.n == '3'", True),
        ("model.n === '3'", False),
        ("model.n !== '3'", True),
        ("model.none == undefined", True),
        ("model.none === undefined", False),
        ("model.absent == null", True),
        ("model.on == 1", True),
        ("model.zero == false", True),
        ("model.zero === false", False),
        ("model.n > 2 && model.n <= 3", True),
        ("model.n < -1", False),
        ("model.absent > 0", False),
        ("-model.word < 0", False),
        ("-model.n == -3", True),
        ("model.off || model.word == 'b'", True),
        ("model.on || model.off && model.off", True),
        ("(model.on || model.off) && model.off", False),
        ("model.list.length > 0", True),
        ("model.absent.length > 0", False),
        ("model.blank.length > 0", False),
        ("['a','b'].includes(model.word)", True),
        ("['a','c'].includes(model.word)", False),
        ("['a', 'b'].indexOf(model.word) >= 0", True),
        ("['a'].indexOf(model.word) == -1", True),
        ("model.list.includes('x')", True),
        ("model.absent.includes('x')", False),
        ("model.word.includes('b')", True),
        ("model['word'] == 'b'", True),
        ("model.list[0] == 'x'", True),
        ("'it\\'s' == 'it\\'s'", True),
        ("  true ", True),
        ("false", False),
        ("1.5 > 1", True),
        ("[].length == 0", True),
    ],
)
def test_a_condition_is_evaluated_as_by_angular(condition, expected):
    assert is_visible(condition, MODEL) is expected


@pytest.mark.parametrize("condition", [None, "", True])
def test_nothing_to_check_means_visible(condition):
    assert is_visible(condition, {}) is True


def test_or_returns_the_value_that_decided():
    assert evaluate("model.blank || model.word", MODEL) == "b"


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ("model.x =", "unexpected '='"),
        ("model.x ==", "it ends too early"),
        ("(model.x", "')' is missing"),
        ("model.x model.y", "unexpected 'model'"),
        ("window.x", "'window' is not supported"),
        ("model.", "a name is missing"),
        ("model.x + 1", "unexpected '+'"),
        ("['a'", "']' is missing"),
        ("model.list.map('x')", "calls map()"),
        ("__import__('os')", "'__import__' is not supported"),
    ],
)
def test_anything_outside_the_subset_is_refused_with_a_reason(condition, reason):
    with pytest.raises(LocalDssError, match="visibility condition") as caught:
        is_visible(condition, {"list": ["x"]})
    assert reason in str(caught.value)
