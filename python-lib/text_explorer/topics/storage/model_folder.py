"""The format of the model folder: JSON and plain arrays, no code that runs when it is read.

``manifest.json`` describes the model and its training; it is written last, so that a folder without it is not
complete. ``vocabulary.json`` holds the terms with their counts, ``model.npz`` the engine's arrays.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from importlib import metadata
from typing import Any, NamedTuple, Optional, cast

import numpy as np

from text_explorer import __version__
from text_explorer.corpus.phrases import Pairs
from text_explorer.corpus.vocabulary import Vocabulary
from text_explorer.errors import DataError
from text_explorer.topics.files.checked_arrays import read_arrays
from text_explorer.topics.files.checked_json import Fields, damaged, fault_of, is_safe_line, shown
from text_explorer.topics.models.engines import ENGINES
from text_explorer.topics.models.gsdmm import meaning_of
from text_explorer.topics.models.training import TopicModel, TrainedTopics, model_from_arrays
from text_explorer.topics.storage.manifest import (
    ARRAYS,
    FIRST_FORMAT,
    FORMAT_VERSION,
    LARGEST_VOCABULARY,
    LONGEST_TERM,
    MANIFEST,
    READINGS,
    VOCABULARY,
    ReadFile,
    being_written,
    is_term,
    missing_file,
    parse_file,
    parse_stems,
    read_manifest,
    while_written,
)

_LIBRARIES = (
    "gensim", "numba", "numpy", "pandas", "py3langid", "pyicu-wheels", "PyStemmer", "regex", "scipy", "simplemma",
    "stopwordsiso", "sumy",
)  # fmt: skip
_MOST_ROUNDS = 10
"""Rounds in which phrases are merged; forms allow two."""
_MIXED = "The model folder mixes two models. Run 'Discover topics' again."


def make_manifest(trained: TrainedTopics, *, labels: list[str], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Describe a trained model; `facts` of the run are settings, names of columns, number of rows, times."""
    is_of_first_format = trained.model.in_use.all() and meaning_of(trained.model) is None
    return {
        "format_version": FIRST_FORMAT if is_of_first_format else FORMAT_VERSION,
        "plugin_version": __version__,
        "engine": trained.model.engine,
        "engine_reason": trained.engine_reason,
        "model_id": model_id(trained.model, trained.corpus.vocabulary),
        "n_topics": len(labels),
        "n_documents": trained.corpus.n_known,
        "n_terms": trained.corpus.n_terms,
        "n_words": trained.corpus.n_words,
        "topic_labels": labels,
        **facts,
        "library_versions": {name: _version(name) for name in _LIBRARIES},
    }


