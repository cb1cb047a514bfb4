"""JSON as DSS writes it: numpy scalars and vectors are values, dates are not, NaN stays NaN."""

from __future__ import annotations

import json
import sys
from functools import partial
from typing import IO, Any

import numpy as np

__all__ = ["DKUJSONEncoder", "dump", "dump_to_filepath", "dumps", "load", "load_from_filepath", "loads"]


class DKUJSONEncoder(json.JSONEncoder):
    """Encode numpy scalars and one-dimensional arrays; of all else only what JSON knows."""

    def default(self, obj: Any) -> Any:
        """Return a numpy value as Python's own; arrays of more dimensions and dates raise ``TypeError``."""
        if isinstance(obj, np.ndarray) and obj.ndim == 1:
            return obj.tolist()
        if isinstance(obj, np.generic):
            return obj.item()
        return super().default(obj)


dumps = partial(json.dumps, cls=DKUJSONEncoder)
load = json.load
loads = json.loads


def dump(f: IO[str], obj: Any) -> None:
    """Write a value as indented JSON into an open file, which comes first, unlike in `json.dump`."""
    f.write(dumps(obj, indent=4))


def dump_to_filepath(filepath: str, obj: Any) -> None:
    """Write a value as indented JSON; a value that JSON cannot hold leaves the file as it was."""
    text = dumps(obj, indent=4)
    with open(filepath, "w") as stream:
        stream.write(text)


def load_from_filepath(filepath: str) -> Any:
    """Read a JSON file; None, and a line on stderr, when it is not JSON."""
    try:
        with open(filepath) as stream:
            return json.load(stream)
    except ValueError as error:
        print(error, file=sys.stderr)
        return None
