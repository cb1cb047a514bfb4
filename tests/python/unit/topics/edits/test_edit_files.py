import json
from datetime import datetime, timedelta, timezone

import pytest

from text_explorer.errors import DataError
from text_explorer.topics.edits.edit_files import FOLDER, Edit, file_content, parse_file
from text_explorer.topics.files.append_only_log import new_path

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
    with pytest.raises(DataError, match=r"holds edits/.*, which is not a file of topic edits"):
        parse_file(path, content_with())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty"),
        (content_with()[:40], "damaged"),
        (b"\xff\xfe", "damaged"),
        (b"[]", "must hold a JSON object"),
        (b'{"format_version": true}', "has no format_version"),
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
        (content_with(colour="red"), "colour is not a field of an edit"),
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


@pytest.mark.parametrize(
    ("name", "typed", "read"),
    [
        ("label", "\u202eTaxes\u2066", "Taxes"),
        ("label", " שלום\u200f ", "שלום\u200f"),
        ("note", "a\r\nb\rc\u2028d\te\x1b\0", "a\nb\nc\nd\te  "),
        ("note", "\u202dnote\u2069", "note"),
    ],
)
def test_what_could_forge_a_line_or_turn_a_text_is_taken_out(name, typed, read):
    (edit,) = parse_file(PATH, content_with(**{name: typed})).edits
    assert edit.changes[name] == read


@pytest.mark.parametrize(
    ("typed", "read"), [("ann\nERROR x", "ann ERROR x"), ("\u202enna", "nna"), ("a\u2029b\x85c\x1bd", "a b c d")]
)
def test_an_author_is_one_line(typed, read):
    (edit,) = parse_file(PATH, content_with(author=typed)).edits
    assert edit.author == read


def whole_file(**changes):
    return json.dumps({"format_version": 1, "model_id": "m", "edits": [ENTRY], **changes}).encode()


FORGED = {
    "a million edits": (whole_file(edits=[{"topic_id": 0, "note": ""}] * 10**6), "larger than 24 MB"),
    "many short edits": (whole_file(edits=[{}] * 20_000), "it holds 20,000 edits; at most 10,000 can be read"),
    "one huge line": (whole_file(model_id="x" * 30_000_000), "larger than 24 MB"),
    "a long name of the model": (whole_file(model_id="x" * 1_000), "does not name their model"),
    "a name of two lines": (whole_file(model_id="m\nERROR"), "does not name their model"),
    "a name turned around": (whole_file(model_id="\u202em"), "does not name their model"),
    "a number for the name": (whole_file(model_id=7), "does not name their model"),
    "deep nesting": (b'{"edits": ' + b"[" * 100_000, "nested too deeply"),
    "deep objects": (b'{"a":' * 100_000, "nested too deeply"),
    "NaN": (content_with(topic_id=float("nan")), "edits[0].topic_id must be a finite number"),
    "1e999": (content_with().replace(b"3", b"1e999", 1), "edits[0].topic_id must be a finite number"),
    "10^30": (content_with(topic_id=10**30), "edits[0].topic_id must be a finite number"),
    "a key twice": (content_with().replace(b'"label"', b'"topic_id": 2, "label"'), "the key 'topic_id' twice"),
    "a byte order mark": (b"\xef\xbb\xbf" + content_with(), "byte order mark"),
    "UTF-16": (content_with().decode().encode("utf-16"), "not in UTF-8"),
    "format 0": (whole_file(format_version=0), "has no format_version"),
    "a key of two lines": (content_with(**{"x\nERROR": 1}), "x ERROR is not a field of an edit"),
    "a long key": (content_with(**{"x" * 10_000: 1}), "is not a field of an edit"),
    "a long author": (content_with(author="x" * 10_000), "author must be a text"),
    "half an author": (content_with(author="\ud800"), "author must be a text"),
    "a time no table keeps": (content_with(time="9999-01-01T00:00:00.000000Z"), "time must be in UTC"),
    "a label of controls": (content_with(label="\u202e\u2066"), "label must be one line"),
    "a label with an escape": (content_with(label="\x1b[2J"), "label must be one line"),
    "a label of two lines": (content_with(label="a\u2028b"), "label must be one line"),
    "half a note": (content_with(note="\udfff"), "note must be a text"),
    "a real topic": (content_with(merged_into=1.0), "merged_into must be the number of a topic"),
    "a true topic": (content_with(merged_into=True), "merged_into must be the number of a topic. Got true"),
}


@pytest.mark.parametrize("case", FORGED)
def test_a_forged_file_is_refused_in_one_sentence(case):
    content, reason = FORGED[case]
    with pytest.raises(DataError) as refused:
        parse_file(PATH, content)
    sentence = str(refused.value)
    assert PATH in sentence
    assert reason in sentence
    assert sentence.isprintable()
    assert len(sentence) < 600
