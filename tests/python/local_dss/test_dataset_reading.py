"""What the reading calls of ``dataiku.Dataset`` return inside a recipe."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.oldest

MOMENTS = [
    "2020-12-31 00:00:00.101000+00:00",
    "2021-01-01 00:00:00+00:00",
    "2021-01-02 00:00:00+00:00",
    "2021-01-03 10:00:00+00:00",
]
TEXTS = ['a "quoted", text\nover 😀 lines', "plain", "third", "fourth"]


def test_inferred_read_ignores_the_schema_except_dates(dataset_findings):
    frame = dataset_findings["inferred"]
    assert frame["dtypes"] == {
        "id": "int64",
        "code": "int64",
        "text": "object",
        "share": "float64",
        "flag": "bool",
        "moment": "datetime64[ns, UTC]",
        "group": "object",
        "small": "int64",
    }
    assert frame["cells"]["code"] == [123, 7, 42, 0]
    assert frame["cells"]["text"] == TEXTS
    assert frame["cells"]["moment"] == MOMENTS


def test_typed_read_follows_the_schema(dataset_findings):
    frame = dataset_findings["typed"]
    assert frame["dtypes"]["code"] == "object"
    assert frame["dtypes"]["small"] == "object"
    assert frame["dtypes"]["moment"] == "datetime64[ns, UTC]"
    assert frame["cells"]["code"] == ["00123", "00007", "42", "0"]
    assert frame["cells"]["share"] == [0.5, 0.25, 1000.0, -1.0]


def test_options_for_text_survive_gaps(dataset_findings):
    frame = dataset_findings["typed text options"]
    assert frame["dtypes"]["whole"] == "Int32"
    assert frame["cells"]["whole"] == [1, None, 3]
    assert frame["cells"]["flag"] == ["true", None, "false"]
    assert frame["cells"]["word"] == [None, None, None]


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        ("typed with empty integer", "ValueError", "Integer column has NA values"),
        ("typed with empty boolean", "ValueError", "Bool column has NA values"),
        ("unknown column", "DssError", "Column not found in the schema of the dataset: nope"),
        ("head with ratio", "ValueError", "not supported by the head sampling mode"),
        ("random with neither", "ValueError", "requires either a parameter limit or ratio"),
        ("random column without column", "ValueError", "requires a sampling_column"),
        ("column of the head", "ValueError", "does not make sense with head"),
        ("limit that is no number", "DssError", "must be a whole number of at least 0. Got 'all'."),
        ("unknown sampling", "ValueError", "Sampling tail is unsupported"),
        ("raw in an unknown format", "NotAvailableHereError", "The format parquet is not available here"),
        ("raw with an unknown parameter", "NotAvailableHereError", "The parameter charset of this format"),
        ("raw of an unknown column", "DssError", "Column not found in the schema of the dataset: nope"),
        ("raw of an output", "DssError", "No column in schema"),
        ("fast path", "DssError", "Fast path is not available"),
        ("unbuilt frame", "DssError", "LOCAL.unbuilt is not ready: it has not been built yet"),
        ("unbuilt rows", "DssError", "LOCAL.unbuilt is not ready: it has not been built yet"),
        ("undeclared", "DssError", "cannot be used : declare it as input or output of your recipe"),
        ("read an output", "DssError", "You cannot read dataset LOCAL.frames, it is not declared as an input"),
        ("empty schema", "DssError", "No column in schema of LOCAL.frames"),
        ("set write partition", "DssError", "You cannot explicitly set write partition in a recipe"),
        ("add read partitions", "DssError", "You cannot explicitly set read partitions in a recipe"),
        ("broken metadata", "ValueError", "'checklists' is missing"),
    ],
)
def test_a_refused_call_raises_what_dss_raises(dataset_findings, name, error, message):
    assert dataset_findings[name]["raised"] == error
    assert message in dataset_findings[name]["message"]


def test_na_words_are_lost_unless_the_defaults_are_dropped(dataset_findings):
    assert dataset_findings["words"]["cells"] == {"word": [None, None, None]}
    assert dataset_findings["literal words"]["cells"] == {"word": ["NA", "null", None]}


def test_integers_can_be_read_as_floats(dataset_findings):
    assert dataset_findings["int as float"] == {"dtypes": {"whole": "float64"}, "cells": {"whole": [1.0, None, 3.0]}}


def test_small_integers_need_the_nullable_option(dataset_findings):
    assert dataset_findings["typed"]["cells"]["small"] == ["1", "2", "3", "4"]
    assert dataset_findings["nullable small"] == {"dtypes": {"small": "Int16"}, "cells": {"small": [1, 2, 3, 4]}}


def test_dates_can_be_left_as_text_in_utc_milliseconds(dataset_findings):
    assert dataset_findings["dates as text"]["cells"]["moment"] == [
        "2020-12-31T00:00:00.101Z",
        "2021-01-01T00:00:00.000Z",
        "2021-01-02T00:00:00.000Z",
        "2021-01-03T10:00:00.000Z",
    ]


def test_columns_come_in_the_order_asked_for(dataset_findings):
    assert list(dataset_findings["columns in my order"]["cells"]) == ["code", "id"]


def test_dtypes_can_be_chosen(dataset_findings):
    assert dataset_findings["categoricals"]["dtypes"] == {"code": "category", "text": "object"}
    assert dataset_findings["all strings categorical"]["dtypes"] == {"code": "category", "id": "int64"}
    assert dataset_findings["override"]["cells"]["code"] == ["00123", "00007", "42", "0"]
    assert dataset_findings["bool as str while inferring"]["cells"]["flag"] == ["true", "false", "true", "false"]
    assert dataset_findings["pandas arguments"]["cells"] == {"id": [1]}
    assert dataset_findings["float precision"]["cells"]["share"][2] == 1000.0


def test_samplings_choose_rows(dataset_findings):
    assert dataset_findings["head"]["cells"] == {"id": [1, 2]}
    assert dataset_findings["limits from settings and queries"] == [2, 3, 4]
    assert dataset_findings["random limit"] == 3
    assert dataset_findings["random ratio"] == 4
    assert dataset_findings["random column"]["cells"]["group"] in (["x", "x"], ["y", "y"])
    assert dataset_findings["sort column"]["cells"]["id"] == [4, 3]
    assert dataset_findings["java sampling"]["cells"] == {"id": [1]}
    assert dataset_findings["sampling argument"] == {"samplingMethod": "RANDOM_FIXED_NB", "maxRecords": 10}


def test_chunks_cover_all_rows_with_a_running_index(dataset_findings):
    assert dataset_findings["chunk sizes"] == [3, 1]
    assert dataset_findings["chunk index"] == [0, 3]
    assert dataset_findings["typed chunks"]["cells"] == {"id": [1, 2], "code": ["00123", "00007"]}
    assert dataset_findings["forced types"]["cells"] == {"id": [1.0, 2.0, 3.0, 4.0]}
    assert dataset_findings["schema for pandas"] == [["id", "moment"], {"id": "int64"}, ["moment"]]


def test_rows_are_typed_and_empty_cells_depend_on_the_type(dataset_findings):
    assert dataset_findings["tuples"] == [
        [1, 0.5, True, "2020-12-31 00:00:00.101000+00:00", "NA"],
        [None, None, False, None, "null"],
        [3, 2.0, False, None, ""],
    ]
    assert dataset_findings["some tuples"] == [["00123", 1]]
    assert dataset_findings["row"][:2] == ["00123", "default"]
    assert dataset_findings["row"][3:] == [1, "datetime"]


def test_a_dataset_without_rows_gives_an_empty_frame(dataset_findings):
    assert dataset_findings["empty rows"] == []
    assert dataset_findings["empty frame"]["cells"] == {"a": [], "b": []}
    assert sum(dataset_findings["empty chunks"]) == 0


def test_raw_bytes_are_tab_separated(dataset_findings):
    assert dataset_findings["raw"] == "1\t00123\r\n2\t00007\r\n3\t42\r\n4\t0\r\n"
    assert dataset_findings["raw with a header"].splitlines()[0] == "code\ttext"
    assert dataset_findings["raw sample"] == "1\r\n"
    assert dataset_findings["raw seekable"] is False


def test_raw_bytes_as_csv_have_commas_and_a_header(dataset_findings):
    first = 'text,id\r\n"a ""quoted"", text\nover 😀 lines",1\r\n'
    assert dataset_findings["raw as csv"] == first + "plain,2\r\nthird,3\r\nfourth,4\r\n"
    assert dataset_findings["raw as csv with parameters"] == "1;00123\r\n2;00007\r\n3;42\r\n4;0\r\n"


def test_a_workbook_holds_typed_cells(dataset_findings):
    sheet = dataset_findings["workbook"]
    assert sheet.strip().startswith('idcodetextshareflagmomentgroupsmall100123a "quoted", text\nover 😀 lines0.51')
    number, date = "<c>", '<c s="1">'
    text, flag = '<c t="inlineStr">', '<c t="b">'
    assert dataset_findings["cells of a workbook"] == [number, text, text, number, flag, date, text, number]


def test_handles_tell_what_they_are(dataset_findings):
    assert dataset_findings["identity"] == ["LOCAL.typed", "LOCAL", "typed", "LOCAL.typed"]
    assert dataset_findings["flags of an input"] == [True, False, None, None]
    assert dataset_findings["flags of an output"] == [False, True, False]
    assert dataset_findings["undeclared but ignoring the flow"] == "LOCAL.somewhere_else"
    assert dataset_findings["first column"] == {
        "name": "id",
        "type": "bigint",
        "comment": "a key",
        "meaning": "LongMeaning",
    }
    assert dataset_findings["empty schema allowed"] == []


def test_information_calls_describe_the_dataset(dataset_findings):
    assert dataset_findings["partitions"] == ["NP"]
    assert dataset_findings["config"] == ["LOCAL", "typed", {"dimensions": []}]
    assert dataset_findings["location"] == "Filesystem"
    assert dataset_findings["files"] == [True]
    assert dataset_findings["tags"] == ["seen"]
    assert dataset_findings["no metric"] == []
    assert dataset_findings["metric"] == 0.5


def test_get_dataframe_takes_the_parameters_of_dss_14(dataset_findings):
    assert dataset_findings["get_dataframe parameters"] == [
        *("columns", "sampling", "sampling_column", "limit", "ratio", "ascending", "infer_with_pandas", "parse_dates"),
        *("bool_as_str", "int_as_float", "use_nullable_integers", "categoricals", "float_precision", "na_values"),
        *("keep_default_na", "print_deep_memory_usage", "skip_additional_data_checks", "date_parser"),
        *("override_dtypes", "pandas_read_kwargs"),
    ]
