"""The questions of the review, "which of six words does not belong to the others?", the word intrusion test.

Five are of the best words of a topic, one, the intruder, is a best word of another topic and improbable in this one. If
people find the intruder, the topic makes sense to them; chance alone finds one in six. The same model and round always
ask the same questions, so that an answer can be judged without keeping what was asked.

References
----------
Jonathan Chang, Jordan Boyd-Graber, Chong Wang, Sean Gerrish and David Blei (2009). Reading tea leaves: how humans
interpret topic models. NIPS 22, section 3.1. There the five most probable words are shown; here five of the ten, so
that one topic can be asked about several times.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from text_explorer.explorer.shared.errors import BadRequestError

N_OWN_WORDS, N_BEST_WORDS = 5, 10
MOST_QUESTIONS = 50
LARGEST_ROUND = 1_000_000

TOO_FEW_TOPICS = (
    "A word can only be out of place beside another topic: at least two topics with five words or more are needed that "
    "are neither hidden nor merged."
)


@dataclass(frozen=True)
class TopicWords:
    """The words of a topic, the most probable first, with their probabilities."""

    topic: int
    words: Mapping[str, float]

    @property
    def best(self) -> list[str]:
        """The words a question may show."""
        return list(self.words)[:N_BEST_WORDS]


@dataclass(frozen=True)
class Question:
    """Six words of which one is out of place."""

    topic: int
    words: tuple[str, ...]
    intruder: str
    id: str


def make_questions(topics: Sequence[TopicWords], model: str, round_number: int, n_questions: int) -> list[Question]:
    """Build the questions of a round; another round asks in another order, with other words.

    Each topic is asked about once before one is asked about twice. Fewer questions come back where topics have no
    intruder, none where fewer than two topics have words enough.

    Parameters
    ----------
    topics
        Topics that are neither hidden nor merged.
    model, round_number, n_questions
        Name of the model, and which round of how many questions.
    """
    usable = [topic for topic in topics if len(topic.best) >= N_OWN_WORDS]
    if len(usable) < 2:
        return []
    order = _generator(model, round_number, "order").permutation(len(usable))
    asked = (
        _question(usable[order[number % len(usable)]], usable, model, round_number, number // len(usable))
        for number in range(n_questions)
    )
    return [question for question in asked if question is not None]


def question_of(topics: Sequence[TopicWords], model: str, round_number: int, question_id: str) -> Question:
    """Find the question that was asked under an id; one asked no longer, since topics were edited, is refused."""
    topic_id, _, rest = question_id.partition(".")
    variant, _, _ = rest.partition(".")
    usable = [topic for topic in topics if len(topic.best) >= N_OWN_WORDS]
    if variant.isdecimal() and variant.isascii() and len(variant) <= 2:
        for topic in usable:
            if str(topic.topic) == topic_id and len(usable) >= 2:
                question = _question(topic, usable, model, round_number, int(variant))
                if question is not None and question.id == question_id:
                    return question
    raise BadRequestError("The topics were edited since these questions were asked. Load the questions again.")


def _question(
    topic: TopicWords, topics: Sequence[TopicWords], model: str, round_number: int, variant: int
) -> Question | None:
    generator = _generator(model, round_number, f"{topic.topic}.{variant}")
    intruders = _intruders(topic, topics)
    if not intruders:
        return None
    own = [topic.best[place] for place in sorted(generator.permutation(len(topic.best))[:N_OWN_WORDS])]
    intruder = intruders[int(generator.integers(len(intruders)))]
    words = [*own, intruder]
    shuffled = tuple(words[place] for place in generator.permutation(len(words)))
    digest = hashlib.sha256("\n".join([*shuffled, intruder]).encode("utf-8", "replace")).hexdigest()[:8]
    return Question(topic.topic, shuffled, intruder, f"{topic.topic}.{variant}.{digest}")


def _intruders(topic: TopicWords, topics: Sequence[TopicWords]) -> list[str]:
    """Return the best words of other topics that are improbable in this one: the less probable half of them.

    A word's probability counts as 0 where it is not among those known of the topic.
    """
    others = {word for other in topics if other.topic != topic.topic for word in other.best} - set(topic.best)
    ordered = sorted(others, key=lambda word: (topic.words.get(word, 0.0), word))
    if not ordered:
        return []
    bound = topic.words.get(ordered[(len(ordered) - 1) // 2], 0.0)
    return [word for word in ordered if topic.words.get(word, 0.0) <= bound]


def _generator(model: str, round_number: int, what: str) -> np.random.Generator:
    digest = hashlib.sha256(f"{model}\n{round_number}\n{what}".encode("utf-8", "replace")).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))
