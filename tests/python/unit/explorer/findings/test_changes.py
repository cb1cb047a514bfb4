"""What changed between periods and between runs."""

from __future__ import annotations

import json

import pytest
from scipy.stats import binomtest

from tests.python.unit.explorer.findings.findings_source import by, documents, source_of
from tests.python.unit.explorer.theme_source import edited, theme_source
from tests.python.unit.topics.theme_models import THEMES
from text_explorer.explorer.documents.selection import Selection, parse_day
from text_explorer.explorer.findings.changes import changes
from text_explorer.explorer.shared.errors import BadRequestError, NotFoundError

EVERYTHING = Selection()


def changed(index, against=None, since="", selection=EVERYTHING):
    return changes(index, selection, against, parse_day("since", since))


def two_years(*counts):
    """Make documents of topics 0, 1, 2 in 2020 and in 2021, by their numbers, with words of their years."""
    texts = {"2020-05-05": "the kettle boils water", "2021-05-05": "the thermos boils water"}
    return source_of(*(
        documents(n, topic, day, text=texts[day])
        for day, of_year in zip(texts, counts)
        for topic, n in enumerate(of_year)
    ))  # fmt: skip


def test_topics_are_new_grown_shrunk_and_vanished(indexed):
    found = changed(indexed(two_years((80, 20, 0), (20, 20, 60))))
    assert {topic["topic"]: topic["change"] for topic in found["topics"]} == {2: "new", 0: "shrunk", 1: "same"}
    assert [topic["topic"] for topic in found["topics"]] == [0, 2, 1]
    assert found["counts"] == {"new": 1, "grown": 0, "shrunk": 1, "vanished": 0, "same": 1}
    backwards = changed(indexed(two_years((20, 20, 60), (80, 20, 0))))
    assert {topic["topic"]: topic["change"] for topic in backwards["topics"]} == {2: "vanished", 0: "grown", 1: "same"}


def test_shares_come_with_both_periods(indexed):
    found = changed(indexed(two_years((80, 20, 0), (20, 20, 60))))
    topic = by(found["topics"], "topic")[0]
    assert (topic["n_then"], topic["n_now"], topic["share_then"], topic["share_now"]) == (80, 20, 0.8, 0.2)
    assert (topic["difference"], topic["high"] < 0) == (-0.6, True)
    assert (found["then"]["to"], found["now"]["from"], found["since"]) == ("2020-05-05", "2021-05-05", "2021-05-03")


def test_words_of_the_last_period_are_listed_first(indexed):
    found = changed(indexed(two_years((80, 20, 0), (20, 20, 60))))
    assert [word["word"] for word in found["words"]["a"]] == ["thermos"]
    assert [word["word"] for word in found["words"]["b"]] == ["kettle"]
    assert [quote["date"] for quote in found["documents"]["a"]] == ["2021-05-05"]


def test_the_last_period_is_the_newest_with_enough_documents(indexed):
    years = [documents(60, 0, f"{year}-05-05") for year in range(2010, 2020)]
    index = indexed(source_of(*years, documents(10, 1, "2020-05-05")))
    found = changed(index)
    assert found["since"] == "2019-04-01"  # 2020 alone has 10 documents, with 2019 there are 70
    assert found["choices"][:2] == [
        {"since": "2020-04-01", "label": "2020 Q2", "n": 10}, {"since": "2019-04-01", "label": "2019 Q2", "n": 70},
    ]  # fmt: skip
    assert "2010-04-01" not in by(found["choices"], "since")
    assert changed(index, since="2015-01-01")["then"]["n"] == 300


def test_too_few_documents_are_said_to_be_too_few(indexed):
    found = changed(indexed(two_years((80, 20, 0), (5, 0, 0))))
    assert [each["sentence"] for each in found["unsaid"]] == [
        "Too few documents with a topic since to see changes: 5, at least 20 are needed."
    ]


