"""Embed the texts of rows within limits: in batches, equal texts once, failed ones again, and kept for other runs."""

from __future__ import annotations

import logging
import time
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Callable, NamedTuple, Optional

import numpy as np

from text_explorer.cells import text_key
from text_explorer.concurrency.threads import map_ordered
from text_explorer.language_models.checked_answers import (
    STATUS_FAILED,
    STATUS_NOT_ASKED,
    STATUS_OK,
    STATUS_REFUSED,
)
from text_explorer.language_models.embedding.answers import Embed, EmbeddedText
from text_explorer.language_models.embedding.vector_store import VectorStore
from text_explorer.language_models.limited_model import PAUSES, Limits
from text_explorer.language_models.questions import estimated_tokens

logger = logging.getLogger(__name__)

TEXTS_PER_REQUEST = 32
REQUESTS_AT_ONCE = 2
MOST_FAILED_IN_A_ROW = 200
"""Texts that fail one after the other, at all their tries, before no other is sent."""
MOST_KINDS, OTHER_ERRORS = 100, "other"
"""Messages of failures that are told apart; some models name the text in each."""
STATUS_EMPTY = "empty text"


@dataclass(frozen=True)
class RowEmbedding:
    """The embedding of a row's text: a float32 array of shape (d,), or None with a status and the reason."""

    vector: Optional[np.ndarray]
    status: str
    reason: str = ""


class _Failure(NamedTuple):
    text: str
    others_succeeded: bool  # whether another text of the same request got a vector


@dataclass
class EmbeddingUsage:
    """What a run sent. Tokens that the instance does not report are estimated."""

    texts_sent: int = 0  # those sent again included
    requests: int = 0
    tokens: int = 0
    texts_with_estimated_tokens: int = 0
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, text: str, answer: EmbeddedText) -> None:
        """Count a text that was sent."""
        self.texts_sent += 1
        self.texts_with_estimated_tokens += answer.n_tokens is None
        self.tokens += estimated_tokens(text) if answer.n_tokens is None else answer.n_tokens
        if answer.error:
            is_counted = answer.error in self.errors or len(self.errors) < MOST_KINDS
            self.errors[answer.error if is_counted else OTHER_ERRORS] += 1

    def as_dict(self) -> dict[str, Any]:
        """Return the counts, ready for JSON."""
        return {
            "texts_sent": self.texts_sent,
            "requests": self.requests,
            "tokens": self.tokens,
            "texts_with_estimated_tokens": self.texts_with_estimated_tokens,
            "errors": dict(self.errors.most_common(10)),
        }


class TextCensus:
    """What the texts of a dataset will ask of a model, counted before the first is sent."""

    def __init__(self) -> None:
        self._keys, self._tokens = array("q"), array("q")
        self.n_rows = 0

    def add(self, texts: Sequence[Optional[str]]) -> None:
        """Count texts, None for an empty one."""
        self.n_rows += len(texts)
        for text in texts:
            if text is not None:
                self._keys.append(text_key(text))
                self._tokens.append(estimated_tokens(text))

    def log(self, model_id: str, store: VectorStore, limits: Limits, n_per_request: int) -> None:
        """Log what will be sent."""
        keys, first = np.unique(np.frombuffer(self._keys, dtype=np.int64), return_index=True)
        is_new = np.fromiter((key not in store for key in keys.tolist()), dtype=np.bool_, count=len(keys))
        n_new, tokens = int(is_new.sum()), int(np.frombuffer(self._tokens, dtype=np.int64)[first[is_new]].sum())
        logger.info(
            "%s rows have %s different texts, of which %s have an embedding from an earlier run",
            f"{self.n_rows:,}", f"{len(keys):,}", f"{len(keys) - n_new:,}",
        )  # fmt: skip
        if n_new:
            logger.info(
                "%s texts with about %s tokens will be sent to %s in %s requests. Failed ones are sent again, within "
                "the limits of %s texts and %s tokens. What they cost is set by the provider",
                f"{n_new:,}", f"{tokens:,}", model_id, f"{-(-n_new // n_per_request):,}", f"{limits.calls:,}",
                f"{limits.tokens:,}",
            )  # fmt: skip


