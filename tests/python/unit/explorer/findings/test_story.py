"""The story of small corpora whose findings are known by construction."""

from __future__ import annotations

import json

import numpy as np
import pytest
from scipy.stats import binomtest

from tests.python.unit.explorer.findings.findings_source import by, documents, source_of
from tests.python.unit.explorer.theme_source import edited, theme_source
from text_explorer.explorer.documents.selection import Selection
from text_explorer.explorer.feedback.story_edits import StoryLog
from text_explorer.explorer.findings.story.groups import is_beyond_chance
from text_explorer.explorer.findings.story.telling import story
from text_explorer.explorer.shared.source import Visitor
from text_explorer.topics.prevalence.intervals import difference_interval

EVERYTHING = Selection()


def told(index, selection=EVERYTHING):
    """Return findings and what is left unsaid, each by kind, and the first of several of a kind."""
    found = story(index, selection)
    return {each["kind"]: each for each in found["findings"][::-1]}, {each["kind"]: each for each in found["unsaid"]}


def rise():
    """Make three years of 30 documents: topic 1 rises from 10 to 25 of 30, topic 0 falls from 20 to 5."""
    return [
        *documents(20, 0, "2020-01-05"), *documents(10, 1, "2020-03-05"), *documents(15, 0, "2021-01-05"),
        *documents(15, 1, "2021-01-05"), *documents(5, 0, "2022-01-05"), *documents(25, 1, "2022-06-30"),
    ]  # fmt: skip


def test_the_largest_topics_come_with_their_shares(indexed):
    findings, _ = told(indexed(source_of(documents(30, 0), documents(20, 1), documents(10, 2), documents(5, None))))
    largest = findings["largest"]
    assert largest["sentence"] == (
        "The largest topics, by share of documents, are “topic 0” (50.0%), “topic 1” (33.3%) and “topic 2” (16.7%)."
    )
    assert (largest["topics"], largest["n"]) == ([0, 1, 2], 60)
    expected = binomtest(30, 60).proportion_ci(method="wilson")
    assert (largest["interval"]["low"], largest["interval"]["high"]) == pytest.approx(expected, abs=1e-6)
    assert [(bar["topic"], bar["n"], bar["of"]) for bar in largest["chart"]["bars"]] == [
        (0, 30, 60), (1, 20, 60), (2, 10, 60),
    ]  # fmt: skip


def with_parents(*parents):
    source = source_of(documents(30, 0), documents(20, 1), documents(10, 2))
    for row, parent in zip(source.tables["topics"], parents):
        row.update(parent=parent, parent_label=f"group {parent}")
    return source


def test_super_topics_have_the_documents_of_their_topics(indexed):
    findings, _ = told(indexed(with_parents(1, 0, 0)))
    found = findings["super_topics"]
    assert found["sentence"] == (
        "The topics form 2 super-topics; the largest, by share of documents, are “group 0” (50.0%) and "
        "“group 1” (50.0%)."
    )
    assert [(bar["label"], bar["n"], bar["of"]) for bar in found["chart"]["bars"]] == [
        ("group 0", 30, 60), ("group 1", 30, 60),
    ]  # fmt: skip
    assert found["view"]["levels"] == "grouped"


@pytest.mark.parametrize("parents", [(0, 0, 0), (0, 1, 2), ()])
def test_without_two_levels_super_topics_are_no_finding(indexed, parents):
    assert "super_topics" not in told(indexed(with_parents(*parents)))[0]


def test_topics_of_the_same_size_come_by_their_ids(indexed):
    findings, _ = told(indexed(source_of(documents(20, 2), documents(20, 1), documents(20, 0))))
    assert findings["largest"]["topics"] == [0, 1, 2]


def test_the_only_topic_is_called_so(indexed):
    findings, _ = told(indexed(source_of(documents(25, 1))))
    assert findings["largest"]["sentence"] == "The only topic here is “topic 1”: 100.0% of the documents with a topic."


