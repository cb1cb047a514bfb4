"""Compile inner loops by numba, once for all runs where the machine allows it."""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Callable, Optional

import numba
from numba.core.caching import FunctionCache
from numba.core.dispatcher import Dispatcher

logger = logging.getLogger(__name__)

PACKAGE = Path(__file__).parent


# What writing raises on a disk that is full, and on an index that it has cut off.
_FAULTS_OF_DISKS = (OSError, EOFError, ValueError, pickle.UnpicklingError)


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function on arrays and scalars when it is first called, and keep the result on disk.

    Kernels call one another across files, while numba asks only whether a kernel's own file has changed. So what is
    kept lies in a folder named after the content of all kernel files: one that changes makes all compile anew. Where
    no place can be written, or its disk is full, each process compiles for itself.
    """
    kernel = numba.njit(nogil=True, error_model="numpy")(function)
    folder = _kept_in()
    if folder is not None and isinstance(kernel, Dispatcher):
        _keep(kernel, folder)
    return kernel


def _keep(kernel: Dispatcher, folder: Path) -> None:
    """Have numba keep a kernel in the folder and nowhere else, where it can."""
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(folder)
    try:
        kept = _KeptKernel(kernel.py_func)
    except (OSError, RuntimeError) as error:  # numba's own word for "no place can be written"
        _log_not_kept(str(error))
        return
    finally:
        numba.config.CACHE_DIR = before
    if folder in Path(kept.cache_path).parents:
        kernel._cache = kept


class _KeptKernel(FunctionCache):
    """Numba's files of a kernel, done without where they cannot be read or written."""

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        try:
            return super().load_overload(sig, target_context)
        except Exception:  # a damaged pickle may raise anything
            logger.warning("A compiled loop in %s is damaged and is compiled again", self.cache_path, exc_info=True)
        with suppress(OSError):
            self.flush()
        return None

    def save_overload(self, sig: Any, data: Any) -> None:
        try:
            super().save_overload(sig, data)
        except _FAULTS_OF_DISKS as error:
            _log_not_kept(str(error))


@cache
def _log_not_kept(reason: str) -> None:
    """Log once for all kernels that they are not kept."""
    logger.info("Compiled loops cannot be kept, so each run compiles them: %s", reason)


@cache
def _kept_in() -> Optional[Path]:
    """Find the folder for what is compiled: where the user wants numba's, beside the package, or with the user."""
    name = f"kernels-{content_hash(PACKAGE.rglob('_*_kernels.py'))}"
    wanted = numba.config.CACHE_DIR
    places = [Path(wanted)] if wanted else [PACKAGE / "__pycache__", _user_cache() / "text-explorer"]
    for place in places:
        if _is_writable(place / name):
            return place / name
    _log_not_kept(f"none of {[str(place) for place in places]} can be written")
    return None


def content_hash(files: Iterable[Path]) -> str:
    """Give a hash of names and content of files, in any order."""
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(f"{file.name}\n".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _user_cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"))


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
