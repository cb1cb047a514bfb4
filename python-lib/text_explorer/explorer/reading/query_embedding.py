"""Embed what is searched for, by the model that the webapp's settings name, where it is that of the documents."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import NamedTuple, Optional, Protocol

import numpy as np

from text_explorer.explorer.shared.source import Visitor

NO_MODEL = (
    "The embedding model of the documents is not known to this webapp. Select 'Embedding model' in its settings to "
    "search by the meaning of what you type."
)
NOT_SELECTED = (
    "The documents were embedded by {known}. Select it as 'Embedding model' in the settings of this webapp to search "
    "by the meaning of what you type."
)
OTHER_MODEL = (
    "The documents were embedded by {known}, but 'Embedding model' in the settings of this webapp is {selected}, which "
    "is not asked. Select the model of the documents."
)
NOT_SIGNED_IN = (
    "You are not signed in, or this request does not come from the page of the webapp, so the embedding model is not "
    "asked."
)
MOST_A_MINUTE = 60
TOO_MANY = f"The embedding model has been asked {MOST_A_MINUTE} times within a minute. Search again in a minute."
_MINUTE = 60.0
_MOST_KEPT = 500


class QueryModel(NamedTuple):
    """Whose embeddings those of the documents are, and which model the settings allow to be asked; ids in LLM Mesh."""

    selected: Optional[str]  # by the setting 'Embedding model'; without it, no model is asked
    known: Optional[str]  # that of the documents

    def why_not_asked(self) -> Optional[str]:
        """Return why the model is not asked, a sentence, None where it is."""
        if not self.selected:
            return NOT_SELECTED.format(known=self.known) if self.known else NO_MODEL
        if self.known not in (None, self.selected):
            return OTHER_MODEL.format(known=self.known, selected=self.selected)
        return None


class Embedded(Protocol):
    """What a model made of a text: a vector, or a sentence on why there is none."""

    @property
    def vector(self) -> Optional[np.ndarray]:
        """Finite float array of shape (d,)."""

    @property
    def error(self) -> str:
        """Why there is no vector, else empty."""


Embed = Callable[[str, str, Optional[int]], Embedded]
"""Embeds a text by a model, by its id, to a vector of so many numbers; it raises nothing."""


Found = tuple[Optional[np.ndarray], Optional[str]]
"""An embedding, or a sentence on why there is none."""
_Key = tuple[str, str, int]


class QueryEmbedder:
    """Embeds searches, and keeps the latest vectors, so that turning pages asks no model; threads may share it.

    Each question may cost money: it is asked by signed-in visitors alone, once at a time, again only a minute after it
    failed, and with all others at most `MOST_A_MINUTE` times a minute.
    """

    def __init__(self, embed: Optional[Embed] = None, clock: Callable[[], float] = time.monotonic):
        self._embed, self._clock = embed, clock
        self._lock = threading.Lock()  # never held while the model is asked, which takes seconds
        self._kept: dict[_Key, Found] = {}
        self._failed_at: dict[_Key, float] = {}  # of those kept that are sentences
        self._being_asked: dict[_Key, Future[Found]] = {}
        self._asked_at: deque[float] = deque(maxlen=MOST_A_MINUTE)

    def vector_of(self, text: str, model: QueryModel, n_numbers: int, visitor: Optional[Visitor]) -> Found:
        """Return the embedding of a text, or a sentence on why there is none; hold no lock, as asking takes seconds.

        ``visitor`` is None for requests that may not cost anything.
        """
        embed, why = self._embed, model.why_not_asked()
        if embed is None or not model.selected or why is not None:
            return None, why or NO_MODEL
        key = (model.selected, text, n_numbers)
        with self._lock:
            kept = self._kept_answer(key)
            if kept is not None:
                return kept
            if visitor is None:
                return None, NOT_SIGNED_IN
            other = self._being_asked.get(key)
            if other is None:
                now = self._clock()
                if len(self._asked_at) == MOST_A_MINUTE and now - self._asked_at[0] < _MINUTE:
                    return None, TOO_MANY
                self._asked_at.append(now)
                own = self._being_asked[key] = Future()
        return self._ask(embed, key, own) if other is None else other.result()

    def _kept_answer(self, key: _Key) -> Optional[Found]:
        failed_at = self._failed_at.get(key)
        if failed_at is not None and self._clock() - failed_at >= _MINUTE:
            del self._kept[key], self._failed_at[key]
        return self._kept.get(key)

    def _ask(self, embed: Embed, key: _Key, answer: Future[Found]) -> Found:
        """Ask the model, and hand the answer to all who wait for it."""
        model_id, text, n_numbers = key
        try:
            embedded = embed(text, model_id, n_numbers)
        except BaseException as error:
            with self._lock:
                del self._being_asked[key]
            answer.set_exception(error)
            raise
        found: Found = (embedded.vector, None)
        if embedded.vector is None or len(embedded.vector) != n_numbers:
            found = None, f"The embedding model has no vector for this search. {embedded.error}".strip()
        with self._lock:
            del self._being_asked[key]
            self._keep(key, found)
        answer.set_result(found)
        return found

    def _keep(self, key: _Key, found: Found) -> None:
        self._kept[key] = found
        if found[0] is None:
            self._failed_at[key] = self._clock()
        while len(self._kept) > _MOST_KEPT:
            oldest = next(iter(self._kept))
            del self._kept[oldest]
            self._failed_at.pop(oldest, None)
