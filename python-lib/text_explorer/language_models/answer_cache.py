"""Answers of earlier runs by the hash of their question, so that a re-run is equal and free."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Optional

from text_explorer.errors import DataError
from text_explorer.topics.files.checked_json import Fields, parse_object

FORMAT_VERSION = 1
MOST_ANSWERS = 3_000
"""Answers kept, the newest; of the longest they take 12 MB."""
LONGEST_ANSWER = 4_000
"""Characters; what is beyond is cut off before an answer is read."""


class AnswerCache:
    """Answers by the key of their question; `is_changed` where some are not written yet."""

    def __init__(self, answers: Optional[Mapping[str, str]] = None):
        self._answers = dict(answers or {})
        self.is_changed = False

    def get(self, key: str) -> Optional[str]:
        """Return the answer to a question, None for a new one."""
        return self._answers.get(key)

    def add(self, key: str, text: str) -> None:
        """Keep an answer."""
        self._answers[key] = text
        self.is_changed = True

    def content(self) -> bytes:
        """Return the file that holds the newest answers, as `parse_cache` reads it."""
        kept = dict(list(self._answers.items())[-MOST_ANSWERS:])
        stored = {"format_version": FORMAT_VERSION, "answers": kept}
        return json.dumps(stored, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def parse_cache(path: str, content: bytes) -> AnswerCache:
    """Read a file of answers; raise a `DataError` where it is damaged or of a newer version."""

    def fault(reason: str) -> DataError:
        return DataError(f"The model folder's {path} cannot be used ({reason}), so that the model is asked again.")

    stored = parse_object(content, fault)
    if stored.get("format_version") != FORMAT_VERSION:
        raise fault("it is of another version")
    answers = Fields(stored, fault).object("answers").values
    if not all(isinstance(text, str) and len(text) <= LONGEST_ANSWER for text in answers.values()):
        raise fault(f"answers must hold texts of at most {LONGEST_ANSWER:,} characters")
    return AnswerCache(answers)
