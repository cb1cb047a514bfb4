"""Finished fits as small files, so that a stopped run can be resumed.

The name of a file is a hash of everything its fit depends on, and its content ends with a checksum, which reveals
incomplete or changed files.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, fields
from importlib.metadata import version
from typing import Any

import numpy as np

import text_explorer
from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.errors import DataError
from text_explorer.topics.files.checked_json import MOST_COUNTED, Fields, parse_object
from text_explorer.topics.model_selection.fits import MEASURE_VERSION, FitSettings, MeasuredFit
from text_explorer.topics.model_selection.held_out import HELD_OUT_SHARE, LEAST_HELD_OUT, MOST_HELD_OUT

PREFIX, SUFFIX = "fit-", ".json"
FORMAT_VERSION = 1
_FIGURE = ("figure", {"least": -1e15, "most": 1e15})
_FIELDS: dict[str, tuple[str, dict[str, Any]]] = {
    **dict.fromkeys(("engine", "status"), ("text", {})),
    **dict.fromkeys(("n_topics", "n_topics_alive", "n_iterations"), ("whole", {})),
    "seed": ("whole", {"least": -(10**12)}),
    **dict.fromkeys(("coherence_npmi", "coherence_cv", "diversity", "perplexity", "seconds"), _FIGURE),
}
"""How each figure of a fit is read."""
LIBRARIES = ("numpy", "scipy", "numba", "gensim")
"""Another version of these may give other figures."""


def corpus_hash(corpus: Corpus) -> str:
    """Hash everything in a corpus that topics and measures depend on, including the order of documents and words."""
    digest = hashlib.blake2b(digest_size=16)
    for array in (corpus.indptr, corpus.indices, corpus.data, corpus.word_order):
        if array is not None:
            digest.update(f"{array.dtype.str} {len(array)};".encode())
            digest.update(np.ascontiguousarray(array).data)
    digest.update(json.dumps(corpus.vocabulary.terms).encode())
    if corpus.vectors is not None:
        digest.update(np.ascontiguousarray(corpus.vectors.values).data)
    return digest.hexdigest()


def file_name(corpus_hash: str, settings: FitSettings, split_seed: int) -> str:
    """Return the name of the file of a fit; documents are held out by `split_seed`."""
    facts = {
        "corpus": corpus_hash,
        **asdict(settings),
        "held_out": [split_seed, HELD_OUT_SHARE, MOST_HELD_OUT, LEAST_HELD_OUT],
        "versions": [FORMAT_VERSION, MEASURE_VERSION, text_explorer.__version__],
        "libraries": [version(library) for library in LIBRARIES],
    }
    return f"{PREFIX}{_digest(facts)}{SUFFIX}"


def is_fit_file(path: str) -> bool:
    """Return whether a path of the folder is that of a fit; other files are left alone."""
    name = path.lstrip("/")
    return name.startswith(PREFIX) and name.endswith(SUFFIX) and "/" not in name


def fit_to_bytes(name: str, fit: MeasuredFit) -> bytes:
    """Write a fit; `name` is that of its file."""
    content = {"file": name, "fit": asdict(fit)}
    return json.dumps({**content, "checksum": _digest(content)}, allow_nan=False).encode("utf-8")


def parse_fit(name: str, content: bytes) -> MeasuredFit:
    """Parse a fit from the file of a name.

    Raises
    ------
    DataError
        Where the file is not whole, that of another fit, or has a value no fit has.
    """

    def fault(reason: str) -> DataError:
        return DataError(f"The file {name} is damaged: {reason}.")

    held = parse_object(content, fault)
    if held.pop("checksum", None) != _digest(held) or held.get("file") != name:
        raise fault("it was cut, changed or renamed")
    values = Fields(held, fault).object("fit")
    if set(values.values) != {field.name for field in fields(MeasuredFit)}:
        raise fault("fit must hold the figures of this version")
    known = {name: getattr(values, kind)(name, **limits) for name, (kind, limits) in _FIELDS.items()}
    for required in ("engine", "n_topics", "seed", "status"):
        if known[required] is None:
            raise values.refuse(required, "known")
    return MeasuredFit(**{**known, "notes": tuple(values.texts("notes")), "top_terms": _top_terms(values)})


def _top_terms(values: Fields) -> tuple[tuple[int, ...], ...]:
    lists = values.values.get("top_terms")
    if not isinstance(lists, list) or not all(isinstance(terms, list) and all(map(_is_id, terms)) for terms in lists):
        raise values.refuse("top_terms", "a list of lists of whole numbers")
    return tuple(map(tuple, lists))


def _is_id(term_id: Any) -> bool:
    return type(term_id) is int and 0 <= term_id < MOST_COUNTED


def _digest(value: Any) -> str:
    return hashlib.blake2b(json.dumps(value, sort_keys=True).encode("utf-8"), digest_size=16).hexdigest()
