import datetime

import numpy as np
import pandas as pd
import pytest

from text_explorer.cells import cells_in, is_placeholder, text_of


@pytest.mark.parametrize("cell", [None, float("nan"), np.nan, pd.NA, pd.NaT, "", "  \n\t", "\u00a0"])
def test_a_missing_value_is_none(cell):
    assert text_of(cell) is None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("007", "007"), (" a ", " a "), ("NA", "NA"),
        (datetime.date(2020, 1, 2), "2020-01-02"), (17, "17"), (17.0, "17"), (np.float64(17), "17"), (0.1, "0.1"),
        (np.int64(9007199254740993), "9007199254740993"), (True, "true"), (np.bool_(False), "false"),
        (datetime.datetime(2020, 12, 31, 0, 0, 0, 101000, tzinfo=datetime.timezone.utc), "2020-12-31T00:00:00.101Z"),
        (pd.Timestamp("2020-12-31T01:00:00+01:00"), "2020-12-31T00:00:00.000Z"),
    ],
)  # fmt: skip
def test_a_value_is_the_same_text_however_dss_delivers_it(cell, expected):
    assert text_of(cell) == expected


@pytest.mark.parametrize(
    "text",
    ["null", "NULL", "Null", "nan", "NaN", "NA", "n/a", "N/A", "#N/A", "#NV", "#Н/Д", "None", "nil", "undefined", "-",
     "\u2014", " null\n", "\u00a0N/A ", "<NA>", "(null)", "\\N", "#REF!", "#HIÁNYZIK"],
)  # fmt: skip
def test_a_placeholder_is_found_in_any_case(text):
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "no", "nothing", "null and void", "N/A N/A", "Nan was my grandmother", "none of them", "nein", "Nana",
     "nil.5", "keine", "なし", "0", "false", "?", "nullnull", "null " + " " * 50 + "x"],
)  # fmt: skip
def test_other_texts_are_not_placeholders(text):
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('["The cat sat.", "A cat slept."]', ["The cat sat.", "A cat slept."]),
        (' [ "Кошка спит." ]\n', ["Кошка спит."]),
        ('["A \\"quoted\\" text,\\nof two lines", null, ""]', ['A "quoted" text,\nof two lines', None, ""]),
        ("[]", []),
        ("['The cat sat.', \"It's a cat.\", None]", ["The cat sat.", "It's a cat.", None]),
        ('\ufeff["The cat sat.", "A cat slept."]', ["The cat sat.", "A cat slept."]),
        ('[["The cat sat.", "It slept."], ["A cat slept."]]', ["The cat sat.\nIt slept.", "A cat slept."]),
        ("[['The cat sat.'], ['A cat slept.']]", ["The cat sat.", "A cat slept."]),
        ('{"A": "The cat sat.", "B": "A cat slept."}', ["The cat sat.", "A cat slept."]),
        ('{"A": ["The cat sat.", "It slept."], "B": null}', ["The cat sat.\nIt slept.", None]),
    ],
)
def test_a_list_of_texts_in_a_cell_is_read_as_these(cell, expected):
    assert list(cells_in(cell)) == expected


@pytest.mark.parametrize(
    "cell",
    ["[1] The cat sat.", "[sic]", "['The cat sat.', 'A cat", "[1, 2]", '["a", 2]', '[["a", 1]]', '["The cat',
     "['a', b]", '"The cat sat."', '{"a": 1}', "{cat: sat}", "[" * 100_000, "['" * 100_000, "null", None, 7, 1.5],
)  # fmt: skip
def test_any_other_cell_is_itself(cell):
    assert list(cells_in(cell)) == [cell]
