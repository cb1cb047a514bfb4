"""Dates of columns, in the forms that people and programs write."""

from datetime import date, datetime, timezone

import numpy as np
import pandas as pd
import pytest

from text_explorer.topics.prevalence.dates import EMPTY, UNREADABLE, DateReader, read_date
from text_explorer.topics.prevalence.periods import iso_date


def read(cell):
    reading = read_date(cell)
    return iso_date(reading.day_first), iso_date(reading.month_first), reading.grain


@pytest.mark.parametrize(
    "cell",
    [
        "2024-03-01T00:00:00.000Z",
        "2024-03-01T23:59:59.999Z",
        "2024-03-01",
        " 2024-03-01 ",
        "2024-03-01 08:30",
        "2024-03-01 08:30:00.101",
        "2024-03-02T01:00:00+02:00",
        "2024-03-02 01:00:00+02",
        "2024-02-29T22:00:00-0500",
        date(2024, 3, 1),
        datetime(2024, 3, 1, 8, 30, tzinfo=timezone.utc),
        np.datetime64("2024-03-01"),
        pd.Timestamp("2024-03-01", tz="UTC"),
        *("2024-02-29 10:00 p.m. -05", "2024/03/01", "2024/3/1", "2024.03.01", "2024-3-1 8:30", "2024/03/01 08:30:00"),
        *("20240301", 20240301, 20240301.0, "20240301.0", "20240301T083000Z", "20240301083000", 202403010830),
        *(1709251200, 1709251200.5, "1709251200000", 1709251200000),
        *("1 March 2024", "March 1, 2024", "1-Mar-2024", "01 mar 2024 08:30", "Fri, 01 Mar 2024 08:30:00 +0100"),
        *(
            "Fri Mar 01 20:19:24 +0000 2024",
            "Fri, 1 Mar 2024 18:59:00 -0500 (EST)",
            "Feb 29, 2024 11:30 PM -0500",
            "Sat, 2 Mar 2024 00:30:00 +0100",
        ),
        # As reported for dateutil, parsedatetime, lubridate, readr and linelist.
        *("01MAR2024", "Mar 1,2024,10:37 pm", "March 1, 2024 17:25:43pm", "2024-03-01 19:16:59:00", "2024-W09-5"),
        *("1. März 2024", "1 mars 2024", "1 de marzo de 2024", "1 março 2024", "1 maart 2024", "1 marca 2024"),
        *(
            "1 марта 2024 г.",
            "01_Mar_2024",
            "Mrz 1, 2024",
            "am 1. März 2024",
            "2024年3月1日",
            "2024년 3월 1일",
            "the 1st of March 2024",
        ),
        *(45352, "45352", "45352.54436", "1709251200000000", "1709251200000000000", "2024‑03‑01", "2024–03–01"),
    ],
)
def test_days_are_read_in_utc_whatever_way_they_are_written(cell):
    assert read(cell) == ("2024-03-01", "2024-03-01", "day")


@pytest.mark.parametrize("cell", ["1990", "1990.0", 1990, 1990.0, np.int64(1990), np.float64(1990), " 1990 "])
def test_a_year_is_a_year_and_no_nanosecond(cell):
    assert read(cell) == ("1990-01-01", "1990-01-01", "year")


@pytest.mark.parametrize(
    "cell",
    [
        "1990-05",
        "1990/05",
        "1990/5",
        "05/1990",
        "5-1990",
        "05.1990",
        199005,
        "199005",
        "May 1990",
        "May-1990",
        "1990M5",
        "1990M05",
        "1990-M05",
        "Mai 1990",
        "mayo de 1990",
        "maggio 1990",
        "1990年5月",
        "May, 1990",
    ],
)
def test_a_month_is_a_month(cell):
    assert read(cell) == ("1990-05-01", "1990-05-01", "month")


@pytest.mark.parametrize(
    "cell",
    [
        "1990-Q2",
        "1990Q2",
        "1990 Q2",
        "1990/Q2",
        "Q2 1990",
        "q2-1990",
        "Q2/1990",
        "2Q1990",
        "2Q 1990",
        "1990Q02",
        "1990-Q02",
    ],
)
def test_a_quarter_is_a_quarter(cell):
    assert read(cell) == ("1990-04-01", "1990-04-01", "quarter")