@pytest.mark.parametrize(
    ("n", "sentence"),
    [
        (19, "Too few documents to compare topics: 19 documents with a topic, at least 20 are needed."),
        (0, "None of these documents has a topic."),
    ],
)
def test_few_documents_bear_no_share(indexed, n, sentence):
    findings, unsaid = told(indexed(source_of(documents(n, 0), documents(30, None))))
    assert unsaid["largest"]["sentence"] == sentence
    assert (unsaid["largest"]["n"], set(findings)) == (n, {"unexplained"})


def test_of_no_document_nothing_is_told(indexed):
    found = story(indexed(source_of(documents(30, 0))), Selection(typed="zeppelin"))
    assert (found["n"], found["findings"]) == (0, [])


def test_current_edits_are_honoured(indexed):
    source = theme_source(n_repeated=10)
    changes = [{"topic_id": 1, "merged_into": 2}, {"topic_id": 0, "hidden": True}, {"topic_id": 2, "label": "Money"}]
    findings, _ = told(indexed(source, edits=edited(*changes)))
    assert findings["largest"]["topics"] == [2, 3, 4]
    assert findings["largest"]["sentence"].startswith(
        "The largest topics, by share of documents, are “Money” (33.3%), "
    )
    about_hidden = [each for each in findings.values() if 0 in each["topics"] or "“war" in each["sentence"]]
    assert about_hidden == []


def test_when_all_topics_are_hidden_none_is_told_of(indexed):
    hidden = [{"topic_id": topic, "hidden": True} for topic in range(6)]
    findings, unsaid = told(indexed(theme_source(n_repeated=10), edits=edited(*hidden)))
    assert set(findings) == {"unexplained"}
    assert unsaid["largest"]["sentence"] == "All topics are hidden, so no topic is told of."


def test_topics_that_rise_and_fall_are_told_with_their_spans(indexed):
    findings, _ = told(indexed(source_of(rise())))
    assert findings["rising"]["sentence"] == (
        "“topic 1” rose the most: from 33.3% of the documents in 2020-01 – 2020-03 to 83.3% in 2022-01 – 2022-06 "
        "(+50.0 percentage points)."
    )
    assert findings["falling"]["topics"] == [0]
    assert findings["rising"]["interval"]["low"] > 0 > findings["falling"]["interval"]["high"]
    assert findings["rising"]["id"] == "rising"
    chart = findings["rising"]["chart"]
    assert [(span["from"], span["to"], span["n"]) for span in chart["spans"]] == [
        ("2020-01-05", "2020-03-05", 30), ("2022-01-05", "2022-06-30", 30),
    ]  # fmt: skip
    assert (sum(point["n"] for point in chart["points"]), sum(point["of"] for point in chart["points"])) == (50, 90)
    assert [quote["date"] for quote in findings["rising"]["quotes"]] == ["2022-06-30"]


def test_the_interval_of_a_trend_is_wider_than_for_one_topic(indexed):
    interval = told(indexed(source_of(rise())))[0]["rising"]["interval"]
    assert interval["level"] == pytest.approx(1 - 0.05 / 3, abs=1e-6)


def test_too_few_dates_bear_no_trend(indexed):
    _, unsaid = told(indexed(source_of(documents(14, 0, "2020-01-05"), documents(50, 1))))
    assert unsaid["rising"]["sentence"] == "Too few dated documents for a trend: 14, at least 90 are needed."


def test_a_single_day_bears_no_trend(indexed):
    _, unsaid = told(indexed(source_of(documents(100, 0, "2020-01-05"))))
    assert unsaid["rising"]["sentence"].startswith("Too many documents have the same date for a trend")


def test_what_chance_explains_is_no_trend(indexed):
    years = [documents(n, topic, f"{year}-01-05") for year in (2020, 2021, 2022) for topic, n in ((0, 20), (1, 10))]
    findings, unsaid = told(indexed(source_of(*years)))
    assert {"rising", "falling"}.isdisjoint(findings)
    assert unsaid["rising"]["sentence"] == (
        "No topic rose or fell by more than chance between 2020-01-05 and 2022-01-05."
    )