def test_one_day_has_nothing_before_it(indexed):
    found = changed(indexed(two_years((80, 20, 0), (0, 0, 0))))
    assert (found["since"], found["choices"], found["counts"]["same"]) == (None, [], 3)
    assert (found["now"]["n"], found["now"]["from"]) == (0, None)


def test_without_dates_or_another_run_the_reason_is_given(indexed):
    index = indexed(source_of(documents(30, 0), date_column=None))
    with pytest.raises(BadRequestError, match="No date column is known"):
        changed(index)
    with pytest.raises(NotFoundError, match="No other model is set"):
        changed(index, "other")


def with_other(**topic_of):
    """Make a second run whose topics 0 and 1 are war and money, and 2 has other words; 40 documents of each."""
    source = theme_source(n_repeated=10)
    words = (THEMES["war"], THEMES["money"], "fog rain snow hail")
    source.tables["other_topics"] = [
        {"topic_id": topic, "label": f"other {topic}", "n_documents": 20, "top_terms": json.dumps(terms.split())}
        for topic, terms in enumerate(words)
    ]
    rows = source.tables["document_topics"]
    source.tables["other_document_topics"] = [
        {"id": row["id"], "text": row["text"], "topic_id": topic_of.get(row["topic_label"])} for row in rows
    ]
    return source


def test_topics_of_another_run_are_matched_by_their_terms(indexed):
    found = changed(indexed(with_other(war=0, money=1)), "other")
    changes_of = {(topic["topic"], topic["other"]): topic["change"] for topic in found["topics"]}
    assert changes_of == {
        (0, 0): "shrunk", (1, 1): "shrunk", (None, 2): "vanished", **{(topic, None): "new" for topic in (2, 3, 4, 5)},
    }  # fmt: skip
    war = next(topic for topic in found["topics"] if topic["topic"] == 0)
    assert (war["n_then"], war["n_now"], war["share_then"], war["share_now"]) == (20, 10, 0.333333, 0.166667)
    assert (war["other_label"], war["shared_terms"], war["new_terms"]) == ("other 0", THEMES["war"].split(), [])
    assert (found["other_name"], found["words"], found["unsaid"]) == ("my_other_topics", None, [])


def test_documents_that_moved_are_counted(indexed):
    # War stays war; money moves to the unmatched topic; the other four have no topic in the other run.
    found = changed(indexed(with_other(war=0, money=2)), "other")["moved"]
    assert (found["n"], found["n_moved"], found["share"]) == (60, 50, 0.833333)
    expected = binomtest(50, 60).proportion_ci(method="wilson")
    assert (found["interval"]["low"], found["interval"]["high"]) == pytest.approx(expected, abs=1e-6)
    assert {"topic": 0, "other": 0, "n": 10, "moved": False} in found["cells"]
    assert {"topic": 1, "other": 2, "n": 10, "moved": True} in found["cells"]


def test_a_merged_topic_keeps_the_documents_of_its_match(indexed):
    edits = edited({"topic_id": 1, "merged_into": 0}, {"topic_id": 5, "hidden": True})
    found = changed(indexed(with_other(war=0, money=0), edits=edits), "other")
    assert {"topic": 0, "other": 0, "n": 20, "moved": False} in found["moved"]["cells"]
    assert 5 not in [topic["topic"] for topic in found["topics"]]


def test_where_the_other_documents_are_unknown_that_is_said(indexed):
    source = with_other()
    del source.tables["other_document_topics"]
    found = changed(indexed(source), "other", selection=Selection(topic=0))
    assert found["moved"] is None
    assert found["unsaid"][0]["sentence"].startswith("It is not known which documents changed topic")
    assert found["notes"] == ["Filters do not apply to the comparison with another run."]
    assert found["now"]["n"] == 60


def test_without_dates_the_other_run_is_the_default(indexed):
    source = with_other(war=0)
    source.settings["date_column"] = None
    source.model["settings"].pop("date_column", None)
    found = changed(indexed(source))
    assert (found["against"], found["available"]["other"]) == ("other", None)
    assert found["available"]["before"].startswith("No date column is known")
