"""Fixtures of the unit tests."""

from __future__ import annotations

import fcntl
import importlib
import os
import sys

import pytest
from numba.core.compiler_lock import global_compiler_lock
from numba.core.dispatcher import Dispatcher


@pytest.fixture(scope="session", autouse=True)
def each_kernel_is_compiled_by_one_process(tmp_path_factory):
    """Let the other test processes wait while one compiles a kernel: they then read it from numba's cache.

    Numba's own lock comes first, so that no thread of a process waits for a kernel that another thread of it holds.
    """
    locks = tmp_path_factory.getbasetemp().parent / "kernel-locks"
    locks.mkdir(exist_ok=True)
    compile_kernel = Dispatcher.compile

    def compile_alone(dispatcher, signature):
        function = dispatcher.py_func
        if not function.__module__.startswith("text_explorer."):
            return compile_kernel(dispatcher, signature)
        with global_compiler_lock, (locks / f"{function.__module__}.{function.__qualname__}").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return compile_kernel(dispatcher, signature)

    with pytest.MonkeyPatch.context() as patch:
        if "PYTEST_XDIST_WORKER" in os.environ:
            patch.setattr(Dispatcher, "compile", compile_alone)
        yield


@pytest.fixture
def load_adapter(monkeypatch):
    """Import a module of ``text_explorer.dss`` with a stand-in for ``dataiku``; afterwards all is as before."""
    before = {name: module for name, module in sys.modules.items() if name.startswith("text_explorer.dss")}

    def load(stand_in, name):
        monkeypatch.setitem(sys.modules, "dataiku", stand_in)
        forget()
        return importlib.import_module(f"text_explorer.dss.{name}")

    def forget():
        for name in [name for name in sys.modules if name.startswith("text_explorer.dss")]:
            del sys.modules[name]

    yield load
    forget()
    sys.modules.update(before)