def test_without_a_date_column_trends_are_not_mentioned(indexed):
    findings, unsaid = told(indexed(source_of(documents(100, 0), date_column=None)))
    assert "rising" not in {**findings, **unsaid}


def test_the_topic_most_typical_of_a_group_is_told(indexed):
    parts = [documents(18, 0, country="chile"), documents(2, 1, country="chile"), documents(2, 0, country="peru")]
    parts += [documents(20, 1, country="peru"), documents(18, 2, country="peru"), documents(19, 1, country="bolivia")]
    index = indexed(source_of(*parts))
    findings = [each for each in story(index, EVERYTHING)["findings"] if each["kind"] == "group"]
    assert [each["sentence"] for each in findings] == [
        "“topic 0” is most typical of country chile: 90.0% of its 20 documents, 3.4% of all others (26.6×)."
    ]
    assert findings[0]["interval"]["low"] > 0
    assert findings[0]["view"] == {"screen": "documents", "topic": 0, "g": ["0:chile"]}
    assert [(bar["label"], bar["n"], bar["of"]) for bar in findings[0]["chart"]["bars"]] == [
        ("chile", 18, 20), ("peru", 2, 40),
    ]  # fmt: skip
    assert {quote["groups"][0] for quote in findings[0]["quotes"]} == {"chile"}


def test_small_groups_and_chance_make_no_finding(indexed):
    small = source_of(documents(19, 0, country="chile"), documents(19, 1, country="peru"))
    even = source_of(*(documents(20, topic, country=country) for topic in (0, 1) for country in ("chile", "peru")))
    for source in (small, even):
        findings, unsaid = told(indexed(source))
        assert "group" not in findings
        assert unsaid["group"]["sentence"].startswith("No topic is typical of a group of 'country', 'product'")


def test_documents_that_no_topic_explains_are_counted(indexed):
    index = indexed(source_of(documents(70, 0), documents(20, 1, probability=0.2), documents(10, None)))
    unexplained = told(index)[0]["unexplained"]
    assert unexplained["sentence"] == (
        "No topic explains 30.0% of the documents well: 10 have no topic and in 20 the main topic has at most 20%."
    )
    expected = binomtest(30, 100).proportion_ci(method="wilson")
    assert (unexplained["interval"]["low"], unexplained["interval"]["high"]) == pytest.approx(expected, abs=1e-6)
    assert unexplained["view"] == {"screen": "documents", "max": 0.2}
    assert [(bar["label"], bar["n"]) for bar in unexplained["chart"]["bars"] if bar["n"]] == [
        ("20–30%", 20), ("90–100%", 70),
    ]  # fmt: skip


def test_documents_without_a_topic_are_shown_where_no_proportion_is_low(indexed):
    unexplained = told(indexed(source_of(documents(70, 0), documents(1, None, text="odd"))))[0]["unexplained"]
    assert unexplained["sentence"] == "No topic explains 1.4% of the documents well: 1 has no topic."
    assert unexplained["view"] == {"screen": "documents", "topic": "none"}
    assert [quote["excerpt"] for quote in unexplained["quotes"]] == ["odd"]


def test_where_every_document_is_explained_that_is_told(indexed):
    unexplained = told(indexed(source_of(documents(70, 0))))[0]["unexplained"]
    assert unexplained["sentence"] == "Every document has a topic, and in none the main topic has at most 20%."
    assert (unexplained["interval"]["low"], unexplained["quotes"]) == (0, [])


