"""Keep the trained model in memory, one per process; load it on first use and again once it has been retrained.

Loading reads the arrays and compiles the inference loops, which takes some seconds at the first use after an update of
the plugin. It runs in its own thread; a request waits a while, then asks the reader to try again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent import futures
from typing import Any, NamedTuple

from text_explorer.errors import DataError, SettingsError
from text_explorer.explorer.reading.loaded_model import LoadedModel, load_model
from text_explorer.explorer.shared.errors import NotReadyError
from text_explorer.explorer.shared.remembered import Remembered
from text_explorer.explorer.shared.source import Source

logger = logging.getLogger(__name__)

LONGEST_WAIT = 20.0
"""Seconds a request waits for the model; browsers and proxies wait longer."""

CHECKED_EVERY = 10.0
"""Seconds between checks for a retrained model."""

NO_FOLDER = "This needs the trained model. Select 'Model' in the settings of this webapp."
_LOADING = "The model is being loaded. Please wait a moment, then try again."
_UNEXPECTED = (
    "The model could not be loaded because of an unexpected error. The log of the webapp's backend has the details."
)


class _Loading(NamedTuple):
    """One loading of a model: of which manifest, and its result once it has one."""

    manifest: dict[str, Any]
    model: futures.Future[LoadedModel]


class ModelCache:
    """The model of a source's model folder, shared by threads."""

    def __init__(
        self,
        source: Source,
        warm_up: Callable[[LoadedModel], object] = lambda model: None,  # of a model just loaded, before any request
        *,
        longest_wait: float = LONGEST_WAIT,
        clock: Callable[[], float] = time.monotonic,
    ):
        self._source = source
        self._warm_up = warm_up
        self._longest_wait = longest_wait
        self._manifest = Remembered(self._read_manifest, CHECKED_EVERY, clock)
        self._lock = threading.Lock()
        self._loading: _Loading | None = None

    def get(self) -> LoadedModel:
        """Return the model, loading it first if needed.

        Raises
        ------
        NotReadyError
            While it is being loaded.
        SettingsError, DataError
            Where there is no folder, or it has no complete model.
        """
        loading = self._present()
        try:
            return loading.model.result(self._longest_wait)
        except futures.TimeoutError:
            raise NotReadyError(_LOADING) from None
        except (DataError, SettingsError):
            with self._lock:  # the next request tries again
                if self._loading is loading:
                    self._loading = None
            raise

    def _read_manifest(self) -> dict[str, Any] | None:
        return self._source.manifest()

    def _present(self) -> _Loading:
        """Return the loading of the current model, started if needed; an older model is dropped."""
        manifest = self._manifest.get()
        with self._lock:
            if manifest is None:
                self._loading = None
                raise SettingsError([NO_FOLDER])
            if self._loading is None or self._loading.manifest != manifest:
                self._loading = _Loading(manifest, futures.Future())
                threading.Thread(
                    target=self._load, args=(self._loading,), name="text-explorer-model", daemon=True
                ).start()
            return self._loading

    def _load(self, loading: _Loading) -> None:
        started = time.monotonic()
        try:
            model = load_model(self._source.model_file, loading.manifest)
            self._warm_up(model)
        except (DataError, SettingsError) as fault:
            loading.model.set_exception(fault)
        except Exception:  # the thread's last resort: the log gets the traceback, the page a sentence
            logger.exception("The model could not be loaded")
            loading.model.set_exception(DataError(_UNEXPECTED))
        else:
            loading.model.set_result(model)
            logger.info("Model loaded in %.1f s", time.monotonic() - started)
