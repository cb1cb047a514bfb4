"""Numbers of rounds and questions, as addresses and requests send them."""

import pytest

from text_explorer.explorer.feedback.review import (
    ANONYMOUS,
    LARGEST_ROUND,
    MOST_QUESTIONS,
    NO_FOLDER,
    number_of,
    round_of,
    why_not_stored,
)
from text_explorer.explorer.shared.errors import BadRequestError
from text_explorer.explorer.shared.source import Visitor

ANN = Visitor("ann", "Ann")


@pytest.mark.parametrize(
    ("name", "arguments", "number"),
    [
        ("round", {}, 0),
        ("round", {"round": "0"}, 0),
        ("round", {"round": str(LARGEST_ROUND)}, LARGEST_ROUND),
        ("n", {}, 20),
        ("n", {"n": "1"}, 1),
        ("n", {"n": str(MOST_QUESTIONS)}, MOST_QUESTIONS),
    ],
)
def test_a_number_of_an_address_is_read_with_its_default(name, arguments, number):
    assert number_of(arguments, name) == number


@pytest.mark.parametrize(
    ("name", "given"),
    [("round", "-1"), ("round", str(LARGEST_ROUND + 1)), ("n", "0"), ("n", str(MOST_QUESTIONS + 1)), ("n", ""),
     ("n", "²"), ("n", "１"), ("n", "1.5")],
)  # fmt: skip
def test_another_number_of_an_address_is_refused(name, given):
    with pytest.raises(BadRequestError, match=f"'{name}' must be a whole number from "):
        number_of({name: given}, name)


@pytest.mark.parametrize("number", [0, LARGEST_ROUND])
def test_the_round_of_a_request_is_a_whole_number(number):
    assert round_of({"round": number}) == number


@pytest.mark.parametrize("number", [-1, LARGEST_ROUND + 1, "1", 1.0, True, None])
def test_another_round_of_a_request_is_refused(number):
    with pytest.raises(BadRequestError, match=f"'round' must be a whole number from 0 to {LARGEST_ROUND}"):
        round_of({"round": number})


@pytest.mark.parametrize(
    ("model", "visitor", "reason"),
    [("m", ANN, None), ("m", None, ANONYMOUS), ("", ANN, NO_FOLDER), ("", None, NO_FOLDER)],
)
def test_it_is_known_before_the_first_question_whether_answers_are_saved(model, visitor, reason):
    assert why_not_stored(model, visitor) == reason
