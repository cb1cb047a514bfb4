"""Files of the edit log for tests, as the webapp of another person would have left them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from text_explorer.topics.edits.edit_files import FOLDER, Edit, file_content
from text_explorer.topics.files.append_only_log import new_path, write_time

NOON = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)
MODEL_ID = "0123456789abcdef" * 2


def edit_file(*changes, author="bo", minutes=0.0, model_id=MODEL_ID, token=None):
    """Return the path and the content of a file with these changes, each a dict with its ``topic_id``."""
    written = NOON + timedelta(minutes=minutes)
    edits = [
        Edit(change["topic_id"], {name: change[name] for name in change if name != "topic_id"}, author,
             write_time(written))
        for change in changes
    ]  # fmt: skip
    return new_path(FOLDER, written, None, token), file_content(model_id, edits)
