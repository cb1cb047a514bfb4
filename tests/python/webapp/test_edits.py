"""Editing topics as people do it: rename, merge, hide, note, undo, write back, and what others wrote meanwhile."""

from __future__ import annotations

import csv
import json
import re

import pytest
from playwright.sync_api import expect

from local_dss.command_line import main
from tests.python.webapp import studio
from tests.python.webapp.conftest import check_accessibility

GUARD = {"X-Text-Explorer": "1"}
HTML = "<img src=x onerror=alert(1)> & “tax”"


def title(page):
    return page.locator("h1.tx-title-topic:visible")


def option(page, topic):
    return page.locator(f'.tx-left [role=option][data-value="{topic}"]')


def changes_button(page):
    return page.locator(".tx-changes")


def name_field(page):
    return page.get_by_role("textbox", name="Topic name")


def rename(page, name):
    page.keyboard.press("e")
    name_field(page).fill(name)
    page.keyboard.press("Enter")


def open_changes(page):
    changes_button(page).click()
    panel = page.get_by_role("dialog", name="Edits of topics")
    expect(panel).to_be_visible()
    return panel


def toast(page):
    return page.locator(".tx-toast-text")


def rows_of(home, name, folder):
    path = folder / f"{name}.csv"
    assert main(["export", "--home", str(home), name, str(path)]) in (0, None)
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def add_user(home, login):
    """Make a further user of the instance."""
    path = home / "instance.json"
    instance = json.loads(path.read_text("utf-8")) if path.exists() else {}
    users = instance.setdefault("users", {studio.USER: {"displayName": "Analyst"}})
    users[login] = {**next(iter(users.values())), "displayName": login.title()}
    path.write_text(json.dumps(instance), "utf-8")


@pytest.fixture
def edited(own_studio, in_studio):
    """Open a copy of the project that may be changed."""
    host = own_studio()

    def open_page(fragment="#screen=overview", **options):
        page = in_studio(fragment, host=host, **options)
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    open_page.host, open_page.home, open_page.start = host, own_studio.home, own_studio
    return open_page


def test_a_name_is_changed_in_place_and_is_pending(in_studio):
    page = in_studio("#topic=1")
    rename(page, HTML)
    expect(title(page)).to_contain_text(HTML)
    expect(option(page, 1)).to_contain_text(HTML)
    expect(changes_button(page)).to_have_text("1 edit")
    expect(page.get_by_text("Not saved yet: name")).to_be_visible()
    expect(page.get_by_role("button", name="Rename", exact=True)).to_be_focused()


def test_escape_leaves_the_name_and_the_topic_stays_chosen(in_studio):
    page = in_studio("#topic=1")
    before = title(page).inner_text()
    page.keyboard.press("e")
    name_field(page).fill("never")
    page.keyboard.press("Escape")
    expect(title(page)).to_have_text(before.replace("\n", " "), use_inner_text=True)
    expect(changes_button(page)).to_have_text("Edits")


@pytest.mark.parametrize(
    ("name", "fault"), [("   ", "at least one character"), ("x" * 201, "at most 200 characters; this one has 201")]
)
def test_an_invalid_name_is_reported(in_studio, name, fault):
    page = in_studio("#topic=1")
    rename(page, name)
    expect(page.locator(".tx-field-fault:visible")).to_contain_text(fault)
    expect(changes_button(page)).to_have_text("Edits")


def test_a_title_pressed_twice_can_be_renamed_and_get_its_trained_name_back(in_studio):
    page = in_studio("#topic=1")
    trained = page.locator(".tx-title-topic span").last.inner_text()
    rename(page, "Taxes")
    title(page).dblclick()
    page.get_by_role("button", name="Trained name").click()
    expect(title(page)).to_contain_text(trained)
    expect(changes_button(page)).to_have_text("Edits")


def test_elsewhere_a_topic_is_renamed_in_a_dialog(in_studio):
    page = in_studio("#screen=documents&topic=1")
    page.keyboard.press("e")
    dialog = page.get_by_role("dialog", name="Rename topic 1")
    name_field(dialog).fill("Taxes")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(option(page, 1)).to_contain_text("Taxes")


def test_keys_hide_undo_and_redo(in_studio):
    page = in_studio("#topic=1")
    page.keyboard.press("h")
    expect(option(page, 1)).to_have_class(re.compile("tx-topic-hidden"))
    expect(toast(page)).to_contain_text("Topic 1 is hidden; its documents still count")
    page.keyboard.press("z")
    expect(toast(page)).to_have_text("Undone: Hide topic 1")
    expect(changes_button(page)).to_have_text("Edits")
    page.keyboard.press("Shift+Z")
    expect(changes_button(page)).to_have_text("1 edit")