def test_a_week_of_the_calendar_is_a_week():
    assert read("2020-W05") == read("2020W05") == ("2020-01-27", "2020-01-27", "week")


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("24. Jänner 2014", "2014-01-24"),
        ("3 juillet 2013", "2013-07-03"),
        ("22_Août_2019", "2019-08-22"),
        ("Dez 9 2001", "2001-12-09"),
        ("Sept. 5, 2016", "2016-09-05"),
        ("Fr 09/15/2017", "2017-09-15"),
        ("Fri, 15.09.2017 12:34:08", "2017-09-15"),
        ("07/22/2017 17:25 PM", "2017-07-22"),
        ("22082019", "2019-08-22"),
        (40179, "2010-01-01"),
        ("5 sierpnia 1980", "1980-08-05"),
        ("11 окт 1999", "1999-10-11"),
    ],
)
def test_days_that_people_found_unreadable_elsewhere_are_read(cell, day):
    assert iso_date(max(read_date(cell)[:2])) == day


@pytest.mark.parametrize("cell", ["3/4/1990", "03041990", "03/04/1990", "3.4.1990", "03-04-1990", "3/4/1990 8:30 PM"])
def test_day_and_month_in_either_order_are_read_in_both(cell):
    assert read(cell) == ("1990-04-03", "1990-03-04", "day")


def test_a_number_above_12_is_no_month():
    assert read_date("31/01/1990").month_first == read_date("01/31/1990").day_first == UNREADABLE
    assert iso_date(read_date("31/01/1990").day_first) == iso_date(read_date("01/31/1990").month_first) == "1990-01-31"


@pytest.mark.parametrize("cell", [None, "", "  ", np.nan, pd.NaT, pd.NA])
def test_a_missing_date_is_empty(cell):
    assert read_date(cell).day_first == EMPTY


@pytest.mark.parametrize(
    "cell",
    [
        *("2024-02-30", "2024-13-01", "0000-01-01", "2024-03-01T25:00", "2024-13", "2020-Q5", "2020-W54", "31/31/1990"),
        *(
            "jui 2013",
            "Foo 2013",
            "7 ago",
            "2010M13",
            "1990Q05",
            "2020-W10-8",
            "99990101",
            "31311990",
            "72000",
            "12345678901",
        ),
        *("unknown", "n/a", "1990s", "1990-91", "March 1", "1 March 24", "may be 2020", "in 1990", "?", "99", "999"),
        *("٢٠٢٤-٠٣-٠١", True, 3000, 0, -1990, 1990.5, 12.5, 20241301, 1e300, float("inf"), "1990 " * 1000),
    ],
)
def test_what_is_no_date_is_unreadable(cell):
    assert read_date(cell)[:2] == (UNREADABLE, UNREADABLE)


def test_the_ends_of_the_calendar_are_not_left():
    assert read("0001-01-01T00:00:00+05:00")[0] == "0001-01-01"
    assert read("9999-12-31T23:00:00-05:00")[0] == "9999-12-31"


def column(*cells):
    reader = DateReader()
    days = reader.read(cells)
    return reader, [iso_date(day) for day in days[:, reader.order].tolist() if day > 0]


@pytest.mark.parametrize(
    ("cells", "days", "sentence"),
    [
        (
            ["3/4/1990", "31/1/1990"], ["1990-04-03", "1990-01-31"],
            "1 date such as 3/4/1990 can be read in two orders; the day was taken to come first, as in 1 that can be "
            "read in one order only.",
        ),
        (
            ["3/4/1990", "1/31/1990", "1/30/1990", "31/1/1990"],
            ["1990-03-04", "1990-01-31", "1990-01-30", "1990-01-31"],
            "1 date such as 3/4/1990 can be read in two orders; the month was taken to come first, as in 2 that can be "
            "read in one order only (and 1 the other way).",
        ),
        (
            ["3/4/1990", "5/6/1990", "7/7/1990"], ["1990-04-03", "1990-06-05", "1990-07-07"],
            "2 dates such as 3/4/1990 can be read in two orders; the day was taken to come first, as no other date "
            "tells.",
        ),
    ],
)  # fmt: skip
def test_the_order_of_day_and_month_is_that_of_the_dates_that_allow_one_only(cells, days, sentence):
    reader, found = column(*cells)
    assert (found, reader.remarks()) == (days, [sentence])


def test_the_commonest_forms_that_cannot_be_read_are_named():
    reader, found = column(*["unknown"] * 4, "x" * 100, *[" n/a"] * 3, "2020-13", "2020-13", "2020-01-01", None)
    assert found == ["2020-01-01"]
    assert reader.remarks() == ["10 dates could not be read; the commonest: 'unknown' (4), 'n/a' (3), '2020-13' (2)."]


@pytest.mark.parametrize(
    ("cells", "grain"),
    [(["1990", "1991-05"], "month"), (["1990", "1990-Q2"], "quarter"), ([1990, 1991], "year"), (["1990-05-01"], "day")],
)
def test_a_column_is_as_fine_as_its_finest_date(cells, grain):
    reader, _ = column(*cells)
    assert reader.grain([]) == grain
