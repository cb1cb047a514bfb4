"""The format of the model folder: JSON and plain arrays, nothing that runs when it is read.

``manifest.json`` says what the model is and how it was made; it is written last, so that a folder without it holds no
whole model. ``vocabulary.json`` holds the terms with their counts, ``model.npz`` the engine's arrays.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from importlib import metadata
from typing import Any, Callable, Optional

import numpy as np

from text_explorer import __version__
from text_explorer.corpus.vocabulary import Vocabulary
from text_explorer.errors import DataError
from text_explorer.topics.engines import ENGINES, TopicModel, TrainedTopics
from text_explorer.topics.manifest import FORMAT_VERSION, MANIFEST, missing_file, parse_manifest, parse_object

VOCABULARY = "vocabulary.json"
ARRAYS = "model.npz"
_LIBRARIES = (
    "gensim", "numba", "numpy", "pandas", "py3langid", "pyicu-wheels", "PyStemmer", "regex", "scipy", "simplemma",
    "stopwordsiso", "sumy",
)  # fmt: skip
_FAULTS_OF_DAMAGE = (
    AttributeError, EOFError, IndexError, KeyError, NotImplementedError, TypeError, ValueError, zipfile.BadZipFile,
    zlib.error,
)  # fmt: skip
"""What numpy, zipfile and the engines raise on files that hold something else than they should."""


def make_manifest(trained: TrainedTopics, *, labels: list[str], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Describe a trained model.

    Parameters
    ----------
    trained
        The model and its corpus.
    labels
        Labels of the topics.
    facts
        What the caller knows: settings, names of columns, number of rows, times.
    """
    return {
        "format_version": FORMAT_VERSION,
        "plugin_version": __version__,
        "engine": trained.model.engine,
        "engine_reason": trained.engine_reason,
        "model_id": model_id(trained.model, trained.corpus.vocabulary),
        "n_topics": len(labels),
        "n_documents": int(np.count_nonzero(trained.corpus.doc_lengths)),
        "n_terms": trained.corpus.n_terms,
        "n_words": int(trained.corpus.doc_lengths.sum()),
        "topic_labels": labels,
        **facts,
        "library_versions": {name: _version(name) for name in _LIBRARIES},
    }


def _version(package: str) -> Optional[str]:
    """Give the version of a package, None where the site has its modules from another one (such as PyICU its own)."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def model_files(
    trained: TrainedTopics, manifest: Mapping[str, Any], more: Optional[Mapping[str, Any]] = None
) -> dict[str, bytes]:
    """Give the content of each file of the model folder by its path; `more` holds further ones, ready for JSON.

    The arrays' bytes depend on the arrays alone: numpy writes no time into the archive.
    """
    arrays = io.BytesIO()
    np.savez_compressed(arrays, **trained.model.arrays())
    return {
        VOCABULARY: _vocabulary_json(trained.corpus.vocabulary),
        ARRAYS: arrays.getvalue(),
        **{path: _json(value) for path, value in (more or {}).items()},
        MANIFEST: _json(manifest),
    }


def model_id(model: TopicModel, vocabulary: Vocabulary) -> str:
    """Name a model by its content, so that edits of its topics are never taken for those of another one.

    Returns
    -------
    str
        32 hexadecimal digits, the same for the same engine, arrays and vocabulary.
    """
    digest = hashlib.blake2b(model.engine.encode(), digest_size=16)
    for name, array in sorted(model.arrays().items()):
        digest.update(f"{name} {array.dtype.str} {array.shape}".encode())
        digest.update(np.ascontiguousarray(array).data)
    digest.update(_vocabulary_json(vocabulary))
    return digest.hexdigest()


def read_model(read_file: Callable[[str], Optional[bytes]]) -> tuple[TopicModel, Vocabulary]:
    """Read a model and its vocabulary.

    Parameters
    ----------
    read_file
        Gives the content of a path, None where there is no such file.

    Raises
    ------
    DataError
        Where the folder holds no whole model this version can read.
    """
    manifest = parse_manifest(read_file(MANIFEST))
    engine = manifest.get("engine")
    if not isinstance(engine, str) or engine not in ENGINES:
        raise DataError(
            f"The model folder was made by the method {engine!r}, which this version does not know. Update the plugin."
        )
    vocabulary = parse_object(VOCABULARY, read_file(VOCABULARY))
    content = read_file(ARRAYS)
    if content is None:
        raise DataError(missing_file(ARRAYS))
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        model = ENGINES[engine].from_arrays(arrays)
        terms = Vocabulary(
            terms=tuple(vocabulary["terms"]),
            document_counts=np.array(vocabulary["document_counts"], dtype=np.int64),
            term_counts=np.array(vocabulary["term_counts"], dtype=np.int64),
            names_of_stems=vocabulary["names_of_stems"],
            phrases=tuple(tuple((first, second) for first, second in pairs) for pairs in vocabulary["phrases"]),
        )
        n_terms, found_id = model.topic_term_distr.shape[1], model_id(model, terms)
    except _FAULTS_OF_DAMAGE as error:
        raise DataError(f"The model folder is damaged ({error!r}). Run 'Discover topics' again.") from error
    # A folder older than model_id does not tell; that it mixes two models is then seen by their sizes at best.
    if n_terms != len(terms.terms) or manifest.get("model_id", found_id) != found_id:
        raise DataError("The model folder mixes two models. Run 'Discover topics' again.")
    return model, terms


def _vocabulary_json(vocabulary: Vocabulary) -> bytes:
    return _json({
        "terms": list(vocabulary.terms),
        "document_counts": vocabulary.document_counts.tolist(),
        "term_counts": vocabulary.term_counts.tolist(),
        "names_of_stems": dict(sorted(vocabulary.names_of_stems.items())),
        "phrases": [[list(pair) for pair in pairs] for pairs in vocabulary.phrases],
    })  # fmt: skip


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False).encode("utf-8") + b"\n"
