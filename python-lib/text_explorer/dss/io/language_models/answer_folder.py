"""The folder that keeps a language model's answers and a report of the last run."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping
from typing import Any, Optional

import dataiku

from text_explorer.dss.io.folders import read_file, to_json
from text_explorer.errors import DataError, caught
from text_explorer.language_models.answer_cache import AnswerCache, parse_cache
from text_explorer.language_models.checked_answers import STATUS_OK
from text_explorer.language_models.limited_model import LimitedModel, Limits
from text_explorer.language_models.questions import Ask

logger = logging.getLogger(__name__)

ANSWERS = "language-model-answers.json"


class AnswerFolder:
    """A managed folder by name, input or output of the recipe; without a name nothing is kept.

    An input, such as the model folder, is written as by the webapp, and DSS allows either only where it ignores roles.
    """

    def __init__(self, name: Optional[str]):
        self._name = name

    def limited(self, model_id: str, ask: Ask, limits: Limits) -> LimitedModel:
        """Return a model that is asked within limits, and whose answers are kept here."""
        return LimitedModel(model_id, ask, self._answers(), limits, keep=self._keep)

    def write_report(self, path: str, model: LimitedModel, facts: Mapping[str, Any], statuses: Counter[str]) -> None:
        """Log what the run asked and what came of it, and write that into the folder, if anything was asked."""
        usage = model.usage.as_dict()
        if model.usage.calls:  # a re-run from kept answers changes nothing
            self._write(path, to_json({**facts, "answers_by_status": dict(statuses), **usage}))
        cost = usage["cost_in_us_dollars"]
        logger.info(
            "%s of %s ok (%s); %s calls, %s answers from earlier runs, %s tokens in questions and %s in answers, %s",
            f"{statuses[STATUS_OK]:,}", f"{sum(statuses.values()):,}",
            ", ".join(f"{status} {n:,}" for status, n in statuses.items()) or "none",
            f"{usage['calls']:,}", f"{usage['answers_from_cache']:,}", f"{usage['prompt_tokens']:,}",
            f"{usage['completion_tokens']:,}",
            "cost not reported" if cost is None else f"{cost:.4f} US dollars by the estimate of the instance",
        )  # fmt: skip

    def _answers(self) -> AnswerCache:
        """Return the answers kept in the folder; none where they cannot be read."""
        if self._name is None:
            return AnswerCache()
        try:
            content = read_file(dataiku.Folder(self._name, ignore_flow=True), ANSWERS)
            return AnswerCache() if content is None else parse_cache(ANSWERS, content)
        except DataError as fault:
            logger.warning("%s", fault)
            return AnswerCache()

    def _keep(self, cache: AnswerCache) -> None:
        self._write(ANSWERS, cache.content())

    def _write(self, path: str, content: bytes) -> None:
        """Write a file; where the folder cannot be written, say so and go on."""
        if self._name is None:
            return
        with caught() as fault:
            dataiku.Folder(self._name, ignore_flow=True).upload_data(path, content)
        if fault.error is not None:
            logger.warning("%s cannot be written to the folder: %s", path, fault.error)
