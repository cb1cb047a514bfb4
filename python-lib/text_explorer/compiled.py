"""Compile inner loops by numba, once for all runs where the machine allows it."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Callable, Optional

import numba
from numba.core.caching import FunctionCache

logger = logging.getLogger(__name__)

PACKAGE = Path(__file__).parent


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function on arrays and scalars when it is first called, and keep the result on disk.

    Kernels call one another across files, while numba asks only whether a kernel's own file has changed. So what is
    kept lies in a folder named after the content of all kernel files: one that changes makes all compile anew. Where
    no place can be written, each process compiles for itself.
    """
    options: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
    folder = _kept_in()
    if folder is None:
        return numba.njit(**options)(function)
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(folder)
    try:
        dispatcher = numba.njit(**options)(function)
        dispatcher._cache = _KeptCode(function)
        return dispatcher
    finally:
        numba.config.CACHE_DIR = before


class _KeptCode(FunctionCache):
    """What numba keeps of a kernel; files that are damaged or cannot be written only cost the time to compile."""

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
        except OSError as error:
            logger.warning("A compiled loop cannot be kept in %s, so each run compiles it: %s", self.cache_path, error)


@cache
def _kept_in() -> Optional[Path]:
    """Find the folder for what is compiled: where the user wants numba's, beside the package, or with the user."""
    name = f"kernels-{content_hash(PACKAGE.rglob('_*_kernels.py'))}"
    wanted = numba.config.CACHE_DIR
    places = [Path(wanted)] if wanted else [PACKAGE / "__pycache__", _user_cache() / "text-explorer"]
    for place in places:
        if _is_writable(place / name):
            return place / name
    logger.info("No place to keep compiled loops can be written, so each run compiles them: %s", places)
    return None


def content_hash(files: Iterable[Path]) -> str:
    """Compute a hash of names and content of files, in any order."""
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
