"""Runs over partitioned datasets."""

from __future__ import annotations

import json

import pytest

from local_dss.errors import LocalDssError
from local_dss.jobs.partitions import parse_dimensions, split_identifier
from local_dss.site.local_dss_storage.datasets import StoredDataset


def rows(home, name, partitions=None):
    return list(StoredDataset(home, "LOCAL", name).rows(partitions))


SALES = "day,country,amount\n2020-01-01,FR,1\n2020-01-02,FR,2\n2020-01-01,DE,3\n"


@pytest.fixture
def sales(home, probe):
    """A dataset partitioned by a time and a value."""
    probe.import_dataset(home, "sales", SALES, None, "--partition-by", "day:DAY,country")
    return StoredDataset(home, "LOCAL", "sales")


def test_rows_are_dispatched_to_partitions_by_their_columns(sales):
    assert sales.partitions() == ["2020-01-01|DE", "2020-01-01|FR", "2020-01-02|FR"]
    assert list(sales.rows(["2020-01-01|DE"])) == [["2020-01-01", "DE", "3"]]


def test_a_run_reads_and_writes_one_partition(run, home, sales):
    options = ("--input", "source=sales", "--output", "copy=c", "--partition")
    assert run("probe-copy", {"how": "chunks"}, *options, "2020-01-01|FR")[1] == "copy: dataset LOCAL.c, 1 rows\n"
    assert run("probe-copy", {"how": "chunks"}, *options, "2020-01-02|FR")[1] == "copy: dataset LOCAL.c, 1 rows\n"
    assert rows(home, "c", ["2020-01-01|FR"]) == [["2020-01-01", "FR", "1"]]
    assert StoredDataset(home, "LOCAL", "c").partitions() == ["2020-01-01|FR", "2020-01-02|FR"]


def test_a_run_can_read_several_partitions(run, home, sales):
    options = ("--input", "source=sales", "--output", "copy=c", "--partition", "2020-01-03|FR")
    reading = ("--read-partitions", "sales=2020-01-01|FR,2020-01-02|FR")
    assert run("probe-copy", {"how": "chunks"}, *options, *reading)[0] == 0
    assert rows(home, "c") == [["2020-01-01", "FR", "1"], ["2020-01-02", "FR", "2"]]


def test_without_a_partition_all_are_read_into_an_unpartitioned_output(run, home, sales):
    assert run("probe-copy", {"how": "chunks"}, "--input", "source=sales", "--output", "copy=c")[0] == 0
    assert len(rows(home, "c", ["NP"])) == 3


def test_flow_variables_tell_the_partitions(run, home, sales):
    options = ("--input", "source=sales", "--output", "copy=c", "--partition", "2020-01-02|FR")
    assert run("probe-copy", {"how": "variables"}, *options)[0] == 0
    variables = {name: json.loads(value) for name, value in rows(home, "c")}
    assert variables["read"] == ["2020-01-02|FR"]
    assert variables["write"] == "2020-01-02|FR"
    assert {name: value for name, value in variables.items() if name.startswith("DKU_DST_")} == {
        "DKU_DST_day": "2020-01-02",
        "DKU_DST_YEAR": "2020",
        "DKU_DST_MONTH": "01",
        "DKU_DST_DAY": "02",
        "DKU_DST_DATE": "2020-01-02",
        "DKU_DST_country": "FR",
    }
    assert variables["DKU_SRC_sales_country"] == "FR"
    assert variables["DKU_SRC_sales_country_VALUES"] == "'FR'"
    assert variables["DKU_SRC_country"] == "FR"


def test_several_source_partitions_are_told_as_quoted_values(run, home, sales):
    assert run("probe-copy", {"how": "variables"}, "--input", "source=sales", "--output", "copy=c")[0] == 0
    variables = {name: json.loads(value) for name, value in rows(home, "c")}
    assert variables["DKU_SRC_sales_day_VALUES"] == "'2020-01-01', '2020-01-02'"
    assert "DKU_SRC_sales_day" not in variables
    assert variables["write"] is None


def test_a_missing_partition_is_refused(run, sales):
    options = ("--input", "source=sales", "--output", "copy=c", "--partition", "2021-01-01|FR")
    code, _, err = run("probe-copy", {"how": "chunks"}, *options)
    assert code == 2
    assert "LOCAL.sales has no partition 2021-01-01|FR." in err


def test_a_partitioned_output_needs_a_partition(run, sales, home):
    sales_copy = StoredDataset(home, "LOCAL", "c")
    sales_copy.create(sales.read_columns(), sales.dimensions())
    code, _, err = run("probe-copy", {"how": "chunks"}, "--input", "source=sales", "--output", "copy=c")
    assert code == 2
    assert "LOCAL.c is partitioned: choose the partition to write with --partition." in err


def test_dimensions_are_values_or_times():
    assert parse_dimensions("day:DAY, country") == [
        {"name": "day", "type": "time", "params": {"period": "DAY"}},
        {"name": "country", "type": "value", "params": {}},
    ]


@pytest.mark.parametrize(
    ("text", "fault"), [("a,,b", "needs a name"), ("a:WEEK", "must be one of YEAR, MONTH, DAY, HOUR")]
)
def test_bad_dimensions_are_explained(text, fault):
    with pytest.raises(LocalDssError, match=fault):
        parse_dimensions(text)


def test_an_identifier_must_fit_the_dimensions():
    with pytest.raises(LocalDssError, match=r'"FR" does not fit the dimensions day\|country'):
        split_identifier("FR", parse_dimensions("day:DAY,country"))
