"""Collect what calls return or raise, and write it as a dataset of JSON texts."""

from __future__ import annotations

import json


class Findings:
    """Results by name."""

    def __init__(self):
        self.results = {}

    def note(self, name, value):
        """Keep a value."""
        self.results[name] = value

    def ask(self, name, call, *arguments, **options):
        """Keep what a call returns, or the class and message of what it raises."""
        try:
            self.results[name] = call(*arguments, **options)
        except Exception as error:  # noqa: BLE001
            self.results[name] = {"raised": type(error).__name__, "message": str(error)}
        return self.results[name]

    def write(self, dataset):
        """Write one row per result."""
        dataset.write_schema([{"name": "name", "type": "string"}, {"name": "value", "type": "string"}])
        with dataset.get_writer() as writer:
            for name, value in self.results.items():
                writer.write_row_dict({"name": name, "value": json.dumps(value, default=str)})


def describe(frame):
    """Return dtypes and cells of a frame, missing cells as None."""
    cells = frame.astype(object).where(frame.notna(), None)
    return {
        "dtypes": {name: str(dtype) for name, dtype in frame.dtypes.items()},
        "cells": {name: cells[name].tolist() for name in cells.columns},
    }
