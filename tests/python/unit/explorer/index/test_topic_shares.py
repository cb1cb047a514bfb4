"""Shares of topics as they are kept."""

from __future__ import annotations

import math

import pytest

from text_explorer.explorer.index.topic_shares import pack_shares, unpack_shares


@pytest.mark.parametrize(
    ("cell", "shares"),
    [
        ("[0.25, 0.75]", [0.25, 0.75]),
        ([0.25, 0.75], [0.25, 0.75]),
        (" [1, 0]\n", [1.0, 0.0]),
        ("[5e-1]", [0.5]),
        ("", []),
        (None, []),
        (math.nan, []),
        ("[]", []),
        ('[NaN, "x", null, 0.5]', [0.0, 0.0, 0.0, 0.5]),
        ("[Infinity, 1e999, 1]", [0.0, 0.0, 1.0]),
        ("[1e999, 1]", [0.0, 1.0]),
        ("[1e308, 0.5, -1, 1.5]", [0.0, 0.5, 0.0, 0.0]),
        ("[[1], 0.5]", [0.0, 0.5]),
    ],
)
def test_shares_come_back_as_numbers_that_are_finite(cell, shares):
    assert unpack_shares(pack_shares(cell)).tolist() == shares


@pytest.mark.parametrize("cell", ["[0.5,", '{"0": 0.5}', "0.5", "many"])
def test_what_is_no_array_is_reported(cell):
    assert pack_shares(cell) is None


@pytest.mark.parametrize("cell", ["[0.5,,0.5]", f"[{10**400}]"])
def test_what_only_looks_like_an_array_of_shares_has_none(cell):
    assert unpack_shares(pack_shares(cell)).tolist() == []
