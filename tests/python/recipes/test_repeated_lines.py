"""Footers that stand in many documents: no terms and no sentences of summaries, unless a setting keeps them."""

from __future__ import annotations

import json

import pytest

FOOTER = "Our office has moved to the old station and keeps its telephone numbers until summer."
SUBJECTS = (
    "gold silver coin bank loan rate",
    "navy fleet ship sailor harbour deck",
    "wheat corn farm field barn plough",
)
OFF = {"ignore_boilerplate": False}
LEFT_OUT = (
    "1 repeated line left out, in 30 of 30 documents; the commonest: 'Our office has moved to the old station and keeps"
)
N = 30


@pytest.fixture(scope="module")
def flow(shared_instance):
    """Import mails: two sentences of their own, and a footer."""
    rows = []
    for i in range(N):
        words = SUBJECTS[i % 3].split()
        one, two, three = (words[(i + place) % 6] for place in range(3))
        own = f"The {one} and the {two} of case {chr(97 + i)}x came with the {three}."
        rows.append(
            {"text": f"{own}\r\nAll about the {words[(i + 3) % 6]} and {chr(97 + i)}y.\r\n{FOOTER}", "team": "one"}
        )
    shared_instance.import_rows("documents", rows)
    return shared_instance


def run(instance, recipe, config, outputs):
    """Run a recipe on the mails; return the rows of its first output, and its log."""
    config = {"text_column": "text", "language": "en", **config}
    done = instance.run(f"text-explorer-{recipe}", {"documents": "documents"}, outputs, config, "--form-defaults")
    assert done.returncode == 0, done.stderr
    return instance.rows(next(iter(outputs.values()))), done.stderr


def topics(instance, name, config):
    outputs = {role: f"{role}_{name}" for role in ("document_topics", "topics", "topic_terms", "model")}
    config = {"n_topics": 3, "min_documents": 1, "max_document_share": 1.0, **config}
    return run(instance, "topics", config, outputs)


@pytest.mark.parametrize(("name", "config"), [("default", {}), ("off", OFF)])
def test_a_footer_is_no_term_of_a_topic_nor_in_new_texts(flow, name, config):
    rows, log = topics(flow, name, config)
    assert (LEFT_OUT in log) == (config != OFF)
    terms = {row["term"] for row in flow.rows(f"topic_terms_{name}")}
    assert "gold" in terms
    assert ("telephone" in terms) == (config == OFF)
    manifest = json.loads(flow.model_files(f"model_{name}")["manifest.json"])
    assert manifest["settings"]["ignore_boilerplate"] is (config != OFF)
    assert len(manifest["preparation"].get("repeated_lines", [])) == (0 if config == OFF else 1)
    done = flow.run(
        "text-explorer-assign", {"documents": "documents", "model": f"model_{name}"}, {"document_topics": "assigned"},
        {"text_column": "text"}, "--form-defaults",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assigned = flow.rows("assigned")
    assert [row["topic_distribution"] for row in assigned] == [row["topic_distribution"] for row in rows]


@pytest.mark.parametrize("config", [{}, OFF])
def test_a_footer_is_in_no_summary_and_places_are_those_of_the_original(flow, config):
    last = {"method": "lead", "budget": 2, "order": "rank", **config}
    rows, log = run(flow, "summarize", last, {"summaries": "summaries", "sentences": "sentences"})
    assert (LEFT_OUT in log) == (config != OFF)
    assert len(flow.rows("sentences")) == N * (3 if config == OFF else 2)
    assert [row["text"] for row in rows] == [row["text"] for row in flow.rows("documents")]
    if config != OFF:
        assert {row["summary_status"] for row in rows} == {"short"}
    texts = [row["text"] for row in rows]
    assert all(row["sentence"] in texts[int(row["row_key"])] for row in flow.rows("sentences"))


@pytest.mark.parametrize("config", [{}, OFF])
def test_a_footer_is_in_no_summary_of_a_group(flow, config):
    rows, log = run(
        flow, "summarize-groups", {"group_columns": ["team"], "budget": 50, **config}, {"group_summaries": "grouped"}
    )
    assert (LEFT_OUT in log) == (config != OFF)
    assert ("telephone" in rows[0]["summary"]) == (config == OFF)
    assert ("telephone" in rows[0]["keyphrases"]) == (config == OFF)
