"""Labels that a language model suggests, accepted or refused one by one in the head of a topic."""

from __future__ import annotations

import csv
import json
import re

import pytest
from playwright.sync_api import expect

from local_dss.command_line import main
from tests.python.webapp import studio
from tests.python.webapp.conftest import check_accessibility

HTML = "<img src=x onerror=alert(1)> & “tax”"


@pytest.fixture
def labelled(own_studio, tmp_path):
    """Serve a copy of the project with suggested labels, the one of topic 1 full of markup."""
    home = own_studio.home

    def rows_of(name):
        assert main(["export", "--home", str(home), name, str(tmp_path / f"{name}.csv")]) in (0, None)
        return list(csv.DictReader((tmp_path / f"{name}.csv").read_text("utf-8").splitlines()))

    rows = [
        {
            "topic_id": row["topic_id"], "label": HTML if row["topic_id"] == "1" else f"Suggested {row['topic_id']}",
            "description": HTML, "coherent": str(row["topic_id"] != "1").lower(), "evidence": '["<b>sea</b>"]',
            "label_source": "llm", "trained_label": row["label"],
        }
        for row in rows_of("topics")
    ]  # fmt: skip
    path = tmp_path / "labels.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert main(["import", "--home", str(home), "topic_labels", str(path)]) in (0, None)
    return lambda **options: own_studio(topic_labels="topic_labels", **options)


def suggestion(page):
    return page.locator(".tx-suggestion:visible")


def title(page):
    return page.locator("h1.tx-title-topic:visible")


def test_a_suggested_label_is_accepted_as_an_edit_or_refused_for_good(labelled, in_studio):
    host = labelled()
    page = in_studio("#topic=0", host=host)
    page.on("dialog", lambda dialog: dialog.accept())
    expect(suggestion(page)).to_contain_text("Suggested 0")
    expect(suggestion(page)).to_contain_text("By a language model. Evidence: <b>sea</b>.")
    trained = title(page).text_content()
    check_accessibility(page)
    page.get_by_role("button", name="Accept").click()
    expect(title(page)).to_contain_text("Suggested 0")
    expect(page.get_by_text("Not saved yet: name")).to_be_visible()
    expect(page.get_by_role("button", name="Accept")).to_have_count(0)
    page.keyboard.press("z")
    expect(title(page)).to_have_text(trained)
    expect(suggestion(page)).to_contain_text("Suggested 0")

    page.locator('.tx-left [role=option][data-value="1"]').click()
    expect(suggestion(page).locator("strong")).to_have_text(HTML)
    expect(suggestion(page)).to_contain_text("It finds no common theme in the topic.")
    assert suggestion(page).locator("img, b").count() == 0
    page.get_by_role("button", name="Refuse").click()
    expect(page.get_by_role("button", name="Refuse")).to_have_count(0)
    page.locator(".tx-toast").get_by_role("button", name="Undo").click()
    expect(suggestion(page).locator("strong")).to_have_text(HTML)
    page.get_by_role("button", name="Refuse").click()
    expect(page.get_by_role("button", name="Refuse")).to_have_count(0)
    page.reload()
    page.locator('.tx-left [role=option][data-value="2"]').click()
    expect(suggestion(page)).to_contain_text("Suggested 2")
    page.locator('.tx-left [role=option][data-value="1"]').click()
    expect(title(page)).to_be_visible()
    expect(page.get_by_role("button", name="Refuse")).to_have_count(0)


def test_a_renamed_topic_and_a_project_without_labels_show_no_suggestion(labelled, in_studio):
    page = in_studio("#topic=0", host=labelled())
    page.on("dialog", lambda dialog: dialog.accept())
    expect(suggestion(page)).to_contain_text("Suggested 0")
    page.keyboard.press("e")
    page.get_by_role("textbox", name="Topic name").fill("My own name")
    page.keyboard.press("Enter")
    expect(title(page)).to_contain_text("My own name")
    expect(page.get_by_role("button", name="Accept")).to_have_count(0)

    without = in_studio("#topic=0")
    expect(without.get_by_role("button", name="Rename")).to_be_visible()
    expect(without.get_by_role("button", name="Accept")).to_have_count(0)


def test_the_summary_of_a_topic_begins_with_its_abstract_and_opens_its_sources(own_studio, in_studio, tmp_path):
    text = next(row["text"] for row in studio.documents() if row["id"] == "d007")
    first = text.split(". ")[0] + "."
    sources = [{"row_key": "d007", "start": 0, "end": len(first), "text": first}]
    kept = [{"sentence": HTML, "kept": True, "fault": None, "sources": sources}]
    left_out = [{"sentence": "Left out.", "kept": False, "fault": "x", "sources": sources}]
    path = tmp_path / "abstracts.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, ["topic_id", "abstract_sentences"])
        writer.writeheader()
        writer.writerow({"topic_id": "0", "abstract_sentences": json.dumps([*kept, *left_out])})
    assert main(["import", "--home", str(own_studio.home), "abstracts", str(path)]) in (0, None)
    page = in_studio("#topic=0", host=own_studio(abstracts="abstracts"))
    abstract = page.locator(".tx-abstract")
    expect(abstract.locator(".tx-prose")).to_have_text([HTML])
    check_accessibility(page)
    abstract.get_by_role("link", name=first).click()
    expect(page.locator(".tx-right")).to_contain_text("d007")
    expect(page).to_have_url(re.compile("doc=7"))


def test_who_is_not_signed_in_may_not_refuse(labelled, in_studio):
    page = in_studio("#topic=0", host=labelled(user=None))
    expect(suggestion(page)).to_contain_text("Suggested 0")
    expect(page.get_by_role("button", name="Refuse")).to_be_disabled()
    assert studio.USER not in suggestion(page).inner_text()
