from datetime import datetime, timezone

from text_explorer.columns import names_of
from text_explorer.topics.edits.columns import EDITS, edit_rows
from text_explorer.topics.edits.edit_log import EditedTopic

TIME = "2026-01-31T12:00:00.000007Z"
WHEN = datetime(2026, 1, 31, 12, 0, 0, 7, tzinfo=timezone.utc)


def test_a_row_has_the_trained_label_unless_there_is_another():
    history = [
        EditedTopic(1, "Finance", 0, True, "x", "ann", TIME),
        EditedTopic(0, None, None, False, None, "bo", TIME, 2, "Economy"),
    ]
    assert edit_rows(history, ("war", "money")) == [
        (1, "Finance", 0, True, "x", "ann", WHEN, None, None),
        (0, "war", None, False, None, "bo", WHEN, 2, "Economy"),
    ]


def test_each_cell_has_its_column():
    names = names_of(EDITS)
    assert names[:7] == ["topic_id", "label", "merged_into", "hidden", "note", "author", "time"]
    assert names[7:] == ["parent", "parent_label"]
    assert len(edit_rows([EditedTopic(0, None, None, False, None, "bo", TIME)], ("war",))[0]) == len(names)
