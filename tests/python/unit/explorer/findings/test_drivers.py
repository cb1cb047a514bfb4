"""A number of the documents by topic, and what moved its mean."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t, ttest_1samp, ttest_ind

from tests.python.unit.explorer.filterable_source import two_merged_into_zero
from tests.python.unit.explorer.findings.findings_source import by, documents, source_of
from tests.python.unit.explorer.theme_source import edited, theme_source
from text_explorer.explorer.documents.selection import Selection, parse_day
from text_explorer.explorer.findings.drivers import change_by_cell, drivers
from text_explorer.explorer.shared.errors import BadRequestError

GOOD, BAD = [4, 5, 4, 5, 5, 4, 5, 5, 4, 5, 4, 5], [1, 2, 1, 3, 2, 1, 2, 2, 1, 1, 3, 2, 2, 1, 2]
EVERYTHING = Selection()


def driven(index, selection=EVERYTHING, since=""):
    return drivers(index, selection, 0, parse_day("since", since))


def two_topics(**config):
    """Make good ratings of topic 0 and bad ones of topic 1, and two documents without a rating."""
    ratings = [*GOOD, *BAD, "", None]
    return source_of(documents(12, 0), documents(15, 1), documents(2, 0), ratings=ratings, **config)


def test_means_come_with_students_interval(indexed):
    found = driven(indexed(two_topics()))
    assert (found["name"], found["columns"]) == ("rating", [{"index": 0, "name": "rating"}])
    assert (found["n"], found["n_missing"], found["mean"]) == (27, 2, pytest.approx(np.mean(GOOD + BAD), abs=1e-6))
    topics = by(found["topics"], "topic")
    for topic, ratings in enumerate((GOOD, BAD)):
        interval = ttest_1samp(ratings, 0).confidence_interval()
        row = topics[topic]
        assert (row["n"], row["mean"]) == (len(ratings), pytest.approx(np.mean(ratings), abs=1e-6))
        assert (row["low"], row["high"]) == pytest.approx((interval.low, interval.high), abs=1e-5)


def test_differences_from_the_mean_come_with_welchs_interval(indexed):
    found = driven(indexed(two_topics()))
    topic = by(found["topics"], "topic")[0]
    mean = np.mean(GOOD + BAD)
    welch = ttest_ind(GOOD, BAD, equal_var=False)
    half = t.ppf(0.975, welch.df) * np.sqrt(np.var(GOOD, ddof=1) / 12 + np.var(BAD, ddof=1) / 15)
    others = 15 / 27  # the mean of all is nearer to the topic than that of all others
    expected = [others * (np.mean(GOOD) - np.mean(BAD) + sign * half) for sign in (-1, 1)]
    assert topic["difference"] == pytest.approx(np.mean(GOOD) - mean, abs=1e-6)
    assert (topic["difference_low"], topic["difference_high"]) == pytest.approx(expected, abs=1e-5)
    assert topic["differs"]
    assert [row["topic"] for row in found["topics"]] == [0, 1]  # the larger difference first


def test_few_documents_do_not_differ(indexed):
    source = source_of(documents(9, 0), documents(15, 1), documents(1, 2), ratings=[*GOOD[:9], *BAD, 5])
    topics = by(driven(indexed(source))["topics"], "topic")
    assert topics[0]["difference_low"] > 0
    assert (topics[0]["differs"], topics[2]["low"], topics[2]["difference_low"]) == (False, None, None)


def test_hidden_topics_and_documents_without_one_come_last(indexed):
    source = theme_source(n_repeated=5)
    rows = source.tables["document_topics"]
    for number, row in enumerate(rows):
        row["rating"] = number % 7
    rows[0] |= {"topic_id": None, "topic_label": ""}
    edits = edited({"topic_id": 1, "hidden": True}, {"topic_id": 2, "hidden": True}, {"topic_id": 4, "merged_into": 3})
    found = driven(indexed(source, edits=edits))["topics"]
    assert [(row["kind"], row["n"]) for row in found[-2:]] == [("hidden", 10), ("no_topic", 1)]
    assert {row["topic"]: row["n"] for row in found[:-2]} == {0: 4, 3: 10, 5: 5}


def test_merged_topics_are_one(indexed):
    source = source_of(documents(12, 0), documents(15, 2), ratings=[*GOOD, *BAD])
    found = driven(indexed(source, edits=two_merged_into_zero))["topics"]
    assert [(row["topic"], row["n"], row["difference"]) for row in found] == [(0, 27, 0.0)]


def years(*counts, ratings):
    """Make documents of topics by year, each with a rating of its topic and year."""
    parts, numbers = [], []
    for year, (of_year, values) in enumerate(zip(counts, ratings), start=2020):
        for topic, (n, value) in enumerate(zip(of_year, values)):
            parts.append(documents(n, topic, f"{year}-05-05"))
            numbers += [value] * n
    return source_of(*parts, ratings=numbers)


def test_a_change_of_sizes_alone_is_all_mix(indexed):
    found = driven(indexed(years((50, 50, 0), (20, 70, 10), ratings=[(5, 1, 3), (5, 1, 3)])))
    change, topics = found["change"], by(found["topics"], "topic")
    assert (change["then"]["mean"], change["now"]["mean"]) == (3.0, 2.0)
    assert (change["difference"], change["mix"], change["level"]) == pytest.approx((-1, -1, 0), abs=1e-9)
    # The middle of both means is 2.5: (0.2 - 0.5)(5 - 2.5), (0.7 - 0.5)(1 - 2.5) and 0.1 (3 - 2.5).
    assert [topics[topic]["mix"] for topic in range(3)] == pytest.approx([-0.75, -0.3, 0.05], abs=1e-9)


def test_a_change_of_ratings_alone_is_all_level(indexed):
    found = driven(indexed(years((50, 50, 0), (50, 50, 0), ratings=[(5, 1, 3), (3, 1, 3)])))
    topics = by(found["topics"], "topic")
    assert (found["change"]["difference"], found["change"]["level"]) == pytest.approx((-1, -1), abs=1e-9)
    assert (topics[0]["level"], topics[1]["contribution"]) == pytest.approx((-1, 0), abs=1e-9)
    assert (topics[0]["mean_then"], topics[0]["mean_now"], topics[0]["n_now"]) == (5, 3, 50)


def test_contributions_add_up_to_the_change():
    random = np.random.default_rng(7)
    n_then, n_now = random.integers(0, 40, 12), random.integers(0, 40, 12)
    n_then[0], n_now[1] = 0, 0
    then, now = (np.where(n > 0, random.normal(3, 1, 12), np.nan) for n in (n_then, n_now))
    parts = change_by_cell(n_then, then, n_now, now)
    change = np.nansum(n_now * now) / n_now.sum() - np.nansum(n_then * then) / n_then.sum()
    assert parts["contribution"].sum() == pytest.approx(change, abs=1e-12)
    assert (parts["level"][0], parts["level"][1]) == (0, 0)


def test_without_two_periods_no_change_is_explained(indexed):
    undated = driven(indexed(two_topics()))
    assert (undated["change"], undated["topics"][0]["contribution"]) == (None, None)
    assert undated["unsaid"][0]["sentence"] == "Without dates, there is no change between periods to explain."
    few = driven(indexed(years((50, 5, 0), (3, 2, 0), ratings=[(5, 1, 3), (3, 1, 3)])))
    assert few["unsaid"][0]["sentence"] == (
        "Too few dated documents with a number to explain a change: 55 before and 5 since, at least 10 are needed on "
        "each side."
    )


def test_filters_narrow_the_documents(indexed):
    found = driven(indexed(two_topics()), Selection(topic=1))
    assert (found["n"], [row["topic"] for row in found["topics"]]) == (15, [1])
    assert driven(indexed(two_topics()), Selection(typed="zeppelin"))["topics"] == []


def test_documents_without_numbers_have_no_drivers(indexed):
    with pytest.raises(BadRequestError, match="There is no numeric column 0: the documents have 0"):
        driven(indexed(source_of(documents(30, 0))))
