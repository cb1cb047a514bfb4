"""Answers are strict JSON."""

from __future__ import annotations

import math

from flask import Flask

from text_explorer.explorer.api.http_answers import json_answer


def test_a_number_that_is_not_finite_is_null_wherever_it_stands():
    with Flask("answers").test_request_context("/api/topics"):
        answer = json_answer({"n": [math.nan, -math.inf, 1.5, 2], "in": {"a": math.inf, "b": ("x", None, True)}}, 201)
    assert answer.get_data(as_text=True) == '{"n":[null,null,1.5,2],"in":{"a":null,"b":["x",null,true]}}\n'
    assert (answer.status_code, answer.mimetype) == (201, "application/json")
