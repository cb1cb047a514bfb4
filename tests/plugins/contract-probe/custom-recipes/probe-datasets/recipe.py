"""Use every call of ``dataiku.Dataset`` and note what it returns."""

import inspect
import io
import re
import zipfile

import dataiku
import numpy as np
import pandas as pd
from dataiku.core import dataset as core_dataset
from dataiku.core import schema_handling
from dataiku.customrecipe import get_input_names_for_role, get_output_names_for_role
from probe_tools.findings import Findings, describe

found = Findings()


def dataset_of(role, names=get_input_names_for_role):
    return dataiku.Dataset(names(role)[0])


typed, gaps = dataset_of("typed"), dataset_of("gaps")
frames, rows = dataset_of("frames", get_output_names_for_role), dataset_of("rows", get_output_names_for_role)
findings = dataset_of("findings", get_output_names_for_role)


def read(dataset, **options):
    return describe(dataset.get_dataframe(**options))


# identity
found.note("identity", [typed.name, typed.project_key, typed.short_name, typed.full_name])
found.note("flags of an input", [typed.readable, typed.writable, typed.read_partitions, typed.writePartition])
found.note("flags of an output", [frames.readable, frames.writable, frames.spec_item["appendMode"]])
found.ask("undeclared", dataiku.Dataset, "somewhere_else")
found.note("undeclared but ignoring the flow", dataiku.Dataset("somewhere_else", ignore_flow=True).full_name)
found.ask("read an output", frames.get_dataframe)
found.ask("write an input", typed.write_with_schema, pd.DataFrame({"a": [1]}))
found.ask("set write partition", typed.set_write_partition, "x")
found.ask("add read partitions", typed.add_read_partitions, "x")

# schema
schema = typed.read_schema()
found.note("schema is a list", isinstance(schema, list))
found.note("first column", schema[0])
found.ask("empty schema", frames.read_schema)
found.note("empty schema allowed", frames.read_schema(raise_if_empty=False))
found.note("cols", [column["name"] for column in typed.cols])

# frames
found.ask("inferred", read, typed)
found.ask("typed", read, typed, infer_with_pandas=False)
found.ask("typed text options", read, gaps, infer_with_pandas=False, bool_as_str=True, use_nullable_integers=True)
found.ask("typed with empty integer", read, gaps, infer_with_pandas=False, columns=["whole"])
found.ask("typed with empty boolean", read, gaps, infer_with_pandas=False, columns=["flag"])
found.ask("int as float", read, gaps, infer_with_pandas=False, int_as_float=True, columns=["whole"])
found.ask("nullable small", read, typed, infer_with_pandas=False, use_nullable_integers=True, columns=["small"])
found.ask("words", read, gaps, infer_with_pandas=False, columns=["word"])
found.ask("literal words", read, gaps, infer_with_pandas=False, columns=["word"], keep_default_na=False, na_values=[""])
found.ask("dates as text", read, typed, infer_with_pandas=False, parse_dates=False, columns=["moment"])
found.ask("columns in my order", read, typed, columns=["code", "id"])
found.ask("unknown column", read, typed, columns=["nope"])
found.ask("categoricals", read, typed, infer_with_pandas=False, columns=["code", "text"], categoricals=["code"])
found.ask("all strings categorical", read, typed, columns=["code", "id"], categoricals="all_strings")
found.ask("override", read, typed, columns=["id", "code"], override_dtypes={"code": "str"})
found.ask("pandas arguments", read, typed, columns=["id"], pandas_read_kwargs={"nrows": 1})
found.ask("float precision", read, typed, columns=["share"], float_precision="round_trip")
found.ask("bool as str while inferring", read, typed, columns=["flag"], bool_as_str=True)
found.note("get_dataframe parameters", list(inspect.signature(typed.get_dataframe).parameters))

