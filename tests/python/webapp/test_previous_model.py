"""What changed since the previous model, on a project that goes on from the model of another."""

from __future__ import annotations

import json

from playwright.sync_api import expect

from local_dss.command_line import main
from tests.python.webapp import studio
from tests.python.webapp.conftest import check_accessibility
from tests.python.webapp.test_charts import figure, saved_csv

NEW_THEME = "planet rocket orbit comet galaxy telescope"
OUTPUTS = {
    "document_topics": "next_documents", "topics": "next_topics", "topic_terms": "next_terms", "model": "next_model",
    "topic_changes": "changes",
}  # fmt: skip


def test_topics_that_are_new_and_kept_are_listed(own_studio, in_studio, built_plugin, tmp_path):
    rows = studio.documents()
    words = NEW_THEME.split()
    rows += [
        {
            **rows[0],
            "id": f"n{number}",
            "theme": "space",
            "text": " ".join(words[number % 6 :] + words[: number % 4 + 1]),
        }
        for number in range(90)
    ]
    studio.import_documents(own_studio.home, tmp_path, rows, "more_documents")
    flow = {
        "recipe": "text-explorer-topics", "inputs": {"documents": "more_documents", "previous_model": "model"},
        "outputs": OUTPUTS, "form_defaults": True,
        "config": {"text_column": "text", "language": "en", "min_documents": 1, "n_topics": 6, "n_iterations": 80,
                   "id_column": "id", "date_column": "date"},
    }  # fmt: skip
    (tmp_path / "flow.json").write_text(json.dumps({"recipes": [flow]}), "utf-8")
    arguments = ["build", str(tmp_path / "flow.json"), "--plugin", str(built_plugin), "--home", str(own_studio.home)]
    assert main(arguments) in (0, None)
    page = in_studio("#screen=changes&against=previous", host=own_studio(**OUTPUTS))
    heading = "Topics: the previous model and this model"
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    found = {row["topic"]: row for row in saved_csv(page, figure(page, heading))}
    assert sorted(found) == ["0", "1", "2", "3", "4", "5"]
    assert [topic for topic, row in found.items() if row["change"] == "new"] == ["5"]
    assert set(found["5"]["new_terms"].split(", ")) >= set(words)
    check_accessibility(page)
