"""Ask a language model of the instance (LLM Mesh); whatever fails becomes the answer to the question."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Optional

import dataiku

from text_explorer.errors import DataError, caught
from text_explorer.language_models.embedding.answers import reason_of
from text_explorer.language_models.questions import Answer, Ask, Question, Usage

PURPOSE = "GENERIC_COMPLETION"
MOST_ANSWER_TOKENS = 2_000
"""Far more than an answer needs: some models think first, and their thoughts count."""
_MOST_NAMES = 10


def open_language_model(llm_id: str) -> Ask:
    """Return a function that asks a model of the instance; raise a `DataError` where there is no such model."""
    return partial(_ask, offered_model(llm_id, PURPOSE, "Language model"))


def offered_model(llm_id: str, purpose: str, label: str) -> Any:
    """Return the client's handle of a model, which the form labels `label`.

    Raises
    ------
    DataError
        Where this DSS has no LLM Mesh, or the project may not use such a model. Where models cannot be listed, it is
        asked all the same.
    """
    project = dataiku.api_client().get_default_project()
    if not hasattr(project, "get_llm"):
        raise DataError(
            "This DSS has no LLM Mesh, which this recipe needs: update DSS. The recipes on topics and summaries do not "
            "need it."
        )
    with caught() as fault:
        offered = {item.id: item.description for item in project.list_llms(purpose)}
    if fault.error is None and llm_id not in offered:
        names = ", ".join(f"{name} ({found})" for found, name in list(offered.items())[:_MOST_NAMES])
        advice = f"Select one of: {names}." if names else "Ask an administrator for an LLM connection."
        raise DataError(f"'{label}' is {llm_id}, which this project cannot use. {advice}")
    return project.get_llm(llm_id)


def _ask(llm: Any, questions: Sequence[Question], is_plain: bool) -> list[Answer]:
    """Ask questions of one schema in one request; the last try leaves out what some models refuse."""
    with caught() as fault:
        query = llm.new_completions()
        query.settings["maxOutputTokens"] = MOST_ANSWER_TOKENS
        if not is_plain:
            query.settings["temperature"] = 0
            if hasattr(query, "with_json_output"):  # not in the first versions of LLM Mesh
                query.with_json_output(schema=dict(questions[0].schema))
        for question in questions:
            conversation = query.new_completion()
            for message in question.messages:
                conversation.with_message(message.content, role=message.role)
        answers = [_answer(response) for response in query.execute().responses]
        if len(answers) != len(questions):
            raise DataError(f"The model sent {len(answers)} answers to {len(questions)} questions.")
    if fault.error is not None:
        return [Answer(None, reason_of(fault.error))] * len(questions)
    return answers


def _answer(response: Any) -> Answer:
    raw = getattr(response, "_raw", None) or {}  # usage has no other name in most versions of the client
    cost = raw.get("estimatedCost")
    usage = Usage(
        _count(raw.get("promptTokens")),
        _count(raw.get("completionTokens")),
        float(cost) if isinstance(cost, (int, float)) and cost >= 0 else None,
    )
    with caught() as fault:
        text = response.text
    if fault.error is not None:
        return Answer(None, reason_of(fault.error), usage=usage)
    if not isinstance(text, str) or not text.strip():
        return Answer(None, f"The model sent no text (finish reason: {raw.get('finishReason')}).", usage=usage)
    return Answer(text, usage=usage)


def _count(value: Any) -> Optional[int]:
    return int(value) if isinstance(value, (int, float)) and value >= 0 else None