class LimitedEmbedder:
    """An embedding model that is asked within limits.

    Parameters
    ----------
    embed
        Embeds the texts of a request.
    store
        Vectors of earlier runs; new ones are added.
    limits
        The most this run may send: texts (as `calls`) and tokens.
    n_per_request
        Texts of a request.
    keep
        Called with path and content of a file of new vectors.
    wait
        Waits for some seconds.
    """

    def __init__(
        self,
        embed: Embed,
        store: VectorStore,
        limits: Limits,
        *,
        n_per_request: int = TEXTS_PER_REQUEST,
        keep: Callable[[str, bytes], None] = lambda path, content: None,
        wait: Callable[[float], None] = time.sleep,
    ):
        self.usage = EmbeddingUsage()
        self._embed, self._store, self._limits, self._n_per_request = embed, store, limits, n_per_request
        self._keep, self._wait = keep, wait
        self._failed: dict[int, RowEmbedding] = {}
        self._kinds: dict[RowEmbedding, RowEmbedding] = {}  # failures that are equal are one object
        self._lasting: set[str] = set()  # messages of texts that failed at all their tries, while others did not
        self._passing: set[str] = set()  # messages of texts that got a vector when they were sent again
        self._failed_in_a_row = 0
        self._stopped = ""

    def embeddings(self, texts: Sequence[Optional[str]]) -> list[RowEmbedding]:
        """Return the embedding of each text, None for an empty one, in order.

        Failed texts are sent again together at the end, after a pause, but at once where all of some requests failed,
        as the model may be down. A text that failed while others of its request did not is not sent again if that never
        helped texts with the same message.
        """
        keys = [None if text is None else text_key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts) if key is not None and text is not None}
        new = {key: text for key, text in new.items() if key not in self._store and key not in self._failed}
        self._embed_new(new)
        return [self._of(key) for key in keys]

    def keep_new(self, *, least: int = 1) -> None:
        """Keep the new vectors for other runs, if there are as many as `least`."""
        file = self._store.new_file(least=least)
        if file is not None:
            self._keep(*file)

    def _of(self, key: Optional[int]) -> RowEmbedding:
        if key is None:
            return RowEmbedding(None, STATUS_EMPTY)
        if key in self._store:
            return RowEmbedding(self._store.vector(key), STATUS_OK)
        return self._failed.get(key, RowEmbedding(None, STATUS_NOT_ASKED, self._stopped))

    def _embed_new(self, new: dict[int, str]) -> None:
        """Send texts, some requests at a time, and those that failed again."""
        keys, size = list(new), self._n_per_request * REQUESTS_AT_ONCE
        failed: dict[int, _Failure] = {}
        for first in range(0, len(keys), size):
            part = {key: new[key] for key in keys[first : first + size]}
            n_known = len(self._store)
            failed.update(self._send(part))
            if len(self._store) == n_known:
                self._send_again(failed)
                failed = {}
            self._failed_in_a_row = 0 if len(self._store) > n_known else self._failed_in_a_row + len(part)
            if not self._stopped and self._failed_in_a_row >= MOST_FAILED_IN_A_ROW:
                self._stop(f"the {self._failed_in_a_row:,} texts before all failed")
            self.keep_new(least=self._store.n_waiting)
        self._send_again(failed)
        self.keep_new(least=self._store.n_waiting)

    def _send_again(self, failed: dict[int, _Failure]) -> None:
        """Send failed texts again after each pause, and learn for which messages that helps."""
        reasons = {key: self._failed[key].reason for key in failed}
        left = failed
        for pause in PAUSES:
            left = self._send({key: failed[key].text for key in left}, pause)
        for key, failure in failed.items():
            messages = self._passing if key in self._store else self._lasting if failure.others_succeeded else None
            if messages is not None and len(messages) < MOST_KINDS:
                messages.add(reasons[key])

    def _send(self, texts: dict[int, str], pause: float = 0.0) -> dict[int, _Failure]:
        """Send some texts once, as far as limits allow, and return the failed ones that are worth another try."""
        allowed = self._allowed(texts)
        if allowed and pause:
            self._wait(pause)
        failed: dict[int, _Failure] = {}
        for key, answer, others_succeeded in self._answers({key: texts[key] for key in allowed}):
            if answer.vector is not None:
                self._failed.pop(key, None)
                self._store.add(key, answer.vector)
                continue
            failure = RowEmbedding(None, STATUS_REFUSED if answer.is_refused else STATUS_FAILED, answer.error)
            self._failed[key] = self._kinds.setdefault(failure, failure)
            if not (others_succeeded and answer.error in self._lasting - self._passing):
                failed[key] = _Failure(texts[key], others_succeeded)
        return failed

    def _answers(self, texts: dict[int, str]) -> Iterator[tuple[int, EmbeddedText, bool]]:
        """Send texts once, some requests at a time; yield answers, and whether others of the request have a vector.

        Vectors of another length than the others are refused.
        """
        keys, size = list(texts), self._n_per_request
        batches = [keys[first : first + size] for first in range(0, len(keys), size)]
        self.usage.requests += len(batches)
        requests = ([texts[key] for key in batch] for batch in batches)
        answers = list(map_ordered(self._embed, requests, REQUESTS_AT_ONCE))
        n_numbers = self._store.n_numbers or _most_frequent_length(list(chain.from_iterable(answers)))
        for batch, of_batch in zip(batches, answers):
            of_one_length = [_with_length(answer, n_numbers) for answer in of_batch]
            succeeded = any(answer.vector is not None for answer in of_one_length)
            for key, answer in zip(batch, of_one_length):
                self.usage.add(texts[key], answer)
                yield key, answer, succeeded

    def _allowed(self, texts: dict[int, str]) -> list[int]:
        """Return the first texts that the limits leave room for; where there are others, the run stops."""
        if self._stopped:
            return []
        sizes = ((key, estimated_tokens(text)) for key, text in texts.items())
        allowed, reason = self._limits.allow(sizes, self.usage.texts_sent, self.usage.tokens, "texts")
        if reason:
            self._stop(reason)
        return allowed

    def _stop(self, reason: str) -> None:
        self._stopped = f"Not sent, since {reason}."
        logger.warning("no other text is sent: %s", reason)


def _with_length(answer: EmbeddedText, n_numbers: int) -> EmbeddedText:
    """Refuse a vector of another length."""
    if answer.vector is None or len(answer.vector) == n_numbers:
        return answer
    reason = f"The model sent a vector of {len(answer.vector):,} numbers, while others have {n_numbers:,}."
    return EmbeddedText(None, reason, answer.n_tokens, is_refused=True)


def _most_frequent_length(answers: Sequence[EmbeddedText]) -> int:
    """Return the length that most vectors have, the smallest of several; 0 where there is none."""
    lengths = Counter(len(answer.vector) for answer in answers if answer.vector is not None)
    return min(lengths, key=lambda length: (-lengths[length], length), default=0)