# sampling
found.ask("head", read, typed, columns=["id"], limit=2)
found.ask("head with ratio", read, typed, ratio=0.5)
found.ask("random with neither", read, typed, sampling="random")
found.note("limits from settings and queries", [len(typed.get_dataframe(limit=limit)) for limit in (2.0, "3", 5)])
found.ask("limit that is no number", read, typed, limit="all")
found.ask("random limit", lambda: len(typed.get_dataframe(sampling="random", limit=3)))
found.ask("random ratio", lambda: len(typed.get_dataframe(sampling="random", ratio=1)))
found.ask("random column", read, typed, sampling="random-column", sampling_column="group", limit=1, columns=["group"])
found.ask("random column without column", read, typed, sampling="random-column", limit=1)
found.ask("sort column", read, typed, sampling="sort-column", sampling_column="id", limit=2, ascending=False)
found.ask("column of the head", read, typed, sampling_column="id")
found.ask("unknown sampling", read, typed, sampling="tail")
found.ask("java sampling", read, typed, sampling={"samplingMethod": "HEAD_SEQUENTIAL", "maxRecords": 1}, columns=["id"])
found.ask("sampling argument", core_dataset.create_sampling_argument, "random", None, 10)

# chunks, rows, bytes
found.ask("chunk sizes", lambda: [len(chunk) for chunk in typed.iter_dataframes(chunksize=3)])
found.ask("chunk index", lambda: [chunk.index[0] for chunk in typed.iter_dataframes(chunksize=3)])
found.ask(
    "typed chunks", lambda: describe(next(typed.iter_dataframes(2, infer_with_pandas=False, columns=["id", "code"])))
)
names, dtypes, dates = dataiku.Dataset.get_dataframe_schema_st(
    schema, columns=["id", "moment"], infer_with_pandas=False
)
found.note("schema for pandas", [names, {name: str(np.dtype(dtype)) for name, dtype in dtypes.items()}, dates])
found.ask("forced types", lambda: describe(next(typed.iter_dataframes_forced_types(["id"], {"id": "float64"}, False))))
found.ask("tuples", lambda: [list(row) for row in gaps.iter_tuples()])
found.ask("some tuples", lambda: list(typed.iter_tuples(columns=["code", "id"], limit=1)))
row = next(typed.iter_rows())
found.note(
    "row",
    [row["code"], row.get("nope", "default"), list(row.keys()), dict(row.items())["id"], type(row["moment"]).__name__],
)


def raw(*arguments, **options):
    with typed.raw_formatted_data(*arguments, **options) as stream:
        return stream.read().decode("utf-8")


found.ask("raw", lambda: raw(columns=["id", "code"]))
found.ask("raw with a header", lambda: raw(columns=["code", "text"], format="tsv-excel-header"))
found.ask("raw as csv", lambda: raw(columns=["text", "id"], format="csv"))
found.ask(
    "raw as csv with parameters",
    lambda: raw(columns=["id", "code"], format="csv", format_params={"separator": ";", "parseHeaderRow": False}),
)
found.ask("raw sample", lambda: raw({"samplingMethod": "HEAD_SEQUENTIAL", "maxRecords": 1}, ["id"]))
found.ask("raw in an unknown format", typed.raw_formatted_data, format="parquet")
found.ask("raw with an unknown parameter", typed.raw_formatted_data, format="csv", format_params={"charset": "x"})
found.ask("raw of an unknown column", typed.raw_formatted_data, columns=["nope"])
found.ask("raw of an output", frames.raw_formatted_data)
with typed.raw_formatted_data() as stream:
    found.note("raw seekable", stream.seekable())
with typed.raw_formatted_data(format="excel", format_params={"applyColoring": True}) as stream:
    book = zipfile.ZipFile(io.BytesIO(stream.read()))
found.note("workbook", [re.sub("<[^>]*>", "", book.read(name).decode()) for name in book.namelist()][-1])
found.note("cells of a workbook", re.findall("<c[^>]*?>", book.read("xl/worksheets/sheet1.xml").decode())[8:16])
found.ask("fast path", typed.get_fast_path_dataframe)
found.ask("fast path falling back", lambda: len(typed.get_fast_path_dataframe(auto_fallback=True)))

# about the dataset
found.ask("partitions", typed.list_partitions)
found.ask("config", lambda: [typed.get_config()[key] for key in ("projectKey", "name", "partitioning")])
found.ask("location", lambda: typed.get_location_info()["info"]["datasetType"])
found.ask("files", lambda: [entry["size"] > 0 for entry in typed.get_files_info()["globalPaths"]])
metadata = typed.read_metadata()
metadata["tags"].append("seen")
typed.write_metadata(metadata)
found.note("tags", dataiku.Dataset(typed.full_name).read_metadata()["tags"])
found.ask("broken metadata", typed.write_metadata, {})
found.ask("no metric", lambda: typed.get_last_metric_values().get_all_ids())
typed.save_external_metric_values({"quality": 0.5})
found.ask("metric", lambda: typed.get_last_metric_values().get_global_value("external:quality"))

