"""Splitting a topic and moving a document as people do it, from the preview to what is saved."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.python.webapp.conftest import check_accessibility
from tests.python.webapp.test_edits import changes_button, edited, open_changes, option, rows_of, toast

__all__ = ["edited"]


def test_a_split_is_previewed_named_undone_saved_and_taken_back(edited, tmp_path):
    page = edited("#topic=1")
    page.get_by_role("button", name="Split…").click()
    dialog = page.get_by_role("dialog", name="Split topic 1")
    expect(dialog.locator(".tx-split-part")).to_have_count(2, timeout=60_000)
    expect(dialog.locator(".tx-split-excerpt")).to_have_count(6)
    check_accessibility(page)
    first = dialog.get_by_role("textbox", name="Name of part 1")
    first.fill(" ")
    dialog.get_by_role("button", name="Split into 2").click()
    expect(dialog.get_by_role("alert")).to_contain_text("at least one character")
    first.fill("<b>First</b> part")
    dialog.get_by_role("button", name="Split into 2").click()
    expect(page.get_by_text("Not saved yet: split")).to_be_visible()
    pending = page.locator(".tx-topic-part")
    expect(pending).to_have_count(2)
    expect(pending.first).to_contain_text("<b>First</b> part")
    expect(pending.first).to_contain_text("Not saved yet")
    check_accessibility(page)
    page.keyboard.press("z")
    expect(changes_button(page)).to_have_text("Edits")
    expect(pending).to_have_count(0)
    page.keyboard.press("Z")
    page.reload()
    expect(pending).to_have_count(2)
    n_topics = int(page.locator(".tx-left").get_by_text(re.compile(r"^\d+ topics$")).inner_text().split()[0])
    open_changes(page).get_by_role("button", name="Save 1 edit").click()
    expect(toast(page)).to_contain_text("Saved in the model folder")
    expect(option(page, 1)).to_have_count(0)
    expect(option(page, n_topics)).to_contain_text("<b>First</b> part")
    page.get_by_role("link", name="<b>First</b> part").click()
    expect(page.get_by_text("Part of topic 1")).to_be_visible()
    page.get_by_role("button", name="Undo split").click()
    expect(page.get_by_text("Not saved yet: split")).to_be_visible()
    expect(option(page, 1)).to_have_count(1)
    expect(option(page, n_topics)).to_have_count(0)
    open_changes(page).get_by_role("button", name="Save 1 edit").click()
    expect(changes_button(page)).to_have_text("Edits")
    expect(option(page, 1)).to_have_count(1)
    expect(option(page, n_topics)).to_have_count(0)
    split_into = [row["split_into"] for row in rows_of(edited.home, "edits", tmp_path)]
    assert "<b>First</b> part" in split_into[0]
    assert split_into[1] == ""


def test_several_documents_are_chosen_by_mouse_and_keys_and_moved_by_one_edit(edited):
    page = edited("#screen=documents")
    boxes = page.locator(".tx-document-row").get_by_role("checkbox")
    bar = page.get_by_role("group", name="Selected documents")
    boxes.nth(1).click()
    boxes.nth(3).click(modifiers=["Shift"])
    expect(bar).to_contain_text("3 documents selected")
    bar.get_by_role("button", name="Clear").click()
    expect(bar).to_contain_text("Select this page")
    expect(boxes.nth(1)).not_to_be_checked()
    page.locator(".tx-card").first.focus()
    page.keyboard.press("x")
    expect(bar).to_contain_text("1 document selected")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".tx-card").nth(1)).to_be_focused()
    page.keyboard.press("Shift+X")
    expect(bar).to_contain_text("2 documents selected")
    check_accessibility(page)
    page.set_viewport_size({"width": 390, "height": 844})
    bar.get_by_role("button", name="Move to topic…").click()
    dialog = page.get_by_role("dialog", name="Move 2 documents to topic…")
    dialog.get_by_role("combobox").fill("2")
    dialog.locator('[data-value="2"]').click()
    dialog.get_by_role("button", name="Move to topic 2").click()
    expect(page.locator(".tx-card-move")).to_have_count(2)
    expect(bar).to_contain_text("Select this page")
    page.locator(".tx-toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".tx-card-move")).to_have_count(0)
    expect(changes_button(page)).to_have_text("Edits")


def test_a_document_is_moved_to_a_topic_that_is_found_by_name_and_back(edited):
    page = edited("#topic=1")
    page.locator("a.tx-card").first.click()
    page.get_by_role("button", name="Move to topic…").click()
    dialog = page.get_by_role("dialog", name="Move")
    check_accessibility(page)
    dialog.get_by_role("combobox").fill("2")
    dialog.locator('[data-value="2"]').click()
    dialog.get_by_role("button", name="Move to topic 2").click()
    line = page.locator(".tx-reader-move")
    expect(line).to_contain_text("Not saved yet: moves to")
    open_changes(page).get_by_role("button", name="Save 1 edit").click()
    expect(line).to_contain_text("Moved here by hand.")
    expect(page.locator(".tx-reader-topic .tx-badge-id")).to_have_text("2")
    line.get_by_role("button", name="Move back").click()
    expect(line).to_contain_text("Not saved yet: moves back to the topic of the model")
    open_changes(page).get_by_role("button", name="Save 1 edit").click()
    expect(page.locator(".tx-reader-topic .tx-badge-id")).to_have_text("1")
