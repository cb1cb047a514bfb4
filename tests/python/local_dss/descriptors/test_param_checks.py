"""Values of params against their descriptor, as the form checks them."""

from __future__ import annotations

import pytest

from local_dss.descriptors.config_values import with_form_defaults, with_int_kind
from local_dss.descriptors.param_checks import check_params, unknown_keys

COLUMNS = [{"name": "text", "type": "string"}, {"name": "n", "type": "bigint"}]
CHOICES = [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]


def faults_of(value, **param):
    given = {} if value is KeyError else {"x": value}
    return check_params(
        [{"name": "x", "label": "The x", **param}], given, lambda role: COLUMNS if role == "in" else None
    )


@pytest.mark.parametrize(
    ("value", "param", "fault"),
    [
        (KeyError, {"type": "STRING", "mandatory": True}, "needs a value"),
        ("", {"type": "COLUMN", "mandatory": True, "columnRole": "in"}, "needs a value"),
        (None, {"type": "INT", "mandatory": True, "defaultValue": 3}, "needs a value"),
        ([], {"type": "COLUMNS", "mandatory": True, "columnRole": "in"}, "needs a value"),
        (1, {"type": "STRING"}, "must be text. Got 1."),
        ("3", {"type": "INT"}, "must be a whole number. Got '3'."),
        (2.5, {"type": "INT"}, "must be a whole number. Got 2.5."),
        (True, {"type": "INT"}, "must be a whole number. Got True."),
        (0, {"type": "INT", "minI": 1}, "must be at least 1. Got 0."),
        (11, {"type": "INT", "maxI": 10}, "must be at most 10. Got 11."),
        (-0.1, {"type": "DOUBLE", "minD": 0}, "must be at least 0. Got -0.1."),
        (1.1, {"type": "DOUBLE", "maxD": 1}, "must be at most 1. Got 1.1."),
        ("1", {"type": "DOUBLE"}, "must be a number. Got '1'."),
        (float("nan"), {"type": "DOUBLE"}, "must be a number. Got nan."),
        (float("inf"), {"type": "INT"}, "must be a whole number. Got inf."),
        ([1, "2"], {"type": "INTS"}, "must be a whole number. Got '2'."),
        (1, {"type": "DOUBLES"}, "must be a list. Got 1."),
        ("true", {"type": "BOOLEAN"}, "must be true or false. Got 'true'."),
        ("c", {"type": "SELECT", "selectChoices": CHOICES}, "must be one of a, b. Got 'c'."),
        (["a", "c"], {"type": "MULTISELECT", "selectChoices": CHOICES}, "must be one of a, b. Got 'c'."),
        ("a", {"type": "MULTISELECT", "selectChoices": CHOICES}, "must be a list. Got 'a'."),
        ("nope", {"type": "COLUMN", "columnRole": "in"}, 'is not a column of the dataset: "nope". Columns: text, n.'),
        ("n", {"type": "COLUMN", "columnRole": "in", "allowedColumnTypes": ["string"]}, '"n" is of type bigint'),
        (["text", "x"], {"type": "COLUMNS", "columnRole": "in"}, 'is not a column of the dataset: "x"'),
        ("text", {"type": "COLUMN", "columnRole": "out"}, 'the role "out" holds no dataset'),
        (["a", 1], {"type": "STRINGS"}, "must be text. Got 1."),
        ({"a": 1}, {"type": "MAP"}, "must map text to text"),
        ([{"from": "a"}], {"type": "KEY_VALUE_LIST"}, 'must hold entries with "from" and "to"'),
        ("a", {"type": "ARRAY"}, "must be a list"),
        (["a"], {"type": "OBJECT_LIST"}, "must hold objects. Got 'a'."),
        (1, {"type": "DATASET"}, "must be text. Got 1."),
        (1, {"type": "WHATEVER"}, "has the unknown type 'WHATEVER'"),
        (1, {"type": "INT", "visibilityCondition": "model.y ++"}, "cannot be read"),
        (1, {"type": "INT", "visibilityCondition": 3}, "The visibility condition must be text. Got 3."),
    ],
)
def test_each_rule_is_tripped_and_names_the_param(value, param, fault):
    (message,) = faults_of(value, **param)
    assert message.startswith('"The x" (x)')
    assert fault in message


