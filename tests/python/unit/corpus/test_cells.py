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
        ("NA", "NA"),
        (" kept as is ", " kept as is "),
        (5, "5"),
        (True, "True"),
        (datetime.date(2020, 1, 2), "2020-01-02"),
    ],
)
def test_any_other_value_is_its_text(cell, expected):
    assert text_of(cell) == expected
