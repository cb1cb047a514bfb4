"""Values of the input through every recipe that passes rows on: as they went in, whatever is in them."""

from __future__ import annotations

import pytest

from tests.python.conftest import ROOT
from tests.python.recipes.model_folders import import_folder, plugin_with_chunks
from tests.python.unit.topics.theme_models import THEMES, theme_files

pytestmark = pytest.mark.oldest

TEXT = "text, raw"
TYPES = {
    "index": "string", 'quo"te': "string", " blank ": "string", "tiny": "tinyint", "small": "smallint", "int": "int",
    "big": "bigint", "float": "float", "double": "double", "flag": "boolean", "moment": "date", "day": "dateonly",
    "local": "datetimenotz", "list": "array", "map": "map", "thing": "object", "place": "geopoint", "area": "geometry",
    TEXT: "string", "summary of it": "string",
}  # fmt: skip
STRINGS = [
    "\ufeffafter a byte order mark", "\ufeff", "before\0after", "\0", "\0\0 two", "ends\0", "a\rb", "a\r\nb\n", "\n",
    'say "hi"', '"', '""', "\\", "\\N", "\\n", "back\\\\slash\t", "\t", " leading", "trailing ", "  ", "\u00a0",
    "a\u2028b\u2029c", "a\x85b\x0bc\x0cd\x1ce", "NA", "N/A", "null", "NULL", "None", "nan", "NaN", "#N/A", "-", "inf",
    "00123", "1_000", "1e5", "true", "True", "9007199254740993.0", "=1+1", "'", "a,b;c|d",
    "é e\u0301 ﷽", "👩‍👩‍👧 \U0010ffff",
    "\ue000\ue001", "\ufffd", "long " * 60_000, "",
]  # fmt: skip
INTEGERS = {"tiny": 127, "small": -32768, "int": 2147483647, "big": 9223372036854775807}
REALS = [
    "0.1", "-0.0", "5e-324", "1.7976931348623157e+308", "0.30000000000000004", "1.2345678901234568e+17", "Infinity",
    "-Infinity", "NaN", "inf", "nan", "",
]  # fmt: skip
MOMENTS = [
    "2020-12-31T23:59:59.101Z", "0001-01-01T00:00:00.000Z", "1066-10-14T09:00:00.000Z", "1677-09-21T00:12:43.145Z",
    "2262-04-11T23:47:16.855Z", "9999-12-31T23:59:59.999Z", "2024-02-29T00:00:00.000Z", "",
]  # fmt: skip
FLAGS = ["true", "false", ""]
# By column: what does not fit its type.
MISFITS = {
    "tiny": ["128", "n/a", "1.5"], "small": ["40000", "x"], "int": ["2147483648", "-", "1e99"],
    "big": ["9223372036854775808", "n/a", "1_000", "12 000", "1.5", "0x10", "\0", "NULL"],
    "float": ["n/a", "1,5"], "double": ["n/a", "1e400", "1_0", "１２", "--1", "1 2", "None", "1\0"],
    "flag": ["maybe", "n/a", "2"], "moment": ["n/a", "2020-13-01T00:00:00.000Z", "yesterday", "31/12/2020"],
    "day": ["2021-04-31", "soon"], "local": ["2020-12-31 25:00:00.000", "NaT"],
}  # fmt: skip
RECIPES = ("assign", "topics", "summarize", "evaluate")


def input_rows():
    """Build rows in which every value of the tables above stands at least once."""
    return [
        {
            "index": text, 'quo"te': text[::-1], " blank ": text,
            **{name: ("" if number % 3 == 1 else value - number if value > 0 else value + number)
               for name, value in INTEGERS.items()},
            "float": ["0.1", "-2.5", ""][number % 3], "double": REALS[number % len(REALS)],
            "flag": FLAGS[number % 3], "moment": MOMENTS[number % len(MOMENTS)],
            "day": MOMENTS[number % len(MOMENTS)][:10],
            "local": MOMENTS[number % len(MOMENTS)][:23].replace("T", " "),
            "list": '["a", "b\\n", null, 1.0]', "map": '{"k": "v\\u0000"}', "thing": '{"a": {"b": [1, "x,y"]}}',
            "place": "POINT(2.35 48.85)", "area": "POLYGON((0 0, 1 0, 1 1, 0 0))" if number % 2 else "",
            TEXT: f"{list(THEMES.values())[number % len(THEMES)]} {text}", "summary of it": text,
        }
        for number, text in enumerate(STRINGS)
    ]  # fmt: skip


