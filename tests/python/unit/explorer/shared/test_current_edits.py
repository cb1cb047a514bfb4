"""Edits as the backend applies them; the page's overlay is tested on the same cases (tests/js/edits/pending)."""

from __future__ import annotations

import json

import pytest

from tests.python.conftest import ROOT
from tests.python.unit.explorer.theme_source import edited
from text_explorer.explorer.shared.current_edits import no_edits

CASES = json.loads((ROOT / "tests" / "cases" / "edits.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_edits_lead_to_the_expected_topics(case):
    edits = edited(*case["edits"])(case["labels"])
    ids = range(edits.n_topics)
    assert {
        "final": [edits.final_of(topic) for topic in ids],
        "labels": [edits.label_of(topic) for topic in ids],
        "hidden": [edits.is_hidden(topic) for topic in ids],
        "members": [edits.members_of(topic) for topic in ids],
    } == case["expected"]


def test_no_topic_and_an_unknown_one_are_unedited():
    edits = no_edits(["war"])
    assert [edits.final_of(topic) for topic in (None, 5)] == [None, 5]
    assert [edits.label_of(topic) for topic in (None, 5)] == ["", "Topic 5"]
    assert [edits.is_hidden(topic) for topic in (None, 5)] == [False, False]
    assert edits.members_of(5) == [5]
