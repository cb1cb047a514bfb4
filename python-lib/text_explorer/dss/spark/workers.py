"""What a Python worker of Spark does once, so that its later tasks begin and end sooner."""

from __future__ import annotations

import gc
import sys
import zipimport
from functools import cache

from pyspark import TaskContext


def spare_later_tasks() -> None:
    """Leave imported modules and archives out of what Spark repeats for each task of a worker.

    Before each task Spark forgets what Python knows of archives on its path (`importlib.invalidate_caches`), which then
    reads the directory of Spark's own archive again; after it, Python looks for unused objects among all there are
    (`gc.collect`). With numpy, pandas and numba imported, that takes longer than a small task. Archives do not change
    while a worker runs, and modules stay as long as it does.
    """
    if TaskContext.get() is not None:  # the driver imports as it likes
        _spare_what_is_imported(len(sys.modules))


@cache
def _spare_what_is_imported(n_modules: int) -> None:
    """Do it for the modules so far; again when there are more of them."""
    for importer in sys.path_importer_cache.values():
        if isinstance(importer, zipimport.zipimporter):
            importer.invalidate_caches = _keep_directory  # type: ignore[attr-defined,method-assign,unused-ignore]
    gc.collect()
    gc.freeze()


def _keep_directory() -> None:
    """Read no archive again."""
