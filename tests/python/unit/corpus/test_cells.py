import datetime

import numpy as np
import pandas as pd
import pytest

from text_explorer.corpus.cells import text_of


@pytest.mark.parametrize("cell", [None, float("nan"), np.nan, pd.NA, pd.NaT, "", "  \n\t", "\u00a0"])
def test_a_missing_value_is_no_text(cell):
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
def test_a_value_is_the_same_text_whichever_way_the_cell_comes(cell, expected):
    assert text_of(cell) == expected
