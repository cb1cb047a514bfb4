"""The report of small corpora."""

from __future__ import annotations

from tests.python.unit.explorer.findings.findings_source import by, documents, source_of
from tests.python.unit.explorer.theme_source import edited, theme_source
from text_explorer.explorer.documents.selection import Selection
from text_explorer.explorer.findings.report import N_TERMS, report
from text_explorer.explorer.findings.story.telling import story


def test_every_topic_comes_with_its_documents_the_largest_first(indexed):
    index = indexed(source_of(documents(20, 2, "2020-01-05"), documents(30, 0, "2021-01-05"), documents(5, None)))
    found = report(index, Selection())
    assert [(topic["topic"], topic["n"]) for topic in found["topics"]] == [(0, 30), (2, 20), (1, 0)]
    assert found["story"] == story(index, Selection())
    totals = {topic: sum(counts) for topic, counts in found["time"]["topics"].items()}
    assert totals == {0: 30, 1: 0, 2: 20}


def test_a_report_counts_and_quotes_the_documents_that_match(indexed):
    day_of_topic_0 = Selection(first=19723, last=19723)
    found = by(report(indexed(theme_source(n_repeated=4)), day_of_topic_0)["topics"], "topic")
    assert (found[0]["n"], [quote["key"] for quote in found[0]["quotes"]]) == (4, ["war-0"])
    assert (found[1]["n"], found[1]["quotes"]) == (0, [])


def test_terms_are_the_most_relevant_ones(indexed):
    terms = by(report(indexed(theme_source()), Selection())["topics"], "topic")[0]["terms"]
    assert "army" in [term["term"] for term in terms]
    assert len(terms) <= N_TERMS
    assert set(terms[0]) == {"term", "probability", "lift"}


def test_merged_topics_are_one_and_hidden_ones_are_left_out(indexed):
    changes = ({"topic_id": 1, "merged_into": 0}, {"topic_id": 2, "hidden": True})
    found = by(report(indexed(theme_source(n_repeated=4), edits=edited(*changes)), Selection())["topics"], "topic")
    assert {1, 2}.isdisjoint(found)
    assert found[0]["n"] == 8
    assert {"army", "gold"} & {term["term"] for term in found[0]["terms"]}


def test_without_dates_there_is_no_time(indexed):
    assert report(indexed(source_of(documents(30, 0), date_column="")), Selection())["time"] is None
