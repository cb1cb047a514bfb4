"""Keep the trained model in memory, one per process; load it on first use and again once it has been retrained.

Loading reads the arrays and compiles the inference loops, which takes some seconds at the first use after an update of
the plugin. It runs in its own thread; a request waits a while, then asks the reader to try again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

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

NO_FOLDER = "This needs the trained model. Choose the setting 'Model' of this webapp."
_LOADING = "The model is being loaded. Please wait a moment, then try again."
_UNEXPECTED = (
    "The model could not be loaded because of an unexpected fault. See the log of the webapp's backend for details."
)


@dataclass
class _Loading:
    """One loading: for which manifest, whether it has ended, and how."""

    manifest: dict[str, Any]
    ended: threading.Event = field(default_factory=threading.Event)
    model: LoadedModel | None = None
    fault: Exception | None = None


class ModelCache:
    """The model of a source's model folder, shared by threads.

    Parameters
    ----------
    source
        Where the folder is.
    warm_up
        Called with a model just loaded, before any request gets it, so that loops are compiled by then.
    longest_wait
        Seconds a request waits for the model.
    clock
        Seconds that only grow.
    """

    def __init__(
        self,
        source: Source,
        warm_up: Callable[[LoadedModel], object] = lambda model: None,
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
        """Return the loading of the current model, started if needed; an older model is dropped."""
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
            self._warm_up(model)
            loading.model = model
            logger.info("Model loaded in %.1f s", time.monotonic() - started)
        except (DataError, SettingsError) as fault:
            loading.fault = fault
        except Exception:  # the thread's last resort: the log gets the traceback, the page a sentence
            logger.exception("The model could not be loaded")
            loading.fault = DataError(_UNEXPECTED)
        finally:
            loading.ended.set()
