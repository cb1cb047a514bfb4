"""The answers people gave in the review, kept below ``review/`` of the model folder, and their counts by topic.

Each answered round is a file of its own. A second answer of the same person to the same question is ignored, as the
solution was shown after the first.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from text_explorer.errors import DataError, SettingsError
from text_explorer.explorer.feedback.intrusion_questions import Question
from text_explorer.explorer.shared.current_edits import CurrentEdits
from text_explorer.explorer.shared.remembered import Remembered
from text_explorer.explorer.shared.source import Source, Visitor
from text_explorer.explorer.shared.write_lock import WriteLock
from text_explorer.topics.edits.edit_files import is_author, is_model_id
from text_explorer.topics.files.append_only_log import (
    MOST_ENTRIES,
    REVIEW,
    AppendOnlyLog,
    damaged,
    parse_entry_file,
    utc_now,
)
from text_explorer.topics.files.checked_json import is_text, one_line

logger = logging.getLogger(__name__)

KEPT_SECONDS = 5.0
"""Asking DSS for the answers takes a call, and a page that opens asks for several topics."""


@dataclass(frozen=True)
class Answered:
    """What one person answered in a round; each answer is an object with ``question``, ``topic`` and ``right``."""

    model_id: str
    author: str
    round_number: int
    answers: tuple[dict[str, Any], ...]


class ReviewLog:
    """The answers in a source's model folder; threads may share it."""

    def __init__(
        self,
        source: Source,
        writing: WriteLock,
        clock: Callable[[], datetime] = utc_now,
        *,
        kept_seconds: float = KEPT_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ):
        self._log = AppendOnlyLog(source, REVIEW, parse_answers)
        self._files = Remembered(self._log.read, kept_seconds, monotonic)
        self._clock = clock
        self._writing = writing

    def add(self, model_id: str, author: Visitor, round_number: int, answered: Sequence[tuple[Question, str]]) -> None:
        """Keep answers: each question with the word that was chosen; a ``BusyError`` where DSS stores too slowly."""
        entry = {
            "model_id": model_id,
            "author": author.login,
            "round": round_number,
            "answers": [
                {
                    "question": question.id,
                    "topic": question.topic,
                    "words": list(question.words),
                    "intruder": question.intruder,
                    "chosen": chosen,
                    "right": chosen == question.intruder,
                }
                for question, chosen in answered
            ],
        }
        with self._writing.held():
            self._log.add(entry, self._clock())

    def answered(self, *, fresh: bool = False) -> tuple[Sequence[Answered], tuple[str, ...]]:
        """Return all answers, with ``fresh`` those of the last seconds too, and a sentence for each unreadable file."""
        files, warnings = self._files.get(fresh=fresh)
        return list(files.values()), warnings

    def answered_if_readable(self) -> Sequence[Answered]:
        """Return the answers, none where the folder cannot be read: the screen Review reports that, others go on."""
        try:
            return self.answered()[0]
        except (DataError, SettingsError) as fault:
            logger.warning("The answers of the review could not be read: %s", fault)
            return []


class AnswerCounts(NamedTuple):
    """How often people were ``asked`` about a topic and were ``right``, by final topic, and totals."""

    by_topic: dict[int, dict[str, int]]
    n_answers: int
    n_people: int


def count_answers(answered: Iterable[Answered], edits: CurrentEdits) -> AnswerCounts:
    """Count the answers on the topics of a model; those on other models do not count."""
    by_topic: dict[int, dict[str, int]] = {}
    people: set[str] = set()
    met: set[tuple[str, int, str]] = set()
    for entry in answered:
        for answer in entry.answers if edits.model_id and entry.model_id == edits.model_id else ():
            key = (entry.author, entry.round_number, answer["question"])
            if key in met or not 0 <= answer["topic"] < edits.n_topics:
                continue
            met.add(key)
            people.add(entry.author)
            counts = by_topic.setdefault(edits.finals[answer["topic"]], {"asked": 0, "right": 0})
            counts["asked"] += 1
            counts["right"] += answer["right"]
    return AnswerCounts(by_topic, len(met), len(people))


def parse_answers(path: str, content: bytes) -> Answered:
    """Parse a file of answers; one that is damaged or of a newer format is a ``DataError``."""
    entry = parse_entry_file(path, content)
    model_id, author, round_number = (entry.get(name, "") for name in ("model_id", "author", "round"))
    if not is_model_id(model_id) or not is_author(author) or type(round_number) is not int:
        raise damaged(path, "model_id and author must be texts and round a whole number")
    answers = entry.get("answers")
    if not isinstance(answers, list) or len(answers) > MOST_ENTRIES or not all(map(_is_answer, answers)):
        raise damaged(path, f"answers must be a list of at most {MOST_ENTRIES:,} answers")
    return Answered(model_id, one_line(author), round_number, tuple(answers))


def _is_answer(answer: object) -> bool:
    return (
        isinstance(answer, dict)
        and is_text(answer.get("question"))
        and type(answer.get("topic")) is int
        and isinstance(answer.get("right"), bool)
    )