def recipe_run(instance, recipe, name, plugin=ROOT):
    """Run a recipe on a dataset; return its rows and its log."""
    inputs, outputs, config = {"documents": name}, {}, {"text_column": TEXT, "language": "en"}
    if recipe == "assign":
        inputs["model"], outputs["document_topics"] = "model", f"{name}_assigned"
    elif recipe == "topics":
        outputs = {role: f"{name}_{role}" for role in ("document_topics", "topics", "topic_terms", "model")}
        config["n_topics"] = 3
    elif recipe == "summarize":
        outputs["summaries"] = f"{name}_summaries"
    else:
        inputs = {"summaries": name}
        outputs = {"evaluation": f"{name}_evaluation", "evaluation_overall": f"{name}_overall"}
        config["summary_column"] = "summary of it"
    instance.plugin = plugin
    done = instance.run(f"text-explorer-{recipe}", inputs, outputs, config, "--form-defaults")
    assert done.returncode == 0, done.stderr
    return instance.rows(next(iter(outputs.values()))), done.stderr


@pytest.fixture(scope="module")
def flow(shared_instance):
    """Import the rows, and others of which every second one holds nothing but values that do not fit."""
    shared_instance.import_rows("values", input_rows(), TYPES)
    fitting = {"tiny": 1, "small": 1, "int": 1, "big": 1, "float": 1.5, "double": 1.5, "flag": "true",
               "moment": MOMENTS[0], "day": "2020-12-31", "local": "2020-12-31 00:00:00.101"}  # fmt: skip
    rows = []
    for number in range(max(map(len, MISFITS.values()))):
        text = {"index": str(number), TEXT: list(THEMES.values())[number % len(THEMES)], "summary of it": "army"}
        rows += [{**text, **fitting}, {**text, **{name: of[number % len(of)] for name, of in MISFITS.items()}}]
    shared_instance.import_rows("misfits", rows, {name: TYPES[name] for name in rows[0]})
    import_folder(shared_instance, "model", theme_files())
    return shared_instance


@pytest.mark.parametrize("recipe", RECIPES)
def test_values_come_out_as_they_went_in(flow, recipe):
    rows, log = recipe_run(flow, recipe, "values")
    expected = [{name: str(row[name]) for name in TYPES} for row in input_rows()]
    for name in TYPES:
        assert [row[name] for row in rows] == [row[name] for row in expected], name
    assert "They count as missing" not in log


def test_values_do_not_depend_on_the_chunk_size(flow, tmp_path):
    whole, _ = recipe_run(flow, "assign", "values")
    plugin = plugin_with_chunks(tmp_path / "plugin", ROOT, "text-explorer-assign", 3)
    in_threes, _ = recipe_run(flow, "assign", "values", plugin)
    assert in_threes == whole


@pytest.mark.parametrize("recipe", RECIPES)
def test_values_that_do_not_fit_their_column_are_empty_and_counted_and_no_row_is_lost(flow, recipe):
    rows, log = recipe_run(flow, recipe, "misfits")
    assert [row["index"] for row in rows] == [str(number // 2) for number in range(len(rows))]
    fitting, misfits = rows[::2], rows[1::2]
    for name in MISFITS:
        assert {row[name] for row in misfits} == {""}, name
        assert "" not in {row[name] for row in fitting}, name
        warning = f"column {name} of the dataset LOCAL.misfits: no "
        assert log.count(warning) == 1
        assert f"of the type {TYPES[name]} in 8 cells (rows, counted from 1: 2, 4, 6, ...)" in log.split(warning)[1]


def test_a_weight_that_is_no_number_counts_as_missing_and_so_do_group_and_date(instance):
    rows = [
        {"group": group, "weight": weight, "day": day, "review": f"Review {weight} of the phone. It is good."}
        for group, weight, day in [
            ("1", "0.5", MOMENTS[0]),
            ("n/a", "Infinity", "n/a"),
            ("", "n/a", ""),
            ("1", "", "x"),
        ]
    ]
    types = {"group": "bigint", "weight": "double", "day": "date", "review": "string"}
    instance.import_rows("reviews", rows, types)
    config = {"text_column": "review", "group_columns": ["group"], "weight_column": "weight"}
    done = instance.run(
        "text-explorer-summarize-groups", {"documents": "reviews"}, {"group_summaries": "groups"}, config,
        "--form-defaults",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [(row["group"], row["n_documents"]) for row in instance.rows("groups")] == [("1", "2"), ("", "2")]
    assert "3 rows have no number above 0 in the weight column" in done.stderr
    assert "column weight of the dataset LOCAL.reviews: no number of the type double in 1 cell" in done.stderr


def test_groups_of_numbers_keep_their_values_and_their_order(instance):
    values = ["0.1", "10.0", "9.5", "-0.5", "Infinity", "", "NaN"]
    rows = [{"double": value, "float": value, "review": "It is good."} for value in values]
    instance.import_rows("reviews", rows, {"double": "double", "float": "float", "review": "string"})
    for column in ("double", "float"):
        config = {"text_column": "review", "group_columns": [column]}
        done = instance.run(
            "text-explorer-summarize-groups", {"documents": "reviews"}, {"group_summaries": column}, config,
            "--form-defaults",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        written = [row[column] for row in instance.rows(column)]
        assert [float(value) for value in written[:-1]] == [-0.5, 0.1, 9.5, 10.0, float("inf")]
        assert (written[1], written[-1]) == ("0.1", "")
