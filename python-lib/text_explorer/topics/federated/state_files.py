"""State files of the combining and of the contributing sites, one for each round, which stay where they were written.

A file holds all of a round, and those of the round before stay, so that a run that broke off is simply run again.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any, Optional

import numpy as np

from text_explorer.errors import DataError
from text_explorer.topics.federated.centre import CentreState
from text_explorer.topics.federated.rounds import SharedRound, packed
from text_explorer.topics.federated.site import SiteState

LARGEST_STATE = 2**34
CENTRE, SITE = "centre", "site"
_HEADER, _TOTAL, _TOPICS = "header", "total", "topics"
_NUMBER = re.compile(r"(\d{5})\.npz")


def path_of(kind: str, training_id: str, number: int) -> str:
    """Return the path of the state of a round; `kind` is ``CENTRE`` or ``SITE``."""
    return f"{kind}/{training_id}/{number:05}.npz"


def outdated(paths: Iterable[str], kind: str, training_id: str, least: int) -> list[str]:
    """Return those of some paths that are states of other trainings, or of rounds before `least`."""
    states = [path.strip("/") for path in paths if path.strip("/").startswith(f"{kind}/")]
    current = {path for path in states if path.startswith(f"{kind}/{training_id}/") and _number_of(path) >= least}
    return [path for path in states if path not in current]


def _number_of(path: str) -> int:
    found = _NUMBER.fullmatch(path.rsplit("/", 1)[-1])
    return int(found[1]) if found else -1


def pack_centre(state: CentreState) -> bytes:
    """Return the state of the combining site as a file."""
    sites = list(state.counts)
    arrays = {
        f"{index}.{name}": array for index, site in enumerate(sites) for name, array in state.counts[site].items()
    }
    if state.total is not None:
        arrays[_TOTAL] = state.total
    header = {
        "number": state.number,
        "sites": sites,
        "n_docs": dict(state.n_docs),
        "n_releases": dict(state.n_releases),
        "n_samples": state.n_samples,
    }
    return packed(**arrays, **{_HEADER: _header(header)})


def unpack_centre(content: Optional[bytes], shared: SharedRound) -> CentreState:
    """Read the state that belongs to the open round.

    Raises
    ------
    DataError
        Where it is missing or damaged.
    """
    arrays = _arrays(content)
    if arrays is None:
        raise DataError(
            f"The state folder has no whole state of round {shared.number}, without which the sites' counts cannot be "
            "added up. Select the state folder of this training, or clear shared and state folder to start again."
        )
    header = _read_header(arrays)
    counts: dict[str, dict[str, np.ndarray]] = {site: {} for site in header["sites"]}
    for key, array in arrays.items():
        index, _, name = key.partition(".")
        if name:
            counts[header["sites"][int(index)]][name] = array
    return CentreState(
        header["number"], counts, header["n_docs"], header["n_releases"], arrays.get(_TOTAL), header["n_samples"]
    )


def pack_site(state: SiteState) -> bytes:
    """Return the state of a contributing site as a file."""
    arrays = {f"{_TOPICS}.{index}": topics for index, topics in enumerate(state.topics)}
    return packed(**arrays, **{_HEADER: _header({"number": state.number, "documents": state.documents})})


def unpack_site(content: Optional[bytes]) -> Optional[SiteState]:
    """Read the state of a site, None where it is missing or damaged: the site then joins again."""
    arrays = _arrays(content)
    if arrays is None:
        return None
    header = _read_header(arrays)
    topics = tuple(arrays[f"{_TOPICS}.{index}"] for index in range(len(arrays) - 1))
    return SiteState(header["number"], header["documents"], topics)


def _header(values: Mapping[str, Any]) -> np.ndarray:
    return np.frombuffer(json.dumps(values, sort_keys=True).encode("utf-8"), dtype=np.uint8)


def _read_header(arrays: Mapping[str, np.ndarray]) -> dict[str, Any]:
    header: dict[str, Any] = json.loads(arrays[_HEADER].tobytes())
    return header


def _arrays(content: Optional[bytes]) -> Optional[dict[str, np.ndarray]]:
    try:
        with np.load(io.BytesIO(content or b""), allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in archive.files}
    except (EOFError, KeyError, OSError, ValueError, zipfile.BadZipFile):
        return None
    return arrays if _HEADER in arrays else None
