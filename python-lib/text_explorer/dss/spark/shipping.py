"""Send this package to Spark's workers, which have the libraries of a code environment at best, never the plugin.

The package travels as one archive named by its content. The first task on a machine unpacks it, into the cache of the
user if there is one: real files, since numba keeps no compiled code for modules inside a zip, in a place that the next
run finds. Compiled code is kept beside it (see `text_explorer.compiled`), since compiling takes longer than many a run.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Callable

from pyspark import Broadcast, SparkContext

from text_explorer.compiled import DAYS_KEPT, PACKAGE
from text_explorer.concurrency.sending import pack

_NOT_SHIPPED = "__pycache__"
_SAME_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Shipment:
    """The package, on its way to the workers."""

    content_hash: str
    _prepare: Callable[[], None]
    _folder: Any  # holds the archive until the application ends

    def task(self, function: Callable[..., Any], *args: Any, broadcasts: Sequence[Broadcast[Any]] = ()) -> Any:
        """Return a function for RDDs and data frames: `function` of `args`, the values of broadcasts, what Spark gives.

        Parameters
        ----------
        function
            Of a module of this package; it is imported on the worker, by name.
        args
            What `pack` can send, types of this package included.
        broadcasts
            Passed apart, since Spark must see them.
        """
        prepare, content = self._prepare, pack((function, args))

        # Spark sends nested functions by value: they are read before the package can be imported.
        def run(given: Any, *further: Any) -> Any:
            prepare()
            from text_explorer.concurrency.sending import unpack  # noqa: PLC0415 - importable from here on
            from text_explorer.dss.spark.workers import spare_later_tasks  # noqa: PLC0415

            called, known = unpack(content)
            spare_later_tasks()
            return called(*known, *(broadcast.value for broadcast in broadcasts), given, *further)

        return run


@cache
def ship(context: SparkContext) -> Shipment:
    """Send the package to all workers of an application, present and future."""
    content = packed()
    content_hash = hashlib.sha256(content).hexdigest()[:16]
    folder = tempfile.TemporaryDirectory(prefix="text-explorer-")
    archive = Path(folder.name) / f"text_explorer-{content_hash}.zip"
    archive.write_bytes(content)
    context.addFile(str(archive))
    return Shipment(content_hash, _preparation(archive.name), folder)


def packed(package: Path = PACKAGE) -> bytes:
    """Return the package as a zip archive, the same bytes for the same files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(package.rglob("*")):
            if file.is_file() and _NOT_SHIPPED not in file.parts:
                name = zipfile.ZipInfo(file.relative_to(package.parent).as_posix(), _SAME_TIME)
                archive.writestr(name, file.read_bytes(), zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _preparation(archive: str) -> Callable[[], None]:
    """Return what a worker does before a task: unpack the archive, if no other has, and import from it."""
    seconds_kept = DAYS_KEPT * 86_400

    def prepare() -> None:
        import contextlib  # noqa: PLC0415 - on the worker
        import os  # noqa: PLC0415
        import shutil  # noqa: PLC0415
        import sys  # noqa: PLC0415
        import tempfile  # noqa: PLC0415
        import time  # noqa: PLC0415
        import zipfile  # noqa: PLC0415

        from pyspark import SparkFiles, TaskContext  # noqa: PLC0415

        if TaskContext.get() is None:
            return  # the driver, which adds up the last results of a tree
        for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
            os.environ[name] = "1"  # Spark counts a task as one thread
        source, name = SparkFiles.get(archive), archive[: -len(".zip")]
        cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
        parent = os.path.join(cache, "text-explorer")
        try:
            os.makedirs(parent, exist_ok=True)
            tempfile.TemporaryFile(dir=parent).close()
        except OSError:
            parent = os.path.dirname(source)  # the application's own, which Spark removes
        folder = os.path.join(parent, name)
        if not os.path.isdir(folder):
            unpacked = tempfile.mkdtemp(prefix="text_explorer-", dir=parent)
            with zipfile.ZipFile(source) as content:
                content.extractall(unpacked)
            try:
                os.rename(unpacked, folder)
            except OSError:  # another worker was faster
                shutil.rmtree(unpacked)
            for other in os.listdir(parent):
                with contextlib.suppress(OSError):  # it may be removed by another worker just now
                    old = os.path.join(parent, other)
                    if other.startswith("text_explorer-") and os.path.getmtime(old) < time.time() - seconds_kept:
                        shutil.rmtree(old, ignore_errors=True)
        if folder in sys.path[:1]:
            return
        with contextlib.suppress(OSError):
            os.utime(folder)
        sys.path.insert(0, folder)
        # An installed package, or that of another run on the same workers, may have been imported before.
        for name in [name for name in sys.modules if name.partition(".")[0] == "text_explorer"]:
            del sys.modules[name]

    return prepare
