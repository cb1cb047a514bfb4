"""Formulas that filter rows."""

from __future__ import annotations

import pytest

from local_dss.site.local_dss_storage.errors import StorageError
from local_dss.site.local_dss_storage.row_formula import row_filter

COLUMNS = ["type", "price", "code", "it is"]
ROWS = [
    ["event", "2500", "007", "a"],
    ["event", "100", "7", ""],
    ["visit", "3000", "x", "b"],
    ["", "", "", "c"],
]


@pytest.mark.parametrize(
    ("formula", "kept"),
    [
        ("type == 'event' && price > 2000", [0]),
        ('type=="event"&&price>2000', [0]),
        ("type == 'visit' || price < 200", [1, 2]),
        ("!(type == 'event')", [2, 3]),
        ("!type == 'event'", []),
        ("type != 'event'", [2, 3]),
        ("code == 7", [0, 1]),
        ("strval('code') == '7'", [1]),
        ('numval("code") * 2 + 1 >= 15', [0, 1]),
        ("val('it is') == 'b'", [2]),
        ("isBlank(type)", [3]),
        ("isNonBlank(val('it is')) && true", [0, 2, 3]),
        ("type == null", [3]),
        ("contains(type, 'vis')", [2]),
        ("type.contains('vis') || type.startsWith('ev')", [0, 1, 2]),
        ("endsWith(toUppercase(type), 'ENT')", [0, 1]),
        ("type.toLowercase().trim().length() == 5", [0, 1, 2]),
        ("price > 2000 && (type == 'visit' || code == 7)", [0, 2]),
        ("price > 'a'", []),
        ("price / 0 > 1", []),
        ("type - 1 < 0", []),
        ("-price < -2000", [0, 2]),
        ("price % 1000 == 500", [0]),
        ("type + '!' == 'visit!'", [2]),
        ("type == '&& || !='", []),
        ("not(type == 'event')", [2, 3]),
        ("abs(0 - price) == 100", [1]),
    ],
)
def test_rows_are_kept_for_which_the_formula_holds(formula, kept):
    keeps = row_filter(formula, COLUMNS)
    assert [index for index, row in enumerate(ROWS) if keeps(row)] == kept


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("", "cannot be read"),
        ("price >", "cannot be read"),
        ("price = 1", "cannot be read"),
        ("(" * 300, "cannot be read"),
        ("colour == 1", 'there is no column "colour"'),
        ("val('colour') == 1", 'there is no column "colour"'),
        ("val(type) == 1", "val() with 1 arguments is not supported"),
        ("1 < price < 3", "1 < price < 3 is not supported"),
        ("replace(type, 'a', 'b') == 'x'", "replace() with 3 arguments is not supported"),
        ("contains(type)", "contains() with 1 arguments is not supported"),
        ("type.__class__", "type.__class__ is not supported"),
        ("__import__('os').system('true')", "not supported"),
        ("[row for row in type]", "not supported"),
        ("(lambda: 1)()", "not supported"),
        ("f'{type}'", "not supported"),
        ("type ** 9", "not supported"),
        ("type[0] == 'e'", "not supported"),
        ("b'x' == type", "not supported"),
    ],
)
def test_what_is_not_supported_is_refused_before_any_row_is_read(formula, reason):
    with pytest.raises(StorageError) as refused:
        row_filter(formula, COLUMNS)
    assert reason in str(refused.value)
