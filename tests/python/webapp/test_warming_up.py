"""The backend compiles the loops of comparisons by itself, so that the first comparison need not."""

from __future__ import annotations

import subprocess
import sys
import threading

from flask import Flask

from tests.python.conftest import ROOT
from tests.python.unit.explorer.memory_source import small_source
from text_explorer.explorer.api import blueprint

KERNELS_COMPILED = """
import sys
from numba.core.dispatcher import Dispatcher
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.corpus.words.tokens import words_and_spans
from text_explorer.explorer.findings.distinctive_words.comparison import warm_up

def n_compiled():
    modules = [module for name, module in sys.modules.items() if name.startswith("text_explorer.corpus.words")]
    kernels = {id(each): each for module in modules for each in vars(module).values() if isinstance(each, Dispatcher)}
    return sum(len(kernel.signatures) for kernel in kernels.values())

before = n_compiled()
warm_up()
warm = n_compiled()
words_and_spans("Mr. O'Neil's U.S. co-\\nworkers paid 5.50 <i>twice</i>: \\u4e16", Preparation(), "en")
print(before, warm, n_compiled())
"""


def test_the_backend_warms_up_once_after_the_index_is_ready(tmp_path, monkeypatch):
    warmed, calls = threading.Event(), []
    monkeypatch.setattr(blueprint, "WARM_UP_AFTER_SECONDS", 0.0)
    monkeypatch.setattr(blueprint, "warm_up", lambda: (calls.append(1), warmed.set()))
    source = small_source()
    source.gate = threading.Event()
    app = Flask("webapp")
    blueprint.register(app, source, folder=tmp_path, check_every=0)
    client = app.test_client()
    assert client.get("/api/status").json["state"] == "building"
    source.gate.set()
    for thread in threading.enumerate():
        if thread.name == "text-explorer-index":
            thread.join(10)
    assert calls == []
    assert [client.get("/api/status").json["state"] for _ in range(3)] == ["ready"] * 3
    assert warmed.wait(10)
    assert calls == [1]


def test_what_is_warm_compiles_nothing_at_the_first_text():
    done = subprocess.run(
        [sys.executable, "-c", KERNELS_COMPILED], cwd=ROOT / "python-lib", capture_output=True, text=True, check=True
    )
    before, warm, after = map(int, done.stdout.split())
    assert (before, after) == (0, warm)
    assert warm > 0