def test_undo_is_offered_until_another_edit_follows(in_studio):
    page = in_studio("#topic=1")
    page.keyboard.press("h")
    page.locator(".tx-toast").get_by_role("button", name="Undo").hover()  # so that it does not go by itself
    rename(page, "Taxes")
    expect(option(page, 1)).to_contain_text("Taxes")
    expect(page.locator(".tx-toast")).to_have_count(0)


def test_keys_do_nothing_while_one_types(in_studio):
    page = in_studio("#topic=1")
    page.keyboard.press("/")
    page.keyboard.type("hemjkz?")
    expect(page.get_by_label("Search the documents")).to_have_value("hemjkz?")
    expect(changes_button(page)).to_have_text("Edits")


def test_from_a_topic_just_hidden_one_goes_on_to_the_next(in_studio):
    page = in_studio()
    listed = page.locator(".tx-left [role=option]:not(.tx-topic-plain)")
    first, second, third = (listed.nth(place).get_attribute("data-value") for place in range(3))
    for key in "jjhj":
        page.keyboard.press(key)
    expect(option(page, third)).to_have_attribute("aria-selected", "true")
    expect(option(page, second)).to_have_count(0)
    expect(page.locator(".tx-hidden-fold")).to_have_text("1 hidden")
    assert len({first, second, third}) == 3


def test_a_merge_not_written_yet_counts_over_time_and_not_in_the_list(in_studio):
    page = in_studio("#topic=2")
    before = page.locator(".tx-documents-section .tx-panel-note")
    expect(before).to_have_text(re.compile(r"^\d+ documents$"))
    listed = before.inner_text()
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog", name="Merge topic 2")
    dialog.locator('[data-value="1"]').click()
    dialog.get_by_role("button", name="Other way round").click()
    page.get_by_role("button", name="Merge topic 1 into 2").click()
    expect(before).to_have_text(f"{listed}Merges that are not saved yet do not affect this list.")
    n_documents = int(option(page, 2).get_attribute("title").split("– ")[1].split(" ")[0])
    panel = page.locator(".tx-trend-panel")
    panel.get_by_role("button", name="Table").click()
    assert sum(map(int, panel.locator("tbody tr td:nth-child(3)").all_inner_texts())) == n_documents
    assert n_documents > int(listed.split(" ")[0])


def test_a_topic_taken_out_of_a_merge_is_counted_at_once_also_under_filters(edited):
    page = edited()
    backend = edited.host
    trained = backend.call("/api/counts?from=2021-06-01").json()["topics"]
    assert min(trained["1"], trained["2"]) > 1
    merge = {"seen": backend.call("/api/edits").json()["version"], "changes": [{"topic_id": 2, "merged_into": 1}]}
    assert backend.call("/api/edits", "POST", json=merge, headers=GUARD).status_code == 200
    page.evaluate("location.hash = '#from=2021-06-01'")
    page.reload()
    together = trained["1"] + trained["2"]
    expect(option(page, 1)).to_have_attribute("title", re.compile(rf"– {together} documents"))
    expect(option(page, 2)).to_have_count(0)
    panel = open_changes(page)
    panel.locator(".tx-log-entry").get_by_role("button", name="Revert").click()
    expect(option(page, 1)).to_have_attribute("title", re.compile(rf"– {trained['1']} documents"))
    expect(option(page, 2)).to_have_attribute("title", re.compile(rf"– {trained['2']} documents"))


def test_a_merge_is_shown_before_it_is_made(in_studio):
    page = in_studio("#topic=1")
    counts = {topic: int(option(page, topic).get_attribute("title").split("– ")[1].split(" ")[0]) for topic in (1, 2)}
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog", name="Merge topic 1")
    dialog.get_by_role("combobox").fill("2")
    dialog.locator('[data-value="2"]').click()
    merged = dialog.locator(".tx-merge-after")
    expect(merged).to_contain_text(str(counts[1] + counts[2]))
    expect(dialog.locator(".tx-merge-word")).to_have_count(10)
    expect(changes_button(page)).to_have_text("Edits")
    dialog.get_by_role("button", name="Merge topic 1 into 2").click()
    expect(option(page, 1)).to_have_count(0)
    expect(option(page, 2)).to_have_attribute("aria-selected", "true")
    expect(page.locator(".tx-edit-member")).to_contain_text("Unmerge")
    page.get_by_role("button", name="Unmerge").click()
    expect(option(page, 1)).to_be_visible()
    expect(changes_button(page)).to_have_text("Edits")


