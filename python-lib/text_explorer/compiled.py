"""Compile inner loops by numba, and cache them on disk for later runs."""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import shutil
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Callable, Optional

import numba
from numba.core.caching import CompileResultCacheImpl, FunctionCache, _CacheLocator
from numba.core.dispatcher import Dispatcher

logger = logging.getLogger(__name__)

PACKAGE = Path(__file__).parent

DAYS_KEPT = 30
"""After which a machine forgets what no process has used."""

_FOLDER_NAME = "kernels"

_DISK_ERRORS = (OSError, EOFError, ValueError, pickle.UnpicklingError)
"""Raised by writing to a full disk, and by reading an index that a full disk truncated."""

_config: Any = numba.config
"""numba sets its options at import, so type checkers do not see them."""


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function on arrays and scalars at its first call, and cache the result on disk.

    Kernels call each other across files, while numba only checks whether a kernel's own file has changed. So the cache
    folder is named after the content of all kernel files: a change in one compiles all again. It is that of the user,
    where versions of the package and copies of it, such as those of Spark's workers, find the same kernels. If no
    folder is writable, or the disk is full, each process compiles for itself.
    """
    kernel = numba.njit(nogil=True, error_model="numpy")(function)
    folder = _cache_folder()
    if folder is not None and isinstance(kernel, Dispatcher):
        _enable_cache(kernel, folder)
    return kernel


def inlined(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a short step of an inner loop into the kernels that call it: a call would cost more than the step."""
    kernel: Callable[..., Any] = numba.njit(nogil=True, error_model="numpy", inline="always")(function)
    return kernel


def _enable_cache(kernel: Any, folder: Path) -> None:
    """Cache a kernel in the folder, and nowhere else, if possible."""
    try:
        cache_of_kernel = _KernelCache(kernel.py_func)
    except (OSError, RuntimeError) as error:  # numba raises RuntimeError if no folder is writable
        _log_no_cache(str(error))
        return
    if folder in Path(cache_of_kernel.cache_path).parents:
        kernel._cache = cache_of_kernel


class _KernelLocator(_CacheLocator):
    """The place of a kernel's cache files: by its module in this package, so that copies of the package share them."""

    def __init__(self, kernel: Any, file: str, folder: Path):
        self._py_file, self._line = file, kernel.__code__.co_firstlineno
        self._folder = folder / Path(file).relative_to(PACKAGE).with_suffix("")

    @classmethod
    def from_function(cls, py_func: Any, py_file: str) -> Optional[_KernelLocator]:
        folder = _cache_folder()
        if folder is None or not Path(py_file).is_relative_to(PACKAGE):
            return None
        locator = cls(py_func, py_file, folder)
        locator.ensure_cache_path()
        return locator

    def get_cache_path(self) -> str:
        return str(self._folder)

    def get_disambiguator(self) -> str:
        return str(self._line)

    def get_source_stamp(self) -> str:
        return self._folder.name  # files of changed kernels are in another folder


class _KernelCacheFiles(CompileResultCacheImpl):
    _locator_classes: list[type[object]] = [_KernelLocator]  # noqa: RUF012 - as numba declares it


class _KernelCache(FunctionCache):
    """Numba's cache files of a kernel; the kernel is compiled if they cannot be read or written."""

    _impl_class = _KernelCacheFiles

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        try:
            return super().load_overload(sig, target_context)
        except Exception:  # a damaged pickle can raise anything
            logger.warning("The cached kernel in %s is damaged and is compiled again", self.cache_path, exc_info=True)
        with suppress(OSError):
            self.flush()
        return None

    def save_overload(self, sig: Any, data: Any) -> None:
        try:
            super().save_overload(sig, data)
        except _DISK_ERRORS as error:
            _log_no_cache(str(error))


@cache
def _log_no_cache(reason: str) -> None:
    """Log, once for all kernels, that they are not cached."""
    logger.info("Compiled kernels cannot be cached, so each run compiles them: %s", reason)


@cache
def _cache_folder() -> Optional[Path]:
    """Return the first writable cache folder: numba's CACHE_DIR if set, else in the user's cache or in the package."""
    name = f"{_FOLDER_NAME}-{content_hash([Path(__file__), *PACKAGE.rglob('_*_kernels.py')])}"
    wanted = _config.CACHE_DIR
    parents = [Path(wanted)] if wanted else [_user_cache() / "text-explorer", PACKAGE / "__pycache__"]
    for parent in parents:
        if _is_writable(parent / name):
            os.utime(parent / name)
            _forget_unused(parent)
            return parent / name
    _log_no_cache(f"none of {[str(parent) for parent in parents]} is writable")
    return None


def _forget_unused(parent: Path) -> None:
    """Remove what was compiled for versions of the kernels that no process has used for long."""
    for folder in parent.glob(f"{_FOLDER_NAME}-*"):
        with suppress(OSError):  # another process may remove it just now
            if folder.stat().st_mtime < time.time() - 86_400 * DAYS_KEPT:
                shutil.rmtree(folder, ignore_errors=True)


def content_hash(files: Iterable[Path]) -> str:
    """Return a hash of the names and content of files, independent of their order."""
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
