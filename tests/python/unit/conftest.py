"""Fixtures of the unit tests."""

from __future__ import annotations

import importlib
import sys

import pytest


@pytest.fixture
def load_adapter(monkeypatch):
    """Import a module of ``text_explorer.dss`` with an object in the place of ``dataiku``, and forget it afterwards."""

    def load(stand_in, name):
        monkeypatch.setitem(sys.modules, "dataiku", stand_in)
        forget()
        return importlib.import_module(f"text_explorer.dss.{name}")

    def forget():
        for name in [name for name in sys.modules if name.startswith("text_explorer.dss")]:
            del sys.modules[name]

    yield load
    forget()
