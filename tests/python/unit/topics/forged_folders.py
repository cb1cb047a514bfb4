"""Model folders somebody changed by hand or by malice: each row spoils a good folder in one place."""

from __future__ import annotations

import io
import json
import struct
import warnings
import zipfile
from collections.abc import Callable
from typing import Any

import numpy as np

from tests.python.unit.topics.theme_models import theme_files

Files = dict[str, bytes]
Forge = Callable[[Files], Files]

MANIFEST, VOCABULARY, ARRAYS = "manifest.json", "vocabulary.json", "model.npz"
GONE = object()
NESTED = b"[" * 200_000
HEADER = "{'descr': '<i4', 'fortran_order': False, 'shape': %s, }"


def set_field(path: str, *keys: Any, value: Any) -> Forge:
    """Return what sets a field of a JSON file, or takes it away."""

    def forge(files: Files) -> Files:
        parsed = json.loads(files[path])
        place = parsed
        for key in keys[:-1]:
            place = place[key]
        if value is GONE:
            del place[keys[-1]]
        else:
            place[keys[-1]] = value
        return {**files, path: json.dumps(parsed).encode()}

    return forge


def raw(path: str, content: Any) -> Forge:
    """Return what replaces a file, by content or by a function of it."""
    return lambda files: {**files, path: content(files[path]) if callable(content) else content}


def literal(path: str, old: bytes, new: bytes) -> Forge:
    """Return what replaces some bytes of a file, which must be there."""

    def forge(files: Files) -> Files:
        assert old in files[path]
        return {**files, path: files[path].replace(old, new, 1)}

    return forge


def without_id(files: Files) -> Files:
    """Take the model's name away, by which changed arrays would be noticed."""
    return set_field(MANIFEST, "model_id", value=GONE)(files)


def arrays(**changes: Any) -> Forge:
    """Return what replaces arrays: each by an array, or by a function of the array."""

    def forge(files: Files) -> Files:
        stored = dict(np.load(io.BytesIO(files[ARRAYS])))
        for name, change in changes.items():
            if change is GONE:
                del stored[name]
            else:
                stored[name] = change(stored[name]) if callable(change) else change
        packed = io.BytesIO()
        np.savez_compressed(packed, **stored)
        return without_id({**files, ARRAYS: packed.getvalue()})

    return forge


def with_value(value: float) -> Callable[[np.ndarray], np.ndarray]:
    """Return what puts a value into the first cell of an array."""

    def change(array: np.ndarray) -> np.ndarray:
        changed = array.copy()
        changed.reshape(-1)[0] = value
        return changed

    return change


def members(change: Callable[[dict[str, bytes]], list[tuple[str, bytes]]], method: int = zipfile.ZIP_DEFLATED) -> Forge:
    """Return what packs the members of the archive again, changed."""

    def forge(files: Files) -> Files:
        with zipfile.ZipFile(io.BytesIO(files[ARRAYS])) as archive:
            found = {name: archive.read(name) for name in archive.namelist()}
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", method) as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of names that come twice
            for name, content in change(found):
                archive.writestr(name, content)
        return without_id({**files, ARRAYS: packed.getvalue()})

    return forge


def header(name: str, text: str, data: bytes = b"", version: bytes = b"\1\0") -> Forge:
    """Return what gives an array another header, and other data."""
    packed = text.encode() + b" " * (-(len(text) + 11) % 64) + b"\n"
    length = struct.pack("<H" if version == b"\1\0" else "<I", len(packed))
    content = b"\x93NUMPY" + version + length + packed + data
    return members(lambda found: [*{**found, f"{name}.npy": content}.items()])


def bomb(n_bytes: int, shape: str) -> Forge:
    """Return what puts an array of zeros in: some kilobytes that unpack to as many bytes as wanted."""

    def forge(files: Files) -> Files:
        text = (HEADER % shape).encode()
        text += b" " * (-(len(text) + 11) % 64) + b"\n"
        start = b"\x93NUMPY\1\0" + struct.pack("<H", len(text)) + text
        return without_id({**files, ARRAYS: _zeros_packed(start, n_bytes, files[ARRAYS])})

    return forge