@pytest.mark.parametrize(
    ("value", "param"),
    [
        (KeyError, {"type": "INT", "mandatory": True, "defaultValue": 3}),
        (KeyError, {"type": "STRING"}),
        (None, {"type": "INT", "minI": 1}),
        (3.0, {"type": "INT", "minI": 3, "maxI": 3}),
        (1, {"type": "DOUBLE", "maxD": 1}),
        (False, {"type": "BOOLEAN", "mandatory": True}),
        ("model", {"type": "FOLDER"}),
        (0, {"type": "INT", "mandatory": True}),
        ("c", {"type": "SELECT", "getChoicesFromPython": True}),
        (["c"], {"type": "MULTISELECT", "getChoicesFromPython": True}),
        ("text", {"type": "COLUMN", "columnRole": "in", "allowedColumnTypes": ["string"]}),
        ({"a": "b"}, {"type": "MAP"}),
        ([{"from": "a", "to": "b"}], {"type": "KEY_VALUE_LIST"}),
        ({"anything": 1}, {"type": "PRESET"}),
        (1, {"type": "SEPARATOR"}),
        ("wrong", {"type": "INT", "mandatory": True, "visibilityCondition": "model.advanced"}),
    ],
)
def test_values_the_form_takes_have_no_fault(value, param):
    assert faults_of(value, **param) == []


def test_all_faults_are_reported_in_the_order_of_the_form():
    params = [{"name": "a", "type": "INT"}, {"name": "b", "type": "BOOLEAN"}, {"name": "c", "type": "STRING"}]
    assert check_params(params, {"c": "fine", "b": 1, "a": "x"}) == [
        "\"a\" (a) must be a whole number. Got 'x'.",
        '"b" (b) must be true or false. Got 1.',
    ]


def test_a_param_without_name_is_a_fault_of_the_descriptor():
    assert check_params([{"type": "INT"}], {}) == ["A param of type INT has no name in the descriptor."]


def test_params_of_items_see_the_item_as_model():
    sub_params = [
        {"name": "kind", "type": "STRING"},
        {"name": "size", "type": "INT", "mandatory": True, "visibilityCondition": "model.kind == 'sized'"},
    ]
    (fault,) = faults_of([{"kind": "sized"}, {"kind": "free"}], type="OBJECT_LIST", subParams=sub_params)
    assert fault == '"The x" (x) in an item: "size" (size) needs a value.'


def test_unknown_keys_are_listed():
    assert unknown_keys([{"name": "a"}], {"a": 1, "b": 2, "c": 3}) == ["b", "c"]


def test_form_defaults_fill_only_absent_params():
    params = [
        {"name": "a", "type": "INT", "defaultValue": 1},
        {"name": "b", "type": "STRING", "defaultValue": "default"},
        {"name": "c", "type": "STRING"},
        {"name": "s", "type": "SEPARATOR", "defaultValue": "no"},
    ]
    given = {"b": ""}
    assert with_form_defaults(params, given) == {"a": 1, "b": ""}
    assert given == {"b": ""}


def test_a_boolean_without_default_is_false_once_the_form_is_saved():
    flag = {"name": "flag", "type": "BOOLEAN"}
    assert with_form_defaults([flag], {}) == {"flag": False}
    assert with_form_defaults([{**flag, "defaultValue": None}], {}) == {"flag": False}
    assert with_form_defaults([{**flag, "defaultValue": True}], {}) == {"flag": True}
    assert with_form_defaults([flag], {"flag": True}) == {"flag": True}
    assert with_form_defaults([flag], {"flag": None}) == {"flag": None}


def test_items_of_an_object_list_are_filled_as_forms_of_their_own():
    fields = [{"name": "flag", "type": "BOOLEAN"}, {"name": "size", "type": "INT", "defaultValue": 3}]
    params = [{"name": "items", "type": "OBJECT_LIST", "subParams": fields}]
    given = {"items": [{}, {"flag": True, "size": 1}, "no object"]}
    assert with_form_defaults(params, given)["items"] == [
        {"flag": False, "size": 3},
        {"flag": True, "size": 1},
        "no object",
    ]
    assert given["items"][0] == {}
    assert with_form_defaults(params, {}) == {}


@pytest.mark.parametrize(("kind", "expected"), [("int", int), ("float", float)])
def test_int_params_are_served_as_one_kind(kind, expected):
    params = [
        {"name": "n", "type": "INT"},
        {"name": "d", "type": "DOUBLE"},
        {"name": "items", "type": "OBJECT_LIST", "subParams": [{"name": "n", "type": "INT"}]},
    ]
    served = with_int_kind(params, {"n": 4, "d": 4, "items": [{"n": 2.0}], "text": "4"}, kind)
    assert served == {"n": 4, "d": 4, "items": [{"n": 2}], "text": "4"}
    assert type(served["n"]) is expected
    assert type(served["items"][0]["n"]) is expected
    assert type(served["d"]) is int


@pytest.mark.parametrize("value", ["4", 2.5, True, None])
def test_values_that_are_no_whole_number_are_served_as_given(value):
    assert with_int_kind([{"name": "n", "type": "INT"}], {"n": value}, "float")["n"] is value