def test_a_topic_dragged_onto_another_asks_before_merging(in_studio):
    page = in_studio("#topic=0")
    option(page, 3).drag_to(option(page, 4))
    dialog = page.get_by_role("dialog", name="Merge topic")
    expect(dialog.get_by_role("button", name="Merge topic 3 into 4")).to_be_focused()
    dialog.get_by_role("button", name="Other way round").click()
    expect(dialog.get_by_role("button", name="Merge topic 4 into 3")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(title(page)).to_be_visible()
    expect(changes_button(page)).to_have_text("Edits")


def test_a_note_is_kept_with_the_topic(in_studio):
    page = in_studio("#topic=1")
    page.get_by_role("button", name="Note").click()
    page.get_by_label("Note", exact=True).fill(f"Seen twice.\n{HTML}")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Note").click()
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".tx-topic-note")).to_contain_text(HTML)
    expect(page.get_by_role("button", name="Edit note")).to_be_focused()


def test_pending_changes_survive_a_reload_and_can_be_removed_one_by_one(in_studio):
    page = in_studio("#topic=1")
    page.on("dialog", lambda dialog: dialog.accept())
    rename(page, "Taxes")
    page.keyboard.press("h")
    page.reload()
    expect(changes_button(page)).to_have_text("2 edits")
    panel = open_changes(page)
    expect(panel.locator(".tx-change")).to_have_count(2)
    expect(panel.locator(".tx-change").first).to_contain_text("→ renamed “Taxes”")
    panel.locator(".tx-change", has_text="hidden").get_by_role("button", name="Remove").click()
    expect(panel.locator(".tx-change")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("z")
    expect(changes_button(page)).to_have_text("2 edits")


def test_leaving_the_page_with_pending_changes_asks_first(in_studio):
    page = in_studio("#topic=1")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    title(page).click()
    rename(page, "Taxes")
    page.reload()
    assert asked == ["beforeunload"]


def test_what_is_written_is_in_the_model_folder_the_dataset_and_the_history(edited, tmp_path):
    page = edited("#topic=1")
    rename(page, HTML)
    page.keyboard.press("j")
    page.keyboard.press("h")
    hidden = page.locator('.tx-left [role=option][aria-selected="true"]').get_attribute("data-value")
    panel = open_changes(page)
    expect(panel).to_contain_text("Edits are saved in the model folder and the dataset edits as Analyst")
    panel.get_by_role("button", name="Save 2 edits").click()
    expect(toast(page)).to_contain_text("Saved in the model folder and in the dataset edits (2 rows)")
    expect(changes_button(page)).to_have_text("Edits")
    rows = {row["topic_id"]: row for row in rows_of(edited.home, "edits", tmp_path)}
    assert (rows["1"]["label"], rows["1"]["author"]) == (HTML, studio.USER)
    assert rows[hidden]["hidden"] == "true"
    page.reload()
    expect(option(page, 1)).to_contain_text(HTML)
    panel = open_changes(page)
    expect(panel.locator(".tx-log-entry")).to_have_count(2)
    panel.locator(".tx-log-entry", has_text=HTML).get_by_role("button", name="Revert").click()
    expect(panel.locator(".tx-change")).to_contain_text("trained name restored:")


def test_when_another_person_was_faster_one_chooses_and_writes_again(edited):
    add_user(edited.home, "ada")
    other = edited.start("ada")
    page = edited("#topic=1", tolerant=True)
    rename(page, "Mine")
    page.evaluate("location.hash = '#topic=2'")
    rename(page, "Also mine")
    seen = other.call("/api/edits").json()["version"]
    theirs = [{"topic_id": 1, "label": "Theirs"}, {"topic_id": 3, "hidden": True}]
    answer = other.call("/api/edits", "POST", json={"seen": seen, "changes": theirs}, headers=GUARD)
    assert answer.status_code == 200, answer.text
    panel = open_changes(page)
    panel.get_by_role("button", name="Save").click()
    conflict = panel.locator(".tx-conflict")
    expect(conflict).to_have_count(1)
    expect(conflict).to_contain_text("ada")
    expect(conflict).to_contain_text("renamed “Theirs”")
    expect(conflict).to_contain_text("renamed “Mine”")
    again = panel.get_by_role("button", name="Save again")
    expect(again).to_be_disabled()
    conflict.get_by_label("Theirs.").check()
    again.click()
    expect(toast(page)).to_contain_text("edits of 1 topic")
    expect(option(page, 1)).to_contain_text("Theirs")
    expect(option(page, 2)).to_contain_text("Also mine")
    labels = {edit["topic_id"]: edit["label"] for edit in other.call("/api/edits").json()["in_force"]}
    assert labels == {1: "Theirs", 2: "Also mine", 3: None}


def test_who_keeps_their_own_overwrites_knowingly(edited):
    add_user(edited.home, "ada")
    other = edited.start("ada")
    page = edited("#topic=1", tolerant=True)
    rename(page, "Mine")
    seen = other.call("/api/edits").json()["version"]
    other.call(
        "/api/edits", "POST", json={"seen": seen, "changes": [{"topic_id": 1, "label": "Theirs"}]}, headers=GUARD
    )
    panel = open_changes(page)
    panel.get_by_role("button", name="Save").click()
    panel.locator(".tx-conflict").get_by_label("Mine.").check()
    panel.get_by_role("button", name="Save again").click()
    expect(toast(page)).to_contain_text("Saved")
    expect(option(page, 1)).to_contain_text("Mine")


def test_who_is_not_signed_in_sees_why_and_keeps_the_list(own_studio, in_studio):
    page = in_studio("#topic=1", host=own_studio(None))
    rename(page, "Taxes")
    panel = open_changes(page)
    expect(panel).to_contain_text("You are not signed in")
    expect(panel).to_contain_text("Your edits are still on this page.")
    expect(panel.get_by_role("button", name="Save")).to_have_attribute("aria-disabled", "true")
    expect(panel.locator(".tx-change")).to_have_count(1)


def test_a_backend_that_cannot_be_reached_loses_nothing(in_studio):
    page = in_studio("#topic=1", tolerant=True)
    rename(page, "Taxes")
    panel = open_changes(page)
    page.route("**/api/edits", lambda route: route.abort())
    panel.get_by_role("button", name="Save").click()
    expect(panel.get_by_role("alert").filter(has_text="cannot be reached")).to_be_visible()
    expect(panel.locator(".tx-change")).to_have_count(1)
    page.unroute("**/api/edits")
    expect(panel.get_by_role("button", name="Save 1 edit")).to_be_enabled()


def test_without_a_model_folder_there_are_no_tools_and_the_panel_says_why(own_studio, in_studio):
    page = in_studio("#topic=1", host=own_studio(model="", text_column="text", id_column="id"))
    expect(page.get_by_role("button", name="Rename")).to_have_count(0)
    page.keyboard.press("e")
    expect(name_field(page)).to_have_count(0)
    panel = open_changes(page)
    expect(panel).to_contain_text("Topics cannot be edited here")


def test_the_help_lists_the_keys_and_gives_the_keyboard_back(in_studio):
    page = in_studio("#topic=1")
    page.locator(".tx-help").focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_contain_text("merge into another topic")
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator(".tx-help")).to_be_focused()
    expect(title(page)).to_contain_text("1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dialogs_have_no_serious_fault_for_readers_unlike_the_designer(in_studio, scheme):
    page = in_studio("#topic=1", color_scheme=scheme)
    rename(page, "Taxes")
    check_accessibility(page)
    page.keyboard.press("m")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".tx-merge-after")).to_be_visible()
    check_accessibility(page)
    page.keyboard.press("Escape")
    open_changes(page)
    check_accessibility(page)


def test_on_a_phone_nothing_of_the_dialogs_is_cut_off(in_studio):
    page = in_studio("#topic=1", width=390, height=844)
    rename(page, "A name so long that it needs several lines on a screen as narrow as the one of a telephone")
    page.keyboard.press("m")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".tx-merge-after")).to_be_visible()
    merge = page.get_by_role("button", name="Merge topic 1 into")
    expect(merge).to_be_in_viewport(ratio=1)
    fits = "dialog => dialog.scrollWidth <= dialog.clientWidth && dialog.getBoundingClientRect().right <= innerWidth"
    assert page.locator("dialog[open]").evaluate(fits)
    page.keyboard.press("Escape")
    open_changes(page)
    assert page.locator("dialog[open]").evaluate(fits)


def test_a_map_whose_last_topic_is_hidden_says_so(in_studio):
    page = in_studio("#shape=map")
    expect(page.locator(".tx-map-topic")).to_have_count(5)
    for topic in range(5):
        option(page, topic).focus()
        page.keyboard.press("h")
    expect(page.locator(".tx-map-topic:visible")).to_have_count(0)
    expect(page.locator(".tx-empty-title:visible")).to_have_text("No topics shown")