def _zeros_packed(start: bytes, n_bytes: int, original: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, zipfile.ZipFile(io.BytesIO(original)) as given:
        for name in given.namelist():
            if name != "topic_term_counts.npy":
                archive.writestr(name, given.read(name))
        with archive.open("topic_term_counts.npy", "w", force_zip64=True) as stream:
            stream.write(start)
            for _ in range(n_bytes // 2**24):
                stream.write(bytes(2**24))
    return packed.getvalue()


def doubled(found: dict[str, bytes]) -> list[tuple[str, bytes]]:
    return [*found.items(), next(iter(found.items()))]


def lying_size(files: Files) -> Files:
    """Let the list of members give a size other than the array's."""
    content = bytearray(files[ARRAYS])
    place = content.index(b"PK\1\2")
    content[place + 24 : place + 28] = struct.pack("<I", 2**31)
    return without_id({**files, ARRAYS: bytes(content)})


def wrong_checksum(files: Files) -> Files:
    """Change the data of a stored array, not its checksum."""
    stored = members(lambda found: [*found.items()], zipfile.ZIP_STORED)(files)
    place = stored[ARRAYS].index(b"\x93NUMPY") + 128
    content = bytearray(stored[ARRAYS])
    content[place] ^= 1
    return {**stored, ARRAYS: bytes(content)}


def twice(path: str, key: str) -> Forge:
    """Return what names a key twice."""
    return literal(path, b"{", f'{{"{key}": 1, '.encode())


HUGE = 10**30
FORGERIES: dict[str, tuple[Forge, str, str]] = {
    # the files as such
    "empty manifest": (raw(MANIFEST, b""), MANIFEST, "it is empty"),
    "empty vocabulary": (raw(VOCABULARY, b""), VOCABULARY, "it is empty"),
    "empty arrays": (raw(ARRAYS, b""), ARRAYS, "not an archive of arrays"),
    "blank manifest": (raw(MANIFEST, b" \n"), MANIFEST, "Expecting value"),
    "manifest with a byte order mark": (raw(MANIFEST, lambda old: b"\xef\xbb\xbf" + old), MANIFEST, "byte order mark"),
    "vocabulary with a byte order mark": (
        raw(VOCABULARY, lambda old: b"\xef\xbb\xbf" + old), VOCABULARY, "byte order mark",
    ),
    "manifest in UTF-16": (raw(MANIFEST, lambda old: old.decode().encode("utf-16")), MANIFEST, "not in UTF-8"),
    "manifest in Latin-1": (literal(MANIFEST, b'"war"', '"wär"'.encode("latin-1")), MANIFEST, "not in UTF-8"),
    "vocabulary not in UTF-8": (literal(VOCABULARY, b'"army"', b'"\xff"'), VOCABULARY, "not in UTF-8"),
    "cut manifest": (raw(MANIFEST, lambda old: old[:99]), MANIFEST, "damaged"),
    "cut vocabulary": (raw(VOCABULARY, lambda old: old[:99]), VOCABULARY, "damaged"),
    "cut arrays": (raw(ARRAYS, lambda old: old[:-40]), ARRAYS, "not an archive of arrays"),
    "arrays cut in the middle": (raw(ARRAYS, lambda old: old[:100] + old[-400:]), ARRAYS, "not a complete archive"),
    "manifest is a list": (raw(MANIFEST, b"[]"), MANIFEST, "must hold a JSON object"),
    "vocabulary is a number": (raw(VOCABULARY, b"7"), VOCABULARY, "must hold a JSON object"),
    "two manifests in one": (raw(MANIFEST, lambda old: old + old), MANIFEST, "Extra data"),
    "nested manifest": (raw(MANIFEST, NESTED), MANIFEST, "nested too deeply"),
    "nested vocabulary": (raw(VOCABULARY, b'{"terms": ' + NESTED), VOCABULARY, "nested too deeply"),
    "nested objects": (raw(MANIFEST, b'{"a":' * 100_000), MANIFEST, "nested too deeply"),
    "long manifest": (raw(MANIFEST, lambda old: old + b" " * 2**24), MANIFEST, "larger than 16 MB"),
    "manifest is a folder": (
        lambda files: {f"{path}/x" if path == MANIFEST else path: files[path] for path in files}, MANIFEST, "missing",
    ),
    "arrays are a folder": (
        lambda files: {f"{path}/x" if path == ARRAYS else path: files[path] for path in files}, ARRAYS, "missing",
    ),
    # keys and numbers
    "key twice": (twice(MANIFEST, "engine"), MANIFEST, "the key 'engine' twice"),
    "key twice in the vocabulary": (twice(VOCABULARY, "terms"), VOCABULARY, "the key 'terms' twice"),
    "key twice inside": (literal(MANIFEST, b'"main": "en"', b'"main": "de", "main": "en"'), MANIFEST, "'main' twice"),
    "NaN": (set_field(MANIFEST, "n_rows", value=float("nan")), MANIFEST, "n_rows"),
    "infinity": (set_field(MANIFEST, "quality", value={"diversity": float("inf")}), MANIFEST, "quality.diversity"),
    "minus infinity": (set_field(MANIFEST, "seed", value=float("-inf")), MANIFEST, "seed"),
    "1e999": (literal(MANIFEST, b'"n_words": 24', b'"n_words": 1e999'), MANIFEST, "n_words"),
    "count of 10^30": (set_field(MANIFEST, "n_documents", value=HUGE), MANIFEST, "n_documents"),
    "count of 5,000 digits": (
        literal(MANIFEST, b'"n_terms": 24', b'"n_terms": ' + b"9" * 5_000), MANIFEST, "n_terms",
    ),
    "negative count": (set_field(MANIFEST, "n_rows", value=-1), MANIFEST, "n_rows"),
    "true for a count": (set_field(MANIFEST, "n_documents", value=True), MANIFEST, "n_documents"),
    "text for a count": (set_field(MANIFEST, "n_words", value="24"), MANIFEST, "n_words"),
    "real number for a count": (set_field(MANIFEST, "n_words", value=24.5), MANIFEST, "n_words"),
    # the manifest
    "no format": (set_field(MANIFEST, "format_version", value=GONE), MANIFEST, "format_version"),
    "true for the format": (set_field(MANIFEST, "format_version", value=True), MANIFEST, "format_version"),
    "format 0": (set_field(MANIFEST, "format_version", value=0), MANIFEST, "format_version"),
    "no engine": (set_field(MANIFEST, "engine", value=GONE), "method", "nothing"),
    "unknown engine": (set_field(MANIFEST, "engine", value="magic"), "method", "magic"),
    "engine of two lines": (set_field(MANIFEST, "engine", value="x\nERROR all is lost"), "method", "ERROR all is lost"),
    "list for the engine": (set_field(MANIFEST, "engine", value=["gsdmm"]), MANIFEST, "engine"),
    "another engine": (set_field(MANIFEST, "engine", value="lda_gibbs"), ARRAYS, "alpha is missing"),
    "list for the name": (set_field(MANIFEST, "model_id", value=[1]), MANIFEST, "model_id"),
    "name of two lines": (set_field(MANIFEST, "model_id", value="0\n" * 16), MANIFEST, "model_id"),
    "name of another model": (set_field(MANIFEST, "model_id", value="0" * 32), "mixes two models", ""),
    "no labels": (set_field(MANIFEST, "topic_labels", value=GONE), MANIFEST, "topic_labels"),
    "text for the labels": (set_field(MANIFEST, "topic_labels", value="abcdef"), MANIFEST, "topic_labels"),
    "numbers for labels": (set_field(MANIFEST, "topic_labels", value=[1] * 6), MANIFEST, "topic_labels"),
    "list for a label": (set_field(MANIFEST, "topic_labels", 2, value=["x"]), MANIFEST, "topic_labels"),
    "fewer labels": (set_field(MANIFEST, "topic_labels", value=["a"]), MANIFEST, "n_topics"),
    "long label": (set_field(MANIFEST, "topic_labels", 0, value="x" * 10**6), MANIFEST, "topic_labels"),
    "a million labels": (set_field(MANIFEST, "topic_labels", value=["x"] * 10**6), MANIFEST, "topic_labels"),
    "text for the super-topics": (set_field(MANIFEST, "topic_parents", value="abc"), MANIFEST, "topic_parents"),
    "fewer super-topics than topics": (set_field(MANIFEST, "topic_parents", value=[0]), MANIFEST, "topic_parents"),
    "unknown super-topic": (set_field(MANIFEST, "topic_parents", value=[9] * 6), MANIFEST, "topic_parents"),
    "list for the settings": (set_field(MANIFEST, "settings", value=[]), MANIFEST, "settings must be an object"),
    "list for a column": (set_field(MANIFEST, "settings", value={"text_column": ["x"]}), MANIFEST, "text_column"),
    "text for the languages": (set_field(MANIFEST, "languages", value="en"), MANIFEST, "languages"),
    "unknown language": (set_field(MANIFEST, "languages", "main", value="xx"), MANIFEST, "languages.main"),
    "list for the language": (set_field(MANIFEST, "languages", "main", value=["en"]), MANIFEST, "languages.main"),
    "unknown normal form": (
        set_field(MANIFEST, "preparation", "normal_form", value="magic"), MANIFEST, "preparation.normal_form",
    ),
    "list for the normal form": (
        set_field(MANIFEST, "preparation", "normal_form", value=["stem"]), MANIFEST, "preparation.normal_form",
    ),
    "unknown phrases": (set_field(MANIFEST, "preparation", "phrases", value=""), MANIFEST, "preparation.phrases"),
    "text for a length": (set_field(MANIFEST, "preparation", "min_length", value="2"), MANIFEST, "min_length"),
    "huge length": (set_field(MANIFEST, "preparation", "min_length", value=10**17), MANIFEST, "min_length"),
    "1 for true": (set_field(MANIFEST, "preparation", "keep_numbers", value=1), MANIFEST, "keep_numbers"),
    "text for a share": (set_field(MANIFEST, "preparation", "max_document_share", value="1"), MANIFEST, "max_document"),
    "numbers for stop words": (
        set_field(MANIFEST, "preparation", "extra_stop_words", value=[1]), MANIFEST, "extra_stop_words",
    ),
    "half a character in a stop word": (
        set_field(MANIFEST, "preparation", "extra_stop_words", value=["\ud800"]), MANIFEST, "extra_stop_words",
    ),
    "text for the repeated lines": (
        set_field(MANIFEST, "preparation", "repeated_lines", value="0" * 16), MANIFEST, "repeated_lines",
    ),
    "long repeated line": (
        set_field(MANIFEST, "preparation", "repeated_lines", value=["0" * 17]), MANIFEST, "repeated_lines",
    ),
    "repeated line that is no number": (
        set_field(MANIFEST, "preparation", "repeated_lines", value=["x" * 16]), MANIFEST, "repeated_lines",
    ),
    "too many repeated lines": (
        set_field(MANIFEST, "preparation", "repeated_lines", value=["0" * 16] * 10**4), MANIFEST, "repeated_lines",
    ),
    "setting of two lines": (
        set_field(MANIFEST, "preparation", "x\nERROR", value=1), "settings this version does not know", "x ERROR",
    ),
    # the training profile
    "list for the profile": (set_field(MANIFEST, "training_profile", value=[]), MANIFEST, "training_profile"),
    "no rows": (set_field(MANIFEST, "training_profile", "n_rows", value=GONE), MANIFEST, "training_profile.n_rows"),
    "fewer topics": (
        set_field(MANIFEST, "training_profile", "topic_documents", value=[6]), MANIFEST, "topic_documents",
    ),
    "texts for documents": (
        set_field(MANIFEST, "training_profile", "topic_documents", value=["1"] * 6), MANIFEST, "topic_documents",
    ),
    "negative documents": (
        set_field(MANIFEST, "training_profile", "topic_documents", 0, value=-1), MANIFEST, "topic_documents",
    ),
    "10^30 documents": (
        set_field(MANIFEST, "training_profile", "topic_documents", 0, value=HUGE), MANIFEST, "topic_documents",
    ),
    "more documents than rows": (
        set_field(MANIFEST, "training_profile", "n_rows", value=5), MANIFEST, "training_profile contradict",
    ),
    "null for a mean share": (
        set_field(MANIFEST, "training_profile", "topic_mean_shares", 0, value=None), MANIFEST, "topic_mean_shares",
    ),
    "mean share of 2": (
        set_field(MANIFEST, "training_profile", "topic_mean_shares", 0, value=2), MANIFEST, "topic_mean_shares",
    ),
    # the vocabulary
    "no terms": (set_field(VOCABULARY, "terms", value=GONE), VOCABULARY, "terms"),
    "empty terms": (set_field(VOCABULARY, "terms", value=[]), VOCABULARY, "terms"),
    "text for the terms": (set_field(VOCABULARY, "terms", value="a" * 24), VOCABULARY, "terms"),
    "number for a term": (set_field(VOCABULARY, "terms", 0, value=7), VOCABULARY, "terms"),
    "list for a term": (set_field(VOCABULARY, "terms", 0, value=["army"]), VOCABULARY, "terms"),
    "term twice": (set_field(VOCABULARY, "terms", 0, value="bank"), VOCABULARY, "terms"),
    "half a character": (set_field(VOCABULARY, "terms", 0, value="\udc00"), VOCABULARY, "terms"),
    "term of two lines": (set_field(VOCABULARY, "terms", 0, value="a\nb"), VOCABULARY, "terms"),
    "term with an escape": (set_field(VOCABULARY, "terms", 0, value="\x1b[2J"), VOCABULARY, "terms"),
    "term turned around": (set_field(VOCABULARY, "terms", 0, value="\u202eymra"), VOCABULARY, "terms"),
    "term with a line separator": (set_field(VOCABULARY, "terms", 0, value="a\u2028b"), VOCABULARY, "terms"),
    "long term": (set_field(VOCABULARY, "terms", 0, value="x" * 10**6), VOCABULARY, "terms"),
    "fewer terms": (
        lambda files: set_field(VOCABULARY, "terms", value=["a"])(
            set_field(VOCABULARY, "document_counts", value=[1])(set_field(VOCABULARY, "term_counts", value=[1])(files))
        ), "mixes two models", "",
    ),
    "fewer counts": (set_field(VOCABULARY, "term_counts", value=[1]), VOCABULARY, "term_counts"),
    "texts for counts": (set_field(VOCABULARY, "document_counts", value=["1"] * 24), VOCABULARY, "document_counts"),
    "true for a term's count": (set_field(VOCABULARY, "term_counts", 0, value=True), VOCABULARY, "term_counts"),
    "negative term count": (set_field(VOCABULARY, "term_counts", 0, value=-5), VOCABULARY, "term_counts"),
    "term count of 10^30": (set_field(VOCABULARY, "term_counts", 0, value=HUGE), VOCABULARY, "term_counts"),
    "more documents than occurrences": (
        set_field(VOCABULARY, "document_counts", 0, value=9), VOCABULARY, "document_counts",
    ),
    "number for stems": (set_field(VOCABULARY, "names_of_stems", value=1), VOCABULARY, "names_of_stems"),
    "number for a stem": (set_field(VOCABULARY, "names_of_stems", value={"a": 1}), VOCABULARY, "names_of_stems"),
    "no stems": (set_field(VOCABULARY, "names_of_stems", value=GONE), VOCABULARY, "names_of_stems"),
    "text for phrases": (set_field(VOCABULARY, "phrases", value="ab"), VOCABULARY, "phrases"),
    "texts for pairs": (set_field(VOCABULARY, "phrases", value=[["ab"]]), VOCABULARY, "phrases"),
    "phrase of three": (set_field(VOCABULARY, "phrases", value=[[["a", "b", "c"]]]), VOCABULARY, "phrases"),
    "a million rounds": (set_field(VOCABULARY, "phrases", value=[[]] * 10**6), VOCABULARY, "phrases"),
    # the archive
    "no archive": (raw(ARRAYS, b"PK"), ARRAYS, "not an archive of arrays"),
    "a list of members too long to be true": (
        raw(ARRAYS, lambda old: old[:-22] + old[-22:-10] + struct.pack("<I", 2**31) + old[-6:]), ARRAYS, "an archive",
    ),
    "member twice": (members(doubled), ARRAYS, "once and nothing else"),
    "member of another name": (members(lambda found: [*found.items(), ("x.npy", b"")]), ARRAYS, "nothing else"),
    "member outside": (members(lambda found: [*found.items(), ("../x.npy", b"")]), ARRAYS, "nothing else"),
    "member without ending": (
        members(lambda found: [(name.replace("priors.npy", "priors"), found[name]) for name in found]), ARRAYS, "once",
    ),
    "packed otherwise": (members(lambda found: [*found.items()], zipfile.ZIP_LZMA), ARRAYS, "packed in a way"),
    "size that lies": (lying_size, ARRAYS, "topic_docs is not as long"),
    "wrong checksum": (wrong_checksum, ARRAYS, "not a complete archive"),
    "bomb of another shape": (bomb(2**26, "(1000, 16777216)"), ARRAYS, "topic_term_counts must have the shape 6 x 24"),
    "bomb behind a good header": (bomb(2**26, "(6, 24)"), ARRAYS, "topic_term_counts is not as long"),
    "header of 10^13 numbers": (header("topic_docs", HEADER % "(10000000000000,)"), ARRAYS, "topic_docs"),
    "header of 10^9 numbers": (header("topic_docs", HEADER % "(1000000000,)"), ARRAYS, "topic_docs must have"),
    "negative shape": (header("topic_docs", HEADER % "(-6,)"), ARRAYS, "topic_docs has a header"),
    "header that computes": (header("topic_docs", HEADER % "(2**40,)"), ARRAYS, "topic_docs has a header"),
    "nested header": (header("topic_docs", HEADER % ("(" * 20_000)), ARRAYS, "topic_docs has a header"),
    "header of another version": (
        header("topic_docs", HEADER % "(6,)", bytes(24), b"\2\0"), ARRAYS, "topic_docs has a header",
    ),
    "header of 4 GB": (
        members(lambda found: [*{**found, "priors.npy": b"\x93NUMPY\2\0\xff\xff\xff\xff"}.items()]), ARRAYS, "priors",
    ),
    "objects": (header("priors", "{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", b"x"), ARRAYS, "priors"),
    "empty member": (members(lambda found: [*{**found, "priors.npy": b""}.items()]), ARRAYS, "priors has a header"),
    "data too short": (header("topic_docs", HEADER % "(6,)", bytes(20)), ARRAYS, "topic_docs is not as long"),
    "data too long": (header("topic_docs", HEADER % "(6,)", bytes(28)), ARRAYS, "topic_docs is not as long"),
    # the arrays
    "array missing": (arrays(priors=GONE), ARRAYS, "priors is missing"),
    "wrong shape": (arrays(topic_docs=np.ones(5, np.int64)), ARRAYS, "topic_docs must have the shape 6"),
    "one number for many": (arrays(topic_docs=np.array(1)), ARRAYS, "topic_docs must have the shape 6"),
    "transposed": (arrays(topic_term_counts=lambda old: old.T), ARRAYS, "topic_term_counts must have the shape 6 x 24"),
    "three priors": (arrays(priors=np.ones(3)), ARRAYS, "priors must have the shape 2"),
    "real counts": (arrays(topic_term_counts=lambda old: old.astype(float)), ARRAYS, "must hold whole numbers"),
    "whole priors": (arrays(priors=np.ones(2, np.int64)), ARRAYS, "priors must hold real numbers"),
    "texts": (arrays(priors=np.array(["a", "b"])), ARRAYS, "priors has a header"),
    "complex numbers": (arrays(priors=np.ones(2, complex)), ARRAYS, "priors has a header"),
    "big-endian numbers": (arrays(topic_docs=lambda old: old.astype(">i8")), ARRAYS, "topic_docs has a header"),
    "negative counts": (arrays(topic_term_counts=with_value(-1)), ARRAYS, "topic_term_counts must hold numbers"),
    "count of 2^62": (arrays(topic_docs=with_value(2**62)), ARRAYS, "topic_docs must hold numbers"),
    "NaN for a prior": (arrays(priors=with_value(np.nan)), ARRAYS, "priors must hold numbers"),
    "infinite prior": (arrays(priors=with_value(np.inf)), ARRAYS, "priors must hold numbers"),
    "prior of 0": (arrays(priors=with_value(0)), ARRAYS, "priors must hold numbers"),
    "unknown equation": (arrays(equation=np.array(7)), ARRAYS, "equation must hold numbers"),
    "negative first topic": (arrays(first_topics=with_value(-1)), ARRAYS, "first_topics must hold numbers"),
}  # fmt: skip

OF_LDA: dict[str, tuple[str, Forge, str, str]] = {
    "alpha of a wrong shape": ("lda_gibbs", arrays(alpha=np.ones(5)), ARRAYS, "alpha must have the shape 6"),
    "alpha of one number": ("lda_gibbs", arrays(alpha=np.array(0.1)), ARRAYS, "alpha must have the shape 6"),
    "NaN in alpha": ("lda_gibbs", arrays(alpha=with_value(np.nan)), ARRAYS, "alpha must hold numbers"),
    "negative alpha": ("lda_gensim", arrays(alpha=with_value(-0.1)), ARRAYS, "alpha must hold numbers"),
    "two betas": ("lda_gibbs", arrays(beta=np.ones(2)), ARRAYS, "beta must have the shape of a single number"),
    "NaN counts": ("lda_gibbs", arrays(topic_term_counts=with_value(np.nan)), ARRAYS, "counts must hold"),
    "negative LDA counts": ("lda_gibbs", arrays(topic_term_counts=with_value(-1)), ARRAYS, "counts must hold"),
    "counts of 1e308": ("lda_gibbs", arrays(topic_term_counts=with_value(1e308)), ARRAYS, "counts must hold"),
    "pseudocount of 0": (
        "lda_gensim", arrays(topic_term_pseudocounts=with_value(0)), ARRAYS, "topic_term_pseudocounts must hold",
    ),
}  # fmt: skip


def forged(name: str) -> Files:
    """Build the folder of a row."""
    if name in OF_LDA:
        return OF_LDA[name][1](theme_files(OF_LDA[name][0]))
    return FORGERIES[name][0](theme_files())


def expected(name: str) -> tuple[str, str]:
    """Return the file and the field its sentence must name."""
    return OF_LDA[name][2:] if name in OF_LDA else FORGERIES[name][1:]