def _version(package: str) -> Optional[str]:
    """Return the version of a package, None if its modules come from another one (such as PyICU)."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def model_files(
    trained: TrainedTopics, manifest: Mapping[str, Any], more: Optional[Mapping[str, Any]] = None
) -> dict[str, bytes]:
    """Build the content of each file of the model folder by its path; `more` holds further objects, ready for JSON.

    Each has the id of the model, so that no reader mixes the files of two runs; the id is a hash of vocabulary and
    arrays. The bytes of the archive depend only on the arrays: numpy writes no time into it.
    """
    arrays = io.BytesIO()
    np.savez_compressed(arrays, **cast(dict[str, Any], trained.model.arrays()))  # allow_pickle is among the names
    return {
        VOCABULARY: vocabulary_json(trained.corpus.vocabulary),
        ARRAYS: arrays.getvalue(),
        **{path: _json({"model_id": manifest.get("model_id"), **value}) for path, value in (more or {}).items()},
        MANIFEST: _json(manifest),
    }


def model_id(model: TopicModel, vocabulary: Vocabulary) -> str:
    """Return the id of a model, a hash of engine, arrays and vocabulary, so that edits never apply to another model."""
    digest = hashlib.blake2b(model.engine.encode(), digest_size=16)
    for name, array in sorted(model.arrays().items()):
        digest.update(f"{name} {array.dtype.str} {array.shape}".encode())
        digest.update(np.ascontiguousarray(array).data)
    digest.update(vocabulary_json(vocabulary))
    return digest.hexdigest()


class StoredModel(NamedTuple):
    """Content of a model folder: manifest, model, vocabulary and id of the model."""

    manifest: dict[str, Any]
    model: TopicModel
    vocabulary: Vocabulary
    model_id: str


def read_model(read_file: ReadFile) -> StoredModel:
    """Read a model folder; `read_file` returns None where there is no such file.

    The manifest is read again at the end: if 'Discover topics' has rewritten the folder meanwhile, everything is read
    again, so that files of two runs are never mixed.

    Raises
    ------
    DataError
        Where the folder has no complete model this version can read.
    """
    for _ in range(READINGS):
        manifest = read_manifest(read_file)
        fault = None
        try:
            stored = _read_model(manifest, read_file)
        except DataError as found:
            fault = found
        if read_manifest(read_file) != manifest:
            continue
        if fault is not None:
            raise while_written(fault, read_file) from fault
        return stored
    raise DataError(being_written("it changes while it is read"))


def _read_model(manifest: dict[str, Any], read_file: ReadFile) -> StoredModel:
    engine = manifest.get("engine")
    if engine not in ENGINES:
        named = shown(engine) if engine else "nothing"
        raise DataError(
            f"The model folder was made by the method {named}, which this version does not know. Update the plugin."
        )
    labels = manifest.get("topic_labels")
    if not labels:
        raise damaged(MANIFEST, "topic_labels must be a list of at least one text")
    vocabulary = parse_vocabulary(read_file(VOCABULARY))
    n_terms = len(vocabulary.terms)
    if manifest.get("n_terms", n_terms) != n_terms:
        raise DataError(_MIXED)
    content = read_file(ARRAYS)
    if content is None:
        raise DataError(missing_file(ARRAYS))
    arrays = read_arrays(content, engine, len(labels), n_terms, fault_of(ARRAYS))
    model = model_from_arrays(engine, arrays)
    if not model.in_use.any():
        raise damaged(ARRAYS, "no topic is in use")
    found_id = model_id(model, vocabulary)
    # An older folder has no model_id; a mix of two models then shows by their sizes at best.
    if (manifest.get("model_id") or found_id) != found_id:
        raise DataError(_MIXED)
    return StoredModel(manifest, model, vocabulary, found_id)


def parse_vocabulary(content: Optional[bytes]) -> Vocabulary:
    """Parse the vocabulary; raise ``DataError`` where the file is missing or damaged."""
    stored = parse_file(VOCABULARY, content, most_bytes=LARGEST_VOCABULARY)
    fields = Fields(stored, fault_of(VOCABULARY))
    terms = fields.texts("terms", least=1, most=LONGEST_TERM)
    if not terms or len(set(terms)) < len(terms):
        raise fields.fault("terms must be a list of at least one text, all different")
    for term in terms:
        if not is_safe_line(term):
            raise fields.fault(f"terms must hold no control characters. Got {shown(term)}")
    counts = {name: fields.wholes(name, len(terms)) for name in ("document_counts", "term_counts")}
    if (counts["document_counts"] > counts["term_counts"]).any():
        raise fields.fault("document_counts must not be larger than term_counts")
    return Vocabulary(tuple(terms), **counts, names_of_stems=parse_stems(stored), phrases=_phrases(fields))


def _phrases(fields: Fields) -> tuple[Pairs, ...]:
    rounds: Any = fields.values.get("phrases")
    are_lists = isinstance(rounds, list) and all(isinstance(pairs, list) for pairs in rounds[: _MOST_ROUNDS + 1])
    if not are_lists or len(rounds) > _MOST_ROUNDS or not all(_is_pair(pair) for pairs in rounds for pair in pairs):
        raise fields.refuse("phrases", f"at most {_MOST_ROUNDS} lists of pairs of terms")
    return tuple(tuple((first, second) for first, second in pairs) for pairs in rounds)


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(map(is_term, pair))


def vocabulary_json(vocabulary: Vocabulary) -> bytes:
    """Return the content of the vocabulary's file."""
    return _json({
        "terms": list(vocabulary.terms),
        "document_counts": vocabulary.document_counts.tolist(),
        "term_counts": vocabulary.term_counts.tolist(),
        "names_of_stems": dict(sorted(vocabulary.names_of_stems.items())),
        "phrases": [[list(pair) for pair in pairs] for pairs in vocabulary.phrases],
    })  # fmt: skip


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False).encode("utf-8") + b"\n"
