"""Questions to a language model, its answers, and what they cost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Callable, Optional

BYTES_PER_TOKEN = 3
"""Of UTF-8: English has about four, Chinese three, so that an estimate is rather too high."""


@dataclass(frozen=True)
class Message:
    """A message of a conversation; `role` is ``system``, ``user`` or ``assistant``."""

    role: str
    content: str


@dataclass(frozen=True)
class Question:
    """A conversation to be continued by the model, in the form of a JSON schema."""

    messages: tuple[Message, ...]
    schema: Mapping[str, Any]

    def key(self, model_id: str) -> str:
        """Return a hash of the question and of the model that is asked."""
        messages = [[message.role, message.content] for message in self.messages]
        content = json.dumps([model_id, messages, self.schema], sort_keys=True, ensure_ascii=False)
        return hashlib.blake2b(content.encode("utf-8", "replace"), digest_size=16).hexdigest()

    def n_tokens(self) -> int:
        """Estimate the number of tokens of the messages."""
        return sum(estimated_tokens(message.content) for message in self.messages)

    def repaired(self, answer: str, fault: str) -> Question:
        """Return the question that shows the model its answer and what is wrong with it."""
        again = f"This answer cannot be used. {fault} Answer again, with the JSON object alone."
        return Question((*self.messages, Message("assistant", answer), Message("user", again)), self.schema)


def estimated_tokens(text: str) -> int:
    """Estimate the number of tokens of a text."""
    return -(-len(text.encode("utf-8", "replace")) // BYTES_PER_TOKEN)


@dataclass(frozen=True)
class Usage:
    """Tokens and cost in US dollars of an answer, None where the instance does not report them."""

    prompt_tokens: Optional[int] = None
    completion_tokens: Optional[int] = None
    cost: Optional[float] = None


@dataclass(frozen=True)
class Answer:
    """What a model answered; without a `text`, `error` says why, and `was_asked` whether the model was asked at all."""

    text: Optional[str]
    error: str = ""
    was_asked: bool = True
    usage: Usage = Usage()


Ask = Callable[[Sequence[Question], bool], Sequence[Answer]]
"""Asks questions and returns their answers in order; raises nothing. The flag asks *plainly*: without the settings that
some models refuse, which are the schema and the temperature."""
