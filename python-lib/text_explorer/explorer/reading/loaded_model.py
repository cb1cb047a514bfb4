"""The trained model in memory, once for a process: loaded at the first need, let go when it was trained anew.

Loading reads the arrays and compiles the loops that weigh topics, some seconds at the first use after an update of the
plugin. It goes on in a thread of its own; a request waits a while for it, then tells the reader to.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from text_explorer.errors import DataError, SettingsError
from text_explorer.explorer.shared.errors import NotReadyError
from text_explorer.explorer.shared.remembered import Remembered
from text_explorer.explorer.shared.source import Source
from text_explorer.topics.storage.manifest import being_written

if TYPE_CHECKING:
    from text_explorer.topics.storage.stored_model import StoredTopics

logger = logging.getLogger(__name__)

LONGEST_WAIT = 20.0
"""Seconds a request waits for the model; browsers and proxies wait longer."""

CHECKED_EVERY = 10.0
"""Seconds for which a model is believed not to be trained anew."""

NO_FOLDER = "This needs the trained model. Choose the setting 'Model' of this webapp."
_LOADING = "The model is being loaded. Please wait a moment, then try again."
_UNEXPECTED = (
    "The model could not be loaded because of an unexpected fault. The log of the webapp's backend tells more."
)


@dataclass(frozen=True)
class LoadedModel:
    """A model ready to weigh topics.

    Attributes
    ----------
    topics
        The model, and how texts become its terms.
    topic_term_distr
        float32 array of shape (n_topics, n_terms): p(term | topic).
    topic_weights
        float64 array of shape (n_topics,): p(topic), its share of the words of the corpus; sums to one.
    language_column
        Column that names the language of each document, None where there is none.
    """

    topics: StoredTopics
    topic_term_distr: np.ndarray
    topic_weights: np.ndarray
    language_column: str | None


@dataclass
class _Loading:
    """One loading: for which manifest, whether it has ended, and how."""

    manifest: dict[str, Any]
    ended: threading.Event = field(default_factory=threading.Event)
    model: LoadedModel | None = None
    fault: Exception | None = None


class ModelKeeper:
    """Keeps the model of a source's model folder; threads share it.

    Parameters
    ----------
    source
        Where the folder is.
    longest_wait
        Seconds a request waits for the model.
    clock
        Seconds that only grow.
    """

    def __init__(
        self, source: Source, *, longest_wait: float = LONGEST_WAIT, clock: Callable[[], float] = time.monotonic
    ):
        self._source = source
        self._longest_wait = longest_wait
        self._manifest = Remembered(self._read_manifest, CHECKED_EVERY, clock)
        self._lock = threading.Lock()
        self._loading: _Loading | None = None

    def get(self) -> LoadedModel:
        """Give the model, loaded where it is not yet.

        Raises
        ------
        NotReadyError
            While it is being loaded.
        SettingsError, DataError
            Where there is no folder, or it holds no whole model.
        """
        loading = self._present()
        if not loading.ended.wait(self._longest_wait):
            raise NotReadyError(_LOADING)
        if loading.fault is not None:
            with self._lock:  # the next request tries again
                if self._loading is loading:
                    self._loading = None
            raise loading.fault
        return loading.model

    def _read_manifest(self) -> dict[str, Any] | None:
        return self._source.manifest()

    def _present(self) -> _Loading:
        """Give the loading of the present model, begun where there is none; an older one is let go."""
        manifest = self._manifest.get()
        with self._lock:
            if manifest is None:
                self._loading = None
                raise SettingsError([NO_FOLDER])
            if self._loading is None or self._loading.manifest != manifest:
                self._loading = _Loading(manifest)
                threading.Thread(
                    target=self._load, args=(self._loading,), name="text-explorer-model", daemon=True
                ).start()
            return self._loading

    def _load(self, loading: _Loading) -> None:
        started = time.monotonic()
        try:
            model = load_model(self._source.model_file, loading.manifest)
            _use_once(model)
            loading.model = model
            logger.info("model loaded in %.1f s", time.monotonic() - started)
        except (DataError, SettingsError) as fault:
            loading.fault = fault
        except Exception:  # the thread's last resort: the log gets the traceback, the page a sentence
            logger.exception("The model could not be loaded")
            loading.fault = DataError(_UNEXPECTED)
        finally:
            loading.ended.set()


def load_model(read_file: Callable[[str], bytes | None], manifest: dict[str, Any]) -> LoadedModel:
    """Load a model.

    Parameters
    ----------
    read_file
        Gives the content of a path of the model folder.
    manifest
        The folder's manifest.

    Raises
    ------
    DataError
        Where the folder holds no whole model.
    """
    # Imported late: the libraries of the topic models take seconds and 140 MB, and a webapp must answer at once.
    from text_explorer.topics.storage.stored_model import read_stored_topics  # noqa: PLC0415

    topics = read_stored_topics(read_file)
    if manifest.get("model_id") not in (None, topics.model_id):
        raise DataError(being_written("it was rewritten while it was read"))
    settings = manifest.get("settings")
    column = settings.get("language_column") if isinstance(settings, dict) else None
    distr = topics.model.topic_term_distr.astype(np.float32)
    return LoadedModel(topics, distr, _topic_weights(topics), column if isinstance(column, str) and column else None)


def _use_once(model: LoadedModel) -> None:
    """Read a text, so that loops are compiled and word lists read before somebody waits for them."""
    from text_explorer.explorer.reading.read_text import try_text  # noqa: PLC0415 - it needs the libraries too

    try_text("one text to begin with", model, range(model.topics.n_topics))


def _topic_weights(topics: StoredTopics) -> np.ndarray:
    """Give p(topic): the share of the words that are counted in each topic."""
    arrays = topics.model.arrays()
    counts = arrays.get("topic_term_counts", arrays.get("topic_term_pseudocounts"))
    sums = np.ones(topics.n_topics) if counts is None else counts.sum(axis=1, dtype=np.float64)
    return sums / sums.sum() if sums.sum() > 0 else np.full(topics.n_topics, 1 / topics.n_topics)
