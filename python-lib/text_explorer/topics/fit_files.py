"""Finished fits as small files, so that a run that was stopped can be taken up again.

A file is named by all its fit hangs on, and closes with a checksum of what it holds: half a file, or one that was
changed, is told from a whole one.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, fields
from typing import Any, Optional

import gensim
import numba
import numpy as np
import scipy

import text_explorer
from text_explorer.corpus.bag_of_words import Corpus
from text_explorer.topics.comparison import MEASURE_VERSION, FitSettings, MeasuredFit
from text_explorer.topics.held_out import HELD_OUT_SHARE, LEAST_HELD_OUT, MOST_HELD_OUT

PREFIX, SUFFIX = "fit-", ".json"
FORMAT_VERSION = 1
LIBRARIES = (np, scipy, numba, gensim)
"""Another version of these may give other figures."""


def corpus_hash(corpus: Corpus) -> str:
    """Hash all of a corpus that topics and their measures hang on, the order of its documents and words included."""
    digest = hashlib.blake2b(digest_size=16)
    for array in (corpus.offsets, corpus.term_ids, corpus.counts, corpus.word_order):
        if array is not None:
            digest.update(f"{array.dtype.str} {len(array)};".encode())
            digest.update(np.ascontiguousarray(array))
    digest.update(json.dumps(corpus.vocabulary.terms).encode())
    return digest.hexdigest()


def file_name(corpus_hash: str, settings: FitSettings, split_seed: int) -> str:
    """Name the file of a fit.

    Parameters
    ----------
    corpus_hash
        Of the documents.
    settings
        Of the fit.
    split_seed
        Seed by which documents are held out.
    """
    facts = {
        "corpus": corpus_hash,
        **asdict(settings),
        "held_out": [split_seed, HELD_OUT_SHARE, MOST_HELD_OUT, LEAST_HELD_OUT],
        "versions": [FORMAT_VERSION, MEASURE_VERSION, text_explorer.__version__],
        "libraries": [library.__version__ for library in LIBRARIES],
    }
    return f"{PREFIX}{_digest(facts)}{SUFFIX}"


def is_fit_file(path: str) -> bool:
    """Tell whether a path of the folder is that of a fit; other files are left alone."""
    name = path.lstrip("/")
    return name.startswith(PREFIX) and name.endswith(SUFFIX) and "/" not in name


def fit_to_bytes(name: str, fit: MeasuredFit) -> bytes:
    """Write a fit; `name` is that of its file."""
    content = {"file": name, "fit": asdict(fit)}
    return json.dumps({**content, "checksum": _digest(content)}, allow_nan=False).encode("utf-8")


def fit_from_bytes(name: str, content: bytes) -> Optional[MeasuredFit]:
    """Read a fit.

    Parameters
    ----------
    name
        Name of the file.
    content
        What it holds.

    Returns
    -------
    MeasuredFit or None
        None where the file is not whole, or that of another fit.
    """
    try:
        held: Any = json.loads(content)
    except ValueError:
        return None
    if not isinstance(held, dict) or held.pop("checksum", None) != _digest(held) or held.get("file") != name:
        return None
    values = held.get("fit")
    if not isinstance(values, dict) or set(values) != {field.name for field in fields(MeasuredFit)}:
        return None
    values["notes"] = tuple(values["notes"])
    values["top_terms"] = tuple(map(tuple, values["top_terms"]))
    return MeasuredFit(**values)


def _digest(value: Any) -> str:
    return hashlib.blake2b(json.dumps(value, sort_keys=True).encode("utf-8"), digest_size=16).hexdigest()