# empty and unbuilt
if get_input_names_for_role("empty"):
    empty, unbuilt = dataset_of("empty"), dataset_of("unbuilt")
    found.ask("empty frame", read, empty)
    found.ask("empty chunks", lambda: [len(chunk) for chunk in empty.iter_dataframes()])
    found.ask("empty rows", lambda: list(empty.iter_tuples()))
    found.ask("unbuilt frame", read, unbuilt)
    found.ask("unbuilt rows", lambda: list(unbuilt.iter_tuples()))

# writing
found.ask("not a frame", frames.write_with_schema, [1, 2])
found.ask("duplicate labels", frames.write_with_schema, pd.DataFrame([[1, 2]], columns=["a", "a"]))
found.ask("duplicate labels as text", frames.write_with_schema, pd.DataFrame([[1, 2]], columns=[1, "1"]))
found.ask("no schema", frames.write_dataframe, pd.DataFrame({"a": [1]}))
frame = pd.DataFrame(
    {
        "i64": [1, 2],
        "i32": np.array([1, 2], dtype="int32"),
        "nullable": pd.array([1, None], dtype="Int64"),
        "f32": np.array([0.1, np.nan], dtype="float32"),
        "f64": [0.1, float("inf")],
        "flag": [True, False],
        "flag_or_none": pd.array([True, None], dtype="boolean"),
        "moment": pd.to_datetime(["2020-12-31 00:00:00.101", None]),
        "zoned": pd.to_datetime(["2020-12-31 02:00:00", None]).tz_localize("Europe/Paris"),
        "text": ['a "quoted", 😀\nline', None],
        "listed": [["a", 1], {"b": 2}],
        "category": pd.Categorical(["x", None]),
        "i8": np.array([1, 2], dtype="int8"),
        "u64": np.array([1, 2], dtype="uint64"),
        "delta": pd.to_timedelta([1, 2], unit="D"),
        "period": pd.PeriodIndex(["2020-01", "2020-02"], freq="M"),
        "nullable_text": pd.array(["x", None], dtype="string"),
        7: [0, 0],
    },
    index=["first", "second"],
)
found.note("types of a frame", [column["type"] for column in schema_handling.get_schema_from_df(frame)])
frames.write_with_schema(frame)
found.note("schema after writing", [column["name"] for column in frames.read_schema()])
found.note("columns of the caller's frame", [str(label) for label in frame.columns])
described = frames.read_schema()
described[0]["comment"] = "a count"
frames.write_schema(described)
found.ask("schema without type", frames.write_schema, [{"name": "a"}])
found.ask("schema with a number", frames.write_schema, [{"name": "a", "type": 3}])
found.ask("schema with a column twice", frames.write_schema, [{"name": "a", "type": "int"}] * 2)

writer = rows.get_writer()
found.ask("second writer", rows.get_writer)
found.ask("row without schema", writer.write_tuple, (1,))
rows.write_schema_from_dataframe(
    pd.DataFrame({"number": [1], "text": [""], "flag": [True], "moment": pd.to_datetime(["2020"])})
)
writer.write_row_dict({"number": 1, "text": "by name", "unknown": "ignored"})
writer.write_tuple((2, "by position", False, pd.Timestamp("2020-12-31T00:00:00.101Z").to_pydatetime()))
writer.write_row_array([None, float("nan"), None, pd.NaT])
writer.write_dataframe(pd.DataFrame({"number": [3], "text": ["by frame"], "flag": [True], "moment": [None]}))
writer.write_dataframe(pd.DataFrame({"other": ["text in a number"], "order": [4]}))
writer.close()
writer.close()
found.ask("write after closing", writer.write_tuple, (1,))
with dataiku.Dataset(findings.full_name).get_writer() as idle:
    found.note("writer before any row", idle.active)

found.write(findings)
