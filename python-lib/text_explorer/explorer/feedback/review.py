"""The screen Review: ask questions, judge and store answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from text_explorer.errors import DataError, SettingsError
from text_explorer.explorer.feedback.answer_log import ReviewLog, count_answers
from text_explorer.explorer.feedback.intrusion_questions import (
    LARGEST_ROUND,
    MOST_QUESTIONS,
    TOO_FEW_TOPICS,
    Question,
    TopicWords,
    make_questions,
    question_of,
)
from text_explorer.explorer.index.reader import IndexReader
from text_explorer.explorer.shared.cells import as_object
from text_explorer.explorer.shared.current_edits import CurrentEdits
from text_explorer.explorer.shared.errors import BadRequestError
from text_explorer.explorer.shared.parameters import integer
from text_explorer.explorer.shared.source import Visitor
from text_explorer.explorer.terms.topic_word_matrix import words_of

ANONYMOUS = "You are not signed in, so your answers are not saved. You can still take the quiz."
NO_FOLDER = (
    "These topics have no model folder, so answers are not saved. Select 'Model' in the settings of this webapp."
)
_LONGEST_ANSWER = 200


def words_of_topics(index: IndexReader) -> list[TopicWords]:
    """Read the words of the topics that are neither hidden nor merged; those of merged ones count for their target."""
    edits = index.edits
    return [
        TopicWords(topic, words_of(index, sorted(edits.members_of(topic))))
        for topic in index.final_topics()
        if not edits.is_hidden(topic)
    ]


def number_of(arguments: Mapping[str, str], name: str) -> int:
    """Read ``round``, 0 by default, or ``n``, the number of questions, from an address."""
    lowest, highest, default = (0, LARGEST_ROUND, "0") if name == "round" else (1, MOST_QUESTIONS, "20")
    return integer(name, arguments.get(name, default), lowest, highest)


def questions_answer(topics: Sequence[TopicWords], model: str, round_number: int, n_questions: int) -> dict[str, Any]:
    """Return the questions of a round, without their intruders."""
    questions = make_questions(topics, model, round_number, n_questions)
    return {
        "questions": [{"id": question.id, "words": list(question.words)} for question in questions],
        "n_topics": len(topics),
        "reason": None if questions else TOO_FEW_TOPICS,
    }


def judge_answers(topics: Sequence[TopicWords], model: str, request: Mapping[str, Any]) -> list[tuple[Question, str]]:
    """Find the question of each answer in a request, ``{round, answers: [{id, word}]}``; other requests are refused."""
    answers = request.get("answers")
    if not isinstance(answers, list) or not 1 <= len(answers) <= MOST_QUESTIONS:
        raise BadRequestError(f"'answers' must be a list of 1 to {MOST_QUESTIONS} objects with 'id' and 'word'.")
    judged: dict[str, tuple[Question, str]] = {}
    for answer in answers:
        question_id, word = (_short_text(as_object(answer).get(name)) for name in ("id", "word"))
        if question_id is None or word is None:
            raise BadRequestError("Each answer must hold the 'id' of its question and the 'word' that was selected.")
        question = question_of(topics, model, round_of(request), question_id)
        if word not in question.words:
            raise BadRequestError(f"'word' must be one of the six words of the question. Got '{word[:40]}'.")
        judged.setdefault(question_id, (question, word))
    return list(judged.values())


def _short_text(value: object) -> str | None:
    return value if isinstance(value, str) and len(value) <= _LONGEST_ANSWER else None


def round_of(request: Mapping[str, Any]) -> int:
    """Read the number of the round from the body of a request."""
    number = request.get("round")
    if type(number) is not int or not 0 <= number <= LARGEST_ROUND:
        raise BadRequestError(f"'round' must be a whole number from 0 to {LARGEST_ROUND}.")
    return number


def why_not_stored(model: str, visitor: Visitor | None) -> str | None:
    """Return a sentence on why answers of a visitor on a model's topics are not saved, None where they are."""
    return NO_FOLDER if not model else ANONYMOUS if visitor is None else None


def judged_answer(
    log: ReviewLog, model: str, visitor: Visitor | None, round_number: int, judged: Sequence[tuple[Question, str]]
) -> dict[str, Any]:
    """Return which answers are right, and store them where the visitor is signed in."""
    reason = why_not_stored(model, visitor)
    if reason is None and visitor is not None:
        try:
            log.add(model, visitor, round_number, judged)
        except (DataError, SettingsError) as fault:
            reason = str(fault)
    return {
        "results": [
            {
                "id": question.id,
                "topic": question.topic,
                "intruder": question.intruder,
                "right": word == question.intruder,
            }
            for question, word in judged
        ],
        "stored": reason is None,
        "reason": reason,
    }


def results_answer(log: ReviewLog, edits: CurrentEdits) -> dict[str, Any]:
    """Return all answers of the model's topics, counted by topic, and sentences on files that could not be read."""
    answered, warnings = log.answered(fresh=True)
    counts = count_answers(answered, edits)
    return {
        "topics": [{"topic": topic, **counted} for topic, counted in sorted(counts.by_topic.items())],
        "n_answers": counts.n_answers,
        "n_people": counts.n_people,
        "warnings": list(warnings),
    }
