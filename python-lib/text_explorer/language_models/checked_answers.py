"""Read the answers of a model: JSON of a schema, plain text of a length. A wrong one is shown to the model once."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Callable, Generic, Optional, TypeVar

from text_explorer.corpus.language.detection import language_probabilities
from text_explorer.language_models.limited_model import LimitedModel
from text_explorer.language_models.questions import Question

STATUS_OK = "ok"
STATUS_REFUSED = "answer refused"
STATUS_FAILED = "no answer"
STATUS_NOT_ASKED = "not asked"

_FENCE = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.DOTALL | re.IGNORECASE)
_MARKUP = re.compile(r"<[^\s\d]|&#?\w+;|\*\*|__|`|\]\(|://|www\.", re.IGNORECASE)
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_KINDS: dict[str, tuple[type, str]] = {
    "object": (dict, "an object"),
    "array": (list, "a list"),
    "string": (str, "a text"),
    "boolean": (bool, "true or false"),
    "integer": (int, "a whole number"),
}
_LEAST_LETTERS, _SURE, _UNLIKELY = 60, 0.9, 0.02
"""A text of fewer letters, or less surely of another language, may be in any language."""

Value = TypeVar("Value")


class AnswerError(ValueError):
    """What is wrong with an answer, in a sentence for the model and for people."""


@dataclass(frozen=True)
class CheckedAnswer(Generic[Value]):
    """An answer that passed the checks, or None with a status and the reason."""

    value: Optional[Value]
    status: str
    reason: str = ""


def ask_and_check(
    model: LimitedModel, questions: Sequence[Question], check: Callable[[int, str], Value]
) -> list[CheckedAnswer[Value]]:
    """Ask questions, and once more those whose answers are wrong, with what is wrong about them.

    Parameters
    ----------
    model
        The model.
    questions
        The questions.
    check
        Reads the answer to the question of a number, or raises an `AnswerError`. It is called in the order of the
        questions, first for all answers, then for the repaired ones.
    """
    model.log_estimate(questions)
    answers = model.answers(questions)
    checked: list[CheckedAnswer[Value]] = []
    wrong: dict[int, Question] = {}
    for number, (question, answer) in enumerate(zip(questions, answers)):
        if answer.text is None:
            checked.append(CheckedAnswer(None, STATUS_FAILED if answer.was_asked else STATUS_NOT_ASKED, answer.error))
            continue
        checked.append(_read(check, number, answer.text))
        if checked[-1].value is None:
            wrong[number] = question.repaired(answer.text, checked[-1].reason)
    for number, answer in zip(wrong, model.answers(list(wrong.values()))):
        if answer.text is not None:
            checked[number] = _read(check, number, answer.text)
    return checked


def _read(check: Callable[[int, str], Value], number: int, text: str) -> CheckedAnswer[Value]:
    try:
        return CheckedAnswer(check(number, text), STATUS_OK)
    except AnswerError as fault:
        return CheckedAnswer(None, STATUS_REFUSED, str(fault))


def parse_answer(text: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Read an answer that is one JSON object of a schema, alone or in a block of code; `AnswerError` otherwise."""
    fenced = _FENCE.fullmatch(text)
    try:
        value = json.loads(fenced[1] if fenced else text)
    except (ValueError, RecursionError):
        raise AnswerError("It is not a JSON object, or has other text around it.") from None
    _check_schema("The answer", value, schema)
    return dict(value)


def _check_schema(name: str, value: Any, schema: Mapping[str, Any]) -> None:
    """Check a value by the part of JSON Schema that our questions use."""
    kind, wanted = _KINDS[schema["type"]]
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise AnswerError(f"{name} must be {wanted}.")
    if isinstance(value, dict):
        missing = [key for key in schema["properties"] if key not in value]
        unknown = [key for key in value if key not in schema["properties"]]
        if missing or unknown:
            raise AnswerError(f"{name} must have the fields {', '.join(schema['properties'])} and no others.")
        for key, part in schema["properties"].items():
            _check_schema(f'"{key}"', value[key], part)
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema["maxItems"]:
            raise AnswerError(f"{name} must have {schema.get('minItems', 0)} to {schema['maxItems']} entries.")
        for entry in value:
            _check_schema(f"Each entry of {name}", entry, schema["items"])
    if isinstance(value, str) and len(value) > schema["maxLength"]:
        raise AnswerError(f"{name} must have at most {schema['maxLength']} characters.")


def plain_text(name: str, value: str, most_words: int) -> str:
    """Return a text without spaces around it; `AnswerError` where it is empty, too long, marked up or not one line."""
    text = value.strip()
    if not any(map(str.isalnum, text)):
        raise AnswerError(f"{name} must not be empty.")
    if _UNSAFE.search(text):
        raise AnswerError(f"{name} must be one line without control characters.")
    if _MARKUP.search(text):
        raise AnswerError(f"{name} must be plain text: no markup, no placeholders in angle brackets, no addresses.")
    if len(text.split()) > most_words:
        raise AnswerError(f"{name} must have at most {most_words} words.")
    return text


def check_language(name: str, text: str, language: str, language_name: str) -> None:
    """Raise an `AnswerError` where a text is long enough to know its language, and it is surely another one."""
    if sum(map(str.isalpha, text)) < _LEAST_LETTERS:
        return
    probabilities = language_probabilities(text)
    if probabilities.get(language, 0.0) < _UNLIKELY and max(probabilities.values(), default=0.0) > _SURE:
        raise AnswerError(f"{name} must be in {language_name}.")
