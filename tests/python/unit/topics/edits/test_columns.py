import json
from datetime import datetime, timezone

from text_explorer.columns import names_of
from text_explorer.topics.edits.columns import EDITS, edit_rows
from text_explorer.topics.edits.edit_log import EditedTopic
from text_explorer.topics.edits.moves import MovedDocument
from text_explorer.topics.edits.splits import Split, SubTopic

TIME = "2026-01-31T12:00:00.000007Z"
WHEN = datetime(2026, 1, 31, 12, 0, 0, 7, tzinfo=timezone.utc)


def test_a_row_has_the_trained_label_unless_there_is_another():
    history = [
        EditedTopic(1, "Finance", 0, True, "x", "ann", TIME),
        EditedTopic(0, None, None, False, None, "bo", TIME, parent=2, parent_label="Economy"),
    ]
    assert edit_rows(history, ("war", "money")) == [
        (1, "Finance", 0, True, "x", "ann", WHEN, None, None, None, None),
        (0, "war", None, False, None, "bo", WHEN, None, None, 2, "Economy"),
    ]


def test_each_cell_has_its_column():
    names = names_of(EDITS)
    assert names[:7] == ["topic_id", "label", "merged_into", "hidden", "note", "author", "time"]
    assert names[7:] == ["split_into", "moved_documents", "parent", "parent_label"]
    assert len(edit_rows([EditedTopic(0, None, None, False, None, "bo", TIME)], ("war",))[0]) == len(names)


def test_a_split_names_its_sub_topics_and_moved_documents_are_listed():
    split = Split(("army",), (SubTopic(2, "land", 0.5, (0.5,)), SubTopic(3, "sea", 0.5, (0.1,))))
    moved = (MovedDocument("id", "a", "0" * 32), MovedDocument(None, None, "f" * 32))
    history = [
        EditedTopic(0, None, None, False, None, "bo", TIME, split),
        EditedTopic(3, None, None, False, None, "bo", TIME, None, moved),
    ]
    rows = [dict(zip(names_of(EDITS), row)) for row in edit_rows(history, ("war", "money"))]
    parts = [{"topic_id": 2, "label": "land"}, {"topic_id": 3, "label": "sea"}]
    assert json.loads(rows[0]["split_into"]) == parts
    assert (rows[1]["label"], json.loads(rows[1]["moved_documents"])) == ("sea", ["a", "f" * 32])