def test_among_many_groups_small_counts_need_more_than_an_interval():
    # In one of 300 groups of 1,000, one of 200 topics has 18 documents for 5 expected: some pair will, by chance.
    confidence = 1 - 0.05 / (300 * 200)
    own, n_own, rest, n_rest = (np.array([[n]]) for n in (18, 1_000, 1_495, 299_000))
    assert difference_interval(rest / n_rest, n_rest, own / n_own, n_own, confidence)[0] > 0
    assert not is_beyond_chance(own, n_own, rest, n_rest, confidence).any()
    assert is_beyond_chance(own + 10, n_own, rest, n_rest, confidence).all()


def test_quality_is_one_sentence(indexed):
    findings, _ = told(indexed(theme_source(n_repeated=4)))
    assert findings["quality"]["sentence"] == (
        "The top terms of 6 topics have a mean coherence (NPMI) of 0.50; 1 topic has a warning."
    )


def test_unknown_quality_is_left_unsaid(indexed):
    _, unsaid = told(indexed(source_of(documents(30, 0))))
    assert unsaid["quality"]["sentence"] == "The quality of the topics is not known."


def test_quotes_are_representative_documents_and_show_the_terms(indexed):
    quotes = told(indexed(theme_source(n_repeated=4)))[0]["largest"]["quotes"]
    assert [(quote["key"], quote["topic"], quote["groups"]) for quote in quotes] == [
        ("war-0", 0, ["land"]), ("money-0", 1, ["land"]), ("school-0", 2, ["land"]),
    ]  # fmt: skip
    excerpt = quotes[0]["excerpt"]
    assert [excerpt[start:end] for start, end in quotes[0]["marks"]] == ["army", "navy", "battle", "soldier"]


def test_terms_of_scripts_without_spaces_are_marked(indexed):
    source = source_of(documents(30, 0, text="绿茶来自南方"))
    source.tables["topics"][0]["top_terms"] = json.dumps(["茶", "南方"])
    quote = told(indexed(source))[0]["largest"]["quotes"][0]
    assert (quote["excerpt"], quote["marks"]) == ("绿茶来自南方", [[1, 2], [4, 6]])


def test_quotes_meet_the_filters_and_are_not_repeated(indexed):
    source = theme_source(n_repeated=20)
    for number, row in enumerate(source.tables["document_topics"]):
        row["text"] += f" Number {number}."
    selection = Selection(first=19723, last=19723)  # 2024-01-01, the day of topic 0
    found = story(indexed(source), selection)
    rows = [quote["row"] for finding in found["findings"] for quote in finding["quotes"]]
    assert len(rows) == len(set(rows)) >= 4
    assert {row % 6 for row in rows} == {0}
    assert found["findings"][0]["view"]["from"] == "2024-01-01"


def test_each_finding_has_an_id_of_its_own_a_rule_and_a_view(indexed):
    source = source_of(rise(), documents(30, 2, country="chile"))
    found = by(story(indexed(source), Selection(typed="tea"))["findings"], "id")
    assert {"largest", "rising", "falling", "group:0", "documents", "unexplained"} <= set(found)
    assert [each["id"] for each in found.values() if not each["rule"].endswith(".") or each["view"]["q"] != "tea"] == []


def test_readers_can_move_each_finding(indexed, source, writing):
    trends = source_of(rise(), documents(30, 2, country="chile"))
    told_of = [*told(indexed(trends))[0].values(), *told(indexed(with_parents(1, 0, 0)))[0].values()]
    order = sorted({each["id"] for each in told_of})
    assert {"super_topics", "rising", "group:0"} < set(order)
    log = StoryLog(source, writing)
    log.change({"order": order}, "m", Visitor("ann", "Ann"))
    assert log.edits("m")[0].order == order


def test_parts_leave_labels_and_numbers_to_the_page(indexed):
    parts = told(indexed(source_of(documents(30, 0), documents(10, 1))))[0]["largest"]["parts"]
    assert [part for part in parts if isinstance(part, dict)] == [
        {"topic": 0}, {"share": 0.75}, {"topic": 1}, {"share": 0.25},
    ]  # fmt: skip
