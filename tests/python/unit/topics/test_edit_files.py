import json
from datetime import datetime, timedelta, timezone

import pytest

from text_explorer.errors import DataError
from text_explorer.topics.append_only_log import new_path
from text_explorer.topics.edit_files import FOLDER, Edit, file_content, parse_file

NOON = datetime(2026, 1, 31, 12, 0, 0, 7, tzinfo=timezone.utc)
TOKEN = "0123456789abcdef" * 2
PATH = f"edits/20260131T120000000007Z-{TOKEN}.json"
ENTRY = {"topic_id": 3, "label": "Taxes", "author": "ann", "time": "2026-01-31T12:00:00.000007Z"}


def content_with(**changes):
    return json.dumps({"format_version": 1, "model_id": "m", "edits": [{**ENTRY, **changes}]}).encode()


def test_a_file_is_named_by_its_time_in_utc():
    in_paris = NOON.astimezone(timezone(timedelta(hours=1)))
    assert new_path(FOLDER, NOON, None, TOKEN) == new_path(FOLDER, in_paris, None, TOKEN) == PATH


def test_two_writers_at_the_same_time_take_different_names():
    assert new_path(FOLDER, NOON, None) != new_path(FOLDER, NOON, None)


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(days=400)])
def test_a_new_file_sorts_behind_the_newest_one_whose_clock_was_ahead(ahead):
    last = new_path(FOLDER, NOON + ahead, None, "f" * 32)
    following = new_path(FOLDER, NOON, last, "0" * 32)
    assert following > last
    assert parse_file(following, content_with()).path == following


def test_a_file_is_read_as_it_was_written():
    edits = (
        Edit(0, {"label": "Größe 👩‍👧", "note": "two\nlines"}, "ann", ENTRY["time"]),
        Edit(4, {"merged_into": 0, "hidden": False}, "", ENTRY["time"]),
        Edit(5, {"label": None, "merged_into": None, "hidden": None, "note": None}, "bo", ENTRY["time"]),
    )
    read = parse_file(f"/{PATH}", file_content("m", edits))
    assert (read.path, read.model_id, read.edits) == (PATH, "m", edits)


@pytest.mark.parametrize(
    "path", ["edits/notes.txt", "edits/.DS_Store", f"edits/deeper/{PATH}", PATH.replace("Z-", "-"), PATH + ".bak"]
)
def test_a_foreign_file_is_refused_by_its_name(path):
    with pytest.raises(DataError, match=r"holds edits/.*, which is no file of topic edits"):
        parse_file(path, content_with())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty"),
        (content_with()[:40], "damaged"),
        (b"\xff\xfe", "damaged"),
        (b"[]", "must hold a JSON object"),
        (b'{"format_version": true}', "names no format_version"),
        (b'{"format_version": 1, "edits": []}', "does not name their model"),
        (b'{"format_version": 1, "model_id": "m", "edits": {}}', "no list of edits"),
        (b'{"format_version": 1, "model_id": "m", "edits": [7]}', "edit 1: must be a JSON object"),
        (content_with(topic_id="3"), "edit 1: topic_id must be a whole number. Got '3'"),
        (content_with(topic_id=True), "topic_id must be a whole number. Got true"),
        (content_with(label=7), "label must be one line of at most 200 characters. Got 7"),
        (content_with(label="  "), "label must be one line"),
        (content_with(label="two\nlines"), "label must be one line"),
        (content_with(label="x" * 201), "label must be one line"),
        (content_with(label="\ud800"), r"label must be one line of at most 200 characters. Got '\ud800'"),
        (content_with(merged_into=1.5), "merged_into must be the number of a topic. Got 1.5"),
        (content_with(hidden="yes"), "hidden must be true or false. Got 'yes'"),
        (content_with(note=["x"]), "note must be a text"),
        (content_with(author=None), "author must be a text of at most 500 characters. Got nothing"),
        (content_with(time="yesterday"), "time must be in UTC"),
        (content_with(colour="red"), "colour is nothing an edit may hold"),
    ],
)
def test_a_damaged_file_is_refused_by_its_name_with_the_reason(content, reason):
    with pytest.raises(DataError) as refused:
        parse_file(PATH, content)
    assert PATH in str(refused.value)
    assert reason in str(refused.value)


def test_an_edit_that_changes_nothing_is_refused():
    nothing = {name: value for name, value in ENTRY.items() if name != "label"}
    content = json.dumps({"format_version": 1, "model_id": "m", "edits": [nothing]}).encode()
    with pytest.raises(DataError, match="must change one of label, merged_into, hidden, note"):
        parse_file(PATH, content)


def test_a_newer_format_is_refused():
    with pytest.raises(DataError, match=r"have format 2; this version reads up to format 1\. Update the plugin"):
        parse_file(PATH, b'{"format_version": 2}')
