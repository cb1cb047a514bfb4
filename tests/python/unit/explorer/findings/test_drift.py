"""Topics of the documents assigned last against those of training, from the dataset that 'Assign topics' writes."""

from __future__ import annotations

import numpy as np
import pytest

from tests.python.unit.explorer.findings.findings_source import by
from tests.python.unit.explorer.theme_source import edited, theme_source
from text_explorer.explorer.documents.selection import Selection
from text_explorer.explorer.findings.changes import changes
from text_explorer.explorer.shared.errors import NotFoundError
from text_explorer.topics.assignment.drift import drift_table
from text_explorer.topics.storage.training_profile import TopicProfile

THEN = (50, 10, 10, 10, 10, 10)
NOW = (10, 50, 10, 10, 10, 110)


def profile(counts):
    return TopicProfile(sum(counts) + 20, np.array(counts), np.full(len(counts), 0.1), 1000, 50)


def with_drift(then=THEN, now=NOW):
    """Make a source of six topics whose dataset 'Drift' has these documents by topic."""
    source = theme_source()
    then = None if then is None else profile(then)
    table = drift_table(then, profile(now), [f"topic {topic}" for topic in range(len(now))])
    source.tables["drift"] = table.astype(object).where(table.notna(), None).to_dict("records")
    return source


EVERYTHING = Selection()


def changed(index, selection=EVERYTHING):
    return changes(index, selection, "drift", None)


def test_topics_have_grown_or_shrunk_since_training(indexed):
    found = changed(indexed(with_drift()))
    assert {topic["topic"]: topic["change"] for topic in found["topics"]} == {
        0: "shrunk", 1: "grown", 5: "grown", 2: "same", 3: "same", 4: "same",
    }  # fmt: skip
    shrunk = by(found["topics"], "topic")[0]
    assert (shrunk["n_then"], shrunk["n_now"], shrunk["share_then"], shrunk["share_now"]) == (50, 10, 0.5, 0.05)
    assert (found["then"]["n"], found["now"]["n"], found["now"]["n_assigned"]) == (120, 220, 200)
    assert (found["words"], found["documents"], found["moved"], found["unsaid"]) == (None, None, None, [])


def test_differences_and_intervals_are_those_of_the_dataset(indexed):
    source = with_drift()
    found = by(changed(indexed(source))["topics"], "topic")
    stored = by(source.tables["drift"][1:], "topic_id")
    ends = {topic: (row["difference"], row["low"], row["high"]) for topic, row in found.items()}
    assert ends == {
        topic: (row["difference"], row["difference_low"], row["difference_high"]) for topic, row in stored.items()
    }


def test_the_row_of_all_topics_is_passed_on(indexed):
    overall = changed(indexed(with_drift()))["overall"]
    assert (overall["n_rows_training"], overall["n_rows_now"]) == (120, 220)
    assert (overall["no_topic_share_training"], overall["unknown_word_share_now"]) == (0.166667, 0.05)
    assert 0 < overall["distance_by_chance"] < overall["jensen_shannon_distance"] < 1


def test_merged_topics_are_counted_together_and_hidden_ones_left_out(indexed):
    edits = edited({"topic_id": 1, "merged_into": 0}, {"topic_id": 5, "hidden": True})
    found = by(changed(indexed(with_drift(), edits=edits))["topics"], "topic")
    assert sorted(found) == [0, 2, 3, 4]
    assert (found[0]["n_then"], found[0]["n_now"], found[0]["share_now"]) == (60, 60, 0.3)


def test_filters_do_not_apply_and_few_documents_are_said_to_be_few(indexed):
    found = changed(indexed(with_drift(now=(1, 0, 0, 0, 0, 2))), Selection(topic=0))
    assert found["notes"] == ["Filters do not apply to the comparison with training."]
    assert [each["sentence"] for each in found["unsaid"]] == [
        "Too few documents with a topic in the last run to see changes: 3, at least 20 are needed."
    ]


def test_a_run_without_topics_has_no_difference(indexed):
    found = changed(indexed(with_drift(now=(0,) * 6)))
    assert {(topic["share_now"], topic["difference"], topic["change"]) for topic in found["topics"]} == {
        (None, None, "same")
    }


@pytest.mark.parametrize(
    ("then", "now", "sentence"),
    [
        ((5, 5), (5, 5), "is about the topics of another model"),
        (None, NOW, "numbers of documents at training or in the last run are not known"),
    ],
)
def test_a_dataset_that_says_nothing_on_this_model_is_named(indexed, then, now, sentence):
    with pytest.raises(NotFoundError, match=sentence):
        changed(indexed(with_drift(then, now)))


def test_without_a_dataset_the_reason_is_given(indexed):
    with pytest.raises(NotFoundError, match="No drift is set"):
        changed(indexed(theme_source()))


def test_without_dates_and_another_run_drift_is_the_default(indexed):
    source = with_drift()
    source.settings["date_column"] = None
    source.model["settings"].pop("date_column", None)
    assert changes(indexed(source), Selection(), None, None)["against"] == "drift"
