"""Ask a model within limits of calls and tokens, try again what fails, and keep the answers."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Callable

from text_explorer.language_models.answer_cache import LONGEST_ANSWER, AnswerCache
from text_explorer.language_models.questions import Answer, Ask, Question, estimated_tokens

logger = logging.getLogger(__name__)

QUESTIONS_AT_ONCE = 20
PAUSES = (1.0, 4.0)
"""Seconds before failed questions are asked again; the last time they are asked plainly."""
ANSWER_TOKENS = 150
"""Tokens that an answer is assumed to have."""


@dataclass(frozen=True)
class Limits:
    """The most a run may ask: calls of the model, and tokens of questions and answers together."""

    calls: int
    tokens: int

    def allow(self, sizes: Iterable[tuple[int, int]], n_sent: int, n_tokens: int, unit: str) -> tuple[list[int], str]:
        """Return the first keys that the limits leave room for, and which limit others exceed, empty without others.

        Parameters
        ----------
        sizes
            Keys of what is to be sent, each with its tokens.
        n_sent, n_tokens
            What the run has used already.
        unit
            Word for what is counted, in the plural.
        """
        allowed: list[int] = []
        for key, size in sizes:
            n_tokens += size
            if n_sent + len(allowed) >= self.calls:
                return allowed, f"the limit of {self.calls:,} {unit} was reached"
            if n_tokens > self.tokens:
                return allowed, f"the limit of {self.tokens:,} tokens was reached"
            allowed.append(key)
        return allowed, ""


@dataclass
class UsageTotals:
    """What a run asked of a model. Tokens that the instance does not report are estimated and counted as such."""

    calls: int = 0
    from_cache: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    estimated_answers: int = 0
    cost: float = 0.0
    answers_without_cost: int = 0
    errors: Counter[str] = field(default_factory=Counter)

    @property
    def tokens(self) -> int:
        """Tokens of questions and answers."""
        return self.prompt_tokens + self.completion_tokens

    def add(self, question: Question, answer: Answer) -> None:
        """Count an answer of the model."""
        usage, text = answer.usage, answer.text
        self.calls += 1
        if text is None:
            self.errors[answer.error] += 1
        else:
            self.estimated_answers += None in (usage.prompt_tokens, usage.completion_tokens)
            self.answers_without_cost += usage.cost is None
        self.prompt_tokens += question.n_tokens() if usage.prompt_tokens is None else usage.prompt_tokens
        self.completion_tokens += (
            estimated_tokens(text or "") if usage.completion_tokens is None else usage.completion_tokens
        )
        self.cost += usage.cost or 0.0

    def as_dict(self) -> dict[str, Any]:
        """Return the counts, ready for JSON; ``cost`` is None unless the instance reported that of each answer."""
        return {
            "calls": self.calls,
            "answers_from_cache": self.from_cache,
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "answers_with_estimated_tokens": self.estimated_answers,
            "cost_in_us_dollars": None if self.answers_without_cost else round(self.cost, 6),
            "errors": dict(self.errors.most_common(10)),
        }


class LimitedModel:
    """A model that is asked within limits.

    Parameters
    ----------
    model_id
        Id of the model on the instance, which its answers are kept under.
    ask
        Asks the model.
    cache
        Answers of earlier runs; new ones are added.
    limits
        The most this run may ask.
    keep
        Called after each batch that added answers, to store the cache.
    wait
        Waits for some seconds.
    """

    def __init__(
        self,
        model_id: str,
        ask: Ask,
        cache: AnswerCache,
        limits: Limits,
        *,
        keep: Callable[[AnswerCache], None] = lambda cache: None,
        wait: Callable[[float], None] = time.sleep,
    ):
        self.usage = UsageTotals()
        self._model_id, self._ask, self._cache, self._limits = model_id, ask, cache, limits
        self._keep, self._wait = keep, wait
        self._stopped = ""

    def log_estimate(self, questions: Sequence[Question]) -> None:
        """Log what the questions will ask of the model."""
        new = [question for question in questions if self._cache.get(question.key(self._model_id)) is None]
        if not new:
            logger.info("all %s answers are kept from an earlier run: no call of %s", len(questions), self._model_id)
            return
        logger.info(
            "%s calls of %s with about %s tokens and answers of about %s tokens; %s answers are kept from an earlier "
            "run. Failed and wrong answers are asked again, within the limits of %s calls and %s tokens. What a call "
            "costs is set by the provider",
            f"{len(new):,}", self._model_id, f"{sum(question.n_tokens() for question in new):,}",
            f"{len(new) * ANSWER_TOKENS:,}", f"{len(questions) - len(new):,}", f"{self._limits.calls:,}",
            f"{self._limits.tokens:,}",
        )  # fmt: skip

    def answers(self, questions: Sequence[Question]) -> list[Answer]:
        """Return the answer to each question, in order: kept ones, and those of the model as far as limits allow."""
        found: list[Answer] = []
        keys = [question.key(self._model_id) for question in questions]
        for key in keys:
            text = self._cache.get(key)
            found.append(Answer(text, was_asked=text is not None))
        self.usage.from_cache += sum(answer.was_asked for answer in found)
        new = [place for place, answer in enumerate(found) if not answer.was_asked]
        for first in range(0, len(new), QUESTIONS_AT_ONCE):
            batch = new[first : first + QUESTIONS_AT_ONCE]
            for place, answer in self._answers_of_model({place: questions[place] for place in batch}):
                found[place] = answer
                if answer.text is not None:
                    self._cache.add(keys[place], answer.text)
            self._keep_new()
        return found

    def _answers_of_model(self, questions: dict[int, Question]) -> Iterator[tuple[int, Answer]]:
        """Ask some questions, and those that fail again."""
        left = dict(questions)
        failed: dict[int, Answer] = {}
        for pause in (0.0, *PAUSES):
            allowed = self._allowed(left)
            if not allowed:
                break
            if pause:
                self._wait(pause)
            asked = [left[place] for place in allowed]
            for place, question, answer in zip(allowed, asked, self._ask(asked, pause == PAUSES[-1])):
                self.usage.add(question, answer)
                if answer.text is None:
                    failed[place] = answer
                    continue
                del left[place]
                failed.pop(place, None)
                yield place, Answer(answer.text[:LONGEST_ANSWER], usage=answer.usage)
            if not left:
                return
        if not self._stopped and len(failed) == len(questions):
            self._stopped = "The model answered none of the questions before, so that it was not asked any more."
            logger.warning("%s failed: %s", self._model_id, next(iter(failed.values())).error)
        for place in left:
            yield place, failed.get(place, Answer(None, self._stopped, was_asked=False))

    def _allowed(self, questions: dict[int, Question]) -> list[int]:
        """Return the first questions that the limits leave room for; where there are others, the run stops."""
        if self._stopped:
            return []
        sizes = ((place, question.n_tokens() + ANSWER_TOKENS) for place, question in questions.items())
        allowed, reason = self._limits.allow(sizes, self.usage.calls, self.usage.tokens, "calls")
        if reason:
            self._stop(reason)
        return allowed

    def _stop(self, reason: str) -> None:
        self._stopped = f"Not asked, since {reason}."
        logger.warning("the model is not asked any more: %s", reason)

    def _keep_new(self) -> None:
        if self._cache.is_changed:
            self._keep(self._cache)
            self._cache.is_changed = False
