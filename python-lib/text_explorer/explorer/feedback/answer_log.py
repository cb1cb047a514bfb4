"""The answers people gave in the review, kept below ``review/`` of the model folder, and their counts by topic.

Each answered round is a file of its own. A second answer of the same person to the same question is ignored, as the
solution was shown after the first.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from text_explorer.explorer.feedback.intrusion_questions import Question
from text_explorer.explorer.shared.remembered import Remembered
from text_explorer.explorer.shared.source import Source, Visitor
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


@dataclass(frozen=True)
class Answered:
    """What one person answered in a round; each answer is an object with ``question``, ``topic`` and ``right``."""

    model_id: str
    author: str
    round_number: int
    answers: tuple[dict[str, Any], ...]


class ReviewLog:
    """The answers in a source's model folder; threads may share it."""

    def __init__(self, source: Source, clock: Callable[[], datetime] = utc_now):
        self._log = AppendOnlyLog(source, REVIEW, parse_answers)
        self._files = Remembered(self._log.read, 0)
        self._clock = clock
        self._lock = threading.Lock()

    def add(self, model_id: str, author: Visitor, round_number: int, answered: Sequence[tuple[Question, str]]) -> None:
        """Keep answers: each question with the word that was chosen."""
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
        with self._lock:
            self._log.add(entry, self._clock())

    def results(self, model_id: str, final_topic: Sequence[int]) -> dict[str, Any]:
        """Count the answers on a model's topics.

        Parameters
        ----------
        model_id
            The model; answers on others do not count.
        final_topic
            Final topic of each.

        Returns
        -------
        dict
            ``topics``, each with its ``topic``, the times it was ``asked`` and how often the answer was ``right``;
            ``n_answers``, ``n_people``, and ``warnings`` on files that could not be read.
        """
        files, warnings = self._files.get(fresh=True)
        asked: Counter[int] = Counter()
        right: Counter[int] = Counter()
        people: set[str] = set()
        met: set[tuple[str, int, str]] = set()
        for file in files.values():
            for answer in file.answers if file.model_id == model_id else ():
                key = (file.author, file.round_number, answer["question"])
                if key in met or not 0 <= answer["topic"] < len(final_topic):
                    continue
                met.add(key)
                people.add(file.author)
                topic = final_topic[answer["topic"]]
                asked[topic] += 1
                right[topic] += answer["right"]
        return {
            "topics": [{"topic": topic, "asked": asked[topic], "right": right[topic]} for topic in sorted(asked)],
            "n_answers": len(met),
            "n_people": len(people),
            "warnings": list(warnings),
        }


def parse_answers(path: str, content: bytes) -> Answered:
    """Parse a file of answers.

    Raises
    ------
    DataError
        Where it is damaged or of a newer format.
    """
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
