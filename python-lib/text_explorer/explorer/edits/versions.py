"""Versions of the edit log: they identify, without stored state, which edits a page had not seen.

A version names the model, the number of files of the log and the newest of them. Files are added at the end but for one
case: of two people who save at the same moment, the one whose file sorts first may be the later to finish. Then there
are more files up to the newest than the page had seen, and those of the last minutes before it count as unseen too:
better one look too many than an edit overwritten unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from text_explorer.explorer.shared.errors import BadRequestError

_MODEL_LETTERS = 12
_NONE = "none"
_VERSION = re.compile(rf"([^\s:]{{1,{_MODEL_LETTERS}}}):(\d{{1,9}}):(none|\d{{8}}T\d{{12}}Z-[0-9a-f]{{32}})", re.ASCII)

LATE = timedelta(minutes=10)
"""No file takes longer to be saved."""


class Version(NamedTuple):
    """What a page had seen: of which model, how many files, up to which name (empty where there was none)."""

    model: str
    n_files: int
    last: str


def version_of(model_id: str, paths: Iterable[str]) -> str:
    """Name the version of the log of a model from the paths of all its files."""
    names = sorted(map(_name, paths))
    return f"{_model(model_id)}:{len(names)}:{names[-1] if names else _NONE}"


def parse_version(version: object) -> Version:
    """Parse a version sent by a page; anything else is a ``BadRequestError``."""
    found = _VERSION.fullmatch(version) if isinstance(version, str) else None
    if found is None or not (found[3] == _NONE or _is_dated(found[3])):
        raise BadRequestError("'seen' must be the version of the edits that the page has shown. Load the page again.")
    last = found[3]
    return Version(found[1], int(found[2]), "" if last == _NONE else last)


def is_of_model(version: Version, model_id: str) -> bool:
    """Return whether a page has shown the topics of this model."""
    return version.model == _model(model_id)


def unseen_paths(version: Version, paths: Iterable[str]) -> set[str]:
    """Return which of all files of the log a page may not have seen."""
    ordered = sorted(paths)
    later = {path for path in ordered if _name(path) > version.last}
    if len(ordered) - len(later) > version.n_files and version.last:
        earliest = _time(version.last) - LATE
        later |= {path for path in ordered if _time(_name(path)) >= earliest}
    return later


def _name(path: str) -> str:
    return path.rsplit("/", maxsplit=1)[-1].removesuffix(".json")


def _is_dated(name: str) -> bool:
    """Return whether a name begins with a time that `unseen_paths` can reckon with."""
    try:
        return _time(name) - LATE > datetime.min
    except (ValueError, OverflowError):
        return False


def _time(name: str) -> datetime:
    return datetime.strptime(name.split("-", maxsplit=1)[0], "%Y%m%dT%H%M%S%fZ")


def _model(model_id: str) -> str:
    """Shorten the name of a model; an id that is not ours could hold anything."""
    return re.sub(r"[\s:]", "_", model_id)[:_MODEL_LETTERS]
