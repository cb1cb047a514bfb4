import pytest

from text_explorer.dss.forms.params import (
    ChoiceParam,
    ColumnParam,
    ColumnsParam,
    FlagParam,
    IntegerParam,
    NumberParam,
    Param,
    WordsParam,
    read_settings,
)
from text_explorer.errors import SettingsError

COLUMNS = ["text", "id"]
COLUMN = ColumnParam("text_column", "Text column")
TWO = ChoiceParam("c", "Method", "a", choices={"a": "Able", "b": "Best"})
COMMA = ChoiceParam("c", "Method", "a", choices={"a": "Able, as ever", "b": "Best"})
INTEGER = IntegerParam("n", "Number", 5, minimum=2, maximum=10)


@pytest.mark.parametrize("raw", [7, 7.0, "7", "7.0"])
def test_a_whole_number_may_come_in_any_form_json_gives_it(raw):
    assert read_settings([INTEGER], {"n": raw}, COLUMNS) == {"n": 7}


@pytest.mark.parametrize("empty", [{}, {"n": None}, {"n": ""}, {"n": []}])
def test_an_empty_field_takes_its_default(empty):
    assert read_settings([INTEGER], empty, COLUMNS) == {"n": 5}


@pytest.mark.parametrize("raw", [1, 11, 2.5, "many", True, [3], float("nan"), "1e400"])
def test_a_bad_whole_number_names_its_range_and_what_was_given(raw):
    with pytest.raises(SettingsError, match=r"'Number' must be a whole number from 2 to 10\. Got "):
        read_settings([INTEGER], {"n": raw}, COLUMNS)


def test_a_required_field_must_be_filled_in():
    with pytest.raises(SettingsError, match="'Text column' is empty: fill it in"):
        read_settings([COLUMN], {"text_column": ""}, COLUMNS)


@pytest.mark.parametrize(
    ("param", "raw", "message"),
    [
        (COLUMN, "nope", r"'Text column' must be a column of the input, which has: text, id\. Got 'nope'\."),
        (ColumnsParam("c", "Groups", ()), ["id", "x"], "'Groups' must be columns of the input, which has no x"),
        (
            ChoiceParam("c", "Method", "a", choices={"a": "Able", "b": "Best"}),
            "z",
            r"must be one of Able, Best\. Got 'z'\.",
        ),
        (
            ChoiceParam("c", "Method", "a", choices={"a": "Able, as ever", "b": "Best"}),
            5,
            r"one of Able, as ever; Best\.",
        ),
        (
            ChoiceParam("c", "Method", "a", choices={"a": "Able"}),
            ["a"],
            r"'Method' must be one of Able\. Got \['a'\]\.",
        ),
        (NumberParam("c", "Share", 0.5), 1.5, r"'Share' must be a number from 0 to 1\. Got 1\.5\."),
        (FlagParam("c", "Box", False), "false", r"'Box' must be true or false\. Got 'false'\."),
        (WordsParam("c", "Words", ()), [1], "'Words' must be a list of words"),
        (WordsParam("c", "Words", ()), 5, r"'Words' must be a list of words\. Got 5\."),
        (ColumnsParam("c", "Groups", ()), 5, r"'Groups' must be a list of columns\. Got 5\."),
    ],
)
def test_each_rule_trips_with_its_sentence(param, raw, message):
    with pytest.raises(SettingsError, match=message):
        read_settings([param], {param.name: raw}, COLUMNS)


def test_all_faults_come_in_one_message():
    with pytest.raises(SettingsError) as caught:
        read_settings([COLUMN, INTEGER], {"n": 99}, COLUMNS)
    assert len(caught.value.faults) == 2
    assert "Text column" in str(caught.value)
    assert "Number" in str(caught.value)


def test_a_hidden_field_has_its_default_value():
    params = [
        FlagParam("advanced", "Advanced", False),
        IntegerParam("n", "Number", 5, lambda values: values["advanced"]),
    ]
    assert read_settings(params, {"n": -3}, COLUMNS)["n"] == 5
    with pytest.raises(SettingsError, match="'Number'"):
        read_settings(params, {"n": -3, "advanced": True}, COLUMNS)


def test_words_may_be_a_list_or_a_text():
    words = WordsParam("w", "Words", ())
    assert read_settings([words], {"w": "gold, silver\n coin "}, COLUMNS)["w"] == ("gold", "silver", "coin")
    assert read_settings([words], {"w": [" gold ", ""]}, COLUMNS)["w"] == ("gold",)


DEPENDENT = [
    ChoiceParam("kind", "Kind", "own", choices={"own": "Own", "set": "Set"}),
    ChoiceParam("unit", "Unit", "a", lambda values: values["kind"] == "own", choices={"a": "All", "b": "Best"}),
    IntegerParam(
        "n", "Number", 5, lambda values: values["kind"] == "own" and values["unit"] == "b", minimum=2, maximum=10
    ),
    FlagParam("box", "Box", False, lambda values: values["kind"] == "set"),
    Param("query", "Query", "", lambda values: bool(values["box"])),
]


@pytest.mark.parametrize(
    ("config", "labels"),
    [
        ({"kind": "no", "unit": "no", "n": 99, "box": "no", "query": 5}, ["Kind", "Unit", "Number", "Box", "Query"]),
        ({"kind": "no", "unit": "b", "n": 99}, ["Kind", "Number"]),
        ({"kind": "no", "unit": "a", "n": 99}, ["Kind"]),
        ({"unit": "no", "n": 99, "box": "no"}, ["Unit", "Number"]),
        ({"kind": "set", "unit": "no", "n": 99, "box": "no", "query": 5}, ["Box", "Query"]),
        ({"kind": "no"}, ["Kind"]),
    ],
)
def test_fields_that_depend_on_an_invalid_choice_are_validated_in_the_same_run(config, labels):
    with pytest.raises(SettingsError) as caught:
        read_settings(DEPENDENT, config, COLUMNS)
    assert [fault.split("'")[1] for fault in caught.value.faults] == labels
