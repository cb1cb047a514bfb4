"""Read the arrays of a model folder's ``model.npz`` after validating their headers.

An archive of some kilobytes may unpack to gigabytes. So its members, and the type, shape and size of each, are compared
with the vocabulary and the labels before anything is unpacked, and no more than that is read.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Optional

import numpy as np

from text_explorer.corpus.embeddings.parsing import MOST_NUMBERS
from text_explorer.corpus.embeddings.projection import MOST_DIMENSIONS
from text_explorer.errors import DataError
from text_explorer.topics.files.checked_json import MOST_COUNTED, Fault
from text_explorer.topics.models import gsdmm
from text_explorer.topics.models.engines import GIBBS_LDA, GSDMM, VARIATIONAL_LDA
from text_explorer.topics.models.meaning.clusters import MOST_KAPPA

MOST_CELLS = 10**9
"""Topics times terms: 8 GB of counts, more than one machine trains."""

_MOST_DIRECTORY_BYTES = 4_096
_END_RECORD = 22
_MAGIC = b"\x93NUMPY\x01\x00"
_HEADER = re.compile(
    rb"\{'descr': '(<[if][48])', 'fortran_order': (False|True), 'shape': \(((?:\d{1,10}, ?)*(?:\d{1,10})?)\), \} *\n"
)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_FAULTS = (EOFError, KeyError, NotImplementedError, OSError, RuntimeError, ValueError, struct.error,
           zipfile.BadZipFile, zlib.error)  # fmt: skip
"""What zipfile raises on damaged, encrypted or foreign archives."""


@dataclass(frozen=True)
class _Array:
    """Expected array: its shape in ``T`` topics and ``V`` terms, kind of number, and least and largest value."""

    shape: str
    kind: str = "f"
    least: float = 0
    most: float = MOST_COUNTED


_LARGEST_FLOAT = float(np.finfo(np.float32).max)
_POSITIVE = float(np.finfo(np.float64).tiny)
_ARRAYS = {
    GSDMM.id: {
        "topic_docs": _Array("T", "i"),
        "topic_term_counts": _Array("TV", "i"),
        "priors": _Array("2", least=_POSITIVE),
        "equation": _Array("", "i", gsdmm.SINGLE_WORDS, gsdmm.REPEATED_WORDS),
        "first_topics": _Array("T", "i"),
    },
    GIBBS_LDA.id: {"topic_term_counts": _Array("TV"), "alpha": _Array("T"), "beta": _Array("", least=_POSITIVE)},
    VARIATIONAL_LDA.id: {"topic_term_pseudocounts": _Array("TV", least=_POSITIVE), "alpha": _Array("T")},
}  # fmt: skip

_MEANING = {
    "meaning_centre": _Array("D", least=-_LARGEST_FLOAT, most=_LARGEST_FLOAT),
    "meaning_directions": _Array("DP", least=-1.001, most=1.001),
    "meaning_sums": _Array("TP", least=-MOST_COUNTED),
    "meaning_n_vectors": _Array("T", "i"),
    "meaning_kappa": _Array("", most=MOST_KAPPA),
}
"""Further arrays of a model of words and embeddings: of D numbers, projected to P dimensions."""
_SIZED_BY = "meaning_directions"


def read_arrays(content: bytes, engine: str, n_topics: int, n_terms: int, fault: Fault) -> dict[str, np.ndarray]:
    """Read the arrays of a model with at least one label and one term.

    Raises
    ------
    DataError
        Where it does not hold exactly the arrays of such a model; `fault` builds the error.
    """
    if n_topics * n_terms > MOST_CELLS:
        raise fault(f"{n_topics:,} topics of {n_terms:,} terms are more than this version can read")
    if not _has_short_directory(content):
        raise fault("it is not an archive of arrays")
    sizes = {"T": n_topics, "V": n_terms, "2": 2}
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            wanted = _ARRAYS[engine]
            if engine == GSDMM.id and f"{_SIZED_BY}.npy" in archive.namelist():
                wanted = {**wanted, **_MEANING}
                sizes.update(_sizes_of_meaning(archive, fault))
            members = _members(archive, wanted, fault)
            headers: dict[str, _Header] = {}
            for name, array in wanted.items():
                header, shape = _read_header(archive, members[name]), tuple(sizes[axis] for axis in array.shape)
                if header is None:
                    raise fault(f"the array {name} has a header that this version does not write")
                for reason in _faults_of(header, array, shape, members[name].file_size):
                    raise fault(f"the array {name} {reason}")
                headers[name] = header
            arrays = {name: _read_array(archive, members[name], headers[name]) for name in wanted}
    except DataError:
        raise
    except _FAULTS as error:
        raise fault("it is not a complete archive of arrays") from error
    for name, array in wanted.items():
        _check_values(arrays[name], array, fault, name)
    return arrays


def _sizes_of_meaning(archive: zipfile.ZipFile, fault: Fault) -> dict[str, int]:
    header = _read_header(archive, archive.getinfo(f"{_SIZED_BY}.npy"))
    n_axes = 0 if header is None else len(header.shape)
    if header is None or n_axes != 2 or not 1 <= header.shape[1] <= MOST_DIMENSIONS:
        raise fault(f"the array {_SIZED_BY} must be a matrix of at most {MOST_DIMENSIONS} columns")
    if not header.shape[1] <= header.shape[0] <= MOST_NUMBERS:
        raise fault(f"the array {_SIZED_BY} must have at most {MOST_NUMBERS:,} rows, and no fewer than columns")
    return {"D": header.shape[0], "P": header.shape[1]}


def _has_short_directory(content: bytes) -> bool:
    """Return whether the archive ends as numpy writes it, with a list of members that is read in no time."""
    end = content[-_END_RECORD:]
    is_plain = end.startswith(b"PK\5\6") and content[-_END_RECORD - 20 : -_END_RECORD - 16] != b"PK\6\7"
    return is_plain and int.from_bytes(end[12:16], "little") <= _MOST_DIRECTORY_BYTES


def _members(archive: zipfile.ZipFile, wanted: Mapping[str, _Array], fault: Fault) -> dict[str, zipfile.ZipInfo]:
    members = {info.filename.removesuffix(".npy"): info for info in archive.infolist()}
    for name in wanted:
        if name not in members:
            raise fault(f"the array {name} is missing")
    if sorted(info.filename for info in archive.infolist()) != sorted(f"{name}.npy" for name in wanted):
        raise fault(f"it must hold the arrays {', '.join(wanted)} once and nothing else")
    for name, info in members.items():
        if info.compress_type not in _METHODS or info.flag_bits & 1:
            raise fault(f"the array {name} is packed in a way that this version does not use")
    return members


@dataclass(frozen=True)
class _Header:
    """Type, order, shape and length of a stored array."""

    dtype: np.dtype
    fortran_order: bool
    shape: tuple[int, ...]
    n_bytes: int

    @property
    def n_data_bytes(self) -> int:
        """Bytes of the array itself."""
        size = self.dtype.itemsize
        for length in self.shape:  # of Python's integers, which do not overflow
            size *= length
        return size


def _read_header(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Optional[_Header]:
    """Read a header without evaluating it as Python, as numpy would; None where it is none that this version writes."""
    with archive.open(member) as stream:
        start = stream.read(len(_MAGIC) + 2)
        length = int.from_bytes(start[-2:], "little")
        found = _HEADER.fullmatch(stream.read(min(length, 1_000))) if start.startswith(_MAGIC) else None
    if found is None:
        return None
    shape = tuple(int(length) for length in found[3].decode().replace(",", " ").split())
    return _Header(np.dtype(found[1].decode()), found[2] == b"True", shape, len(start) + length)


def _faults_of(header: _Header, wanted: _Array, shape: tuple[int, ...], n_bytes: int) -> Iterator[str]:
    if header.shape != shape:
        yield f"must have the shape {_shown(shape)}. Got {_shown(header.shape)}"
    elif header.dtype.kind != wanted.kind:
        yield f"must hold {'whole' if wanted.kind == 'i' else 'real'} numbers"
    elif n_bytes != header.n_bytes + header.n_data_bytes:
        yield "is not as long as its header says"


def _shown(shape: tuple[int, ...]) -> str:
    return " x ".join(f"{length:,}" for length in shape) or "of a single number"


def _read_array(archive: zipfile.ZipFile, member: zipfile.ZipInfo, header: _Header) -> np.ndarray:
    with archive.open(member) as stream:
        stream.read(header.n_bytes)
        array = np.empty(header.shape[::-1] if header.fortran_order else header.shape, dtype=header.dtype)
        _fill(array.reshape(-1).data.cast("B"), stream)
        stream.read(1)  # at the end the checksum is compared
    return array.T if header.fortran_order else array


def _fill(target: memoryview, stream: IO[bytes]) -> None:
    n_read = 0
    while n_read < len(target):
        content = stream.read(min(len(target) - n_read, 2**20))
        if not content:
            raise EOFError
        target[n_read : n_read + len(content)] = content
        n_read += len(content)


def _check_values(array: np.ndarray, wanted: _Array, fault: Fault, name: str) -> None:
    """Refuse NaN too, which is neither above the least value nor below the largest one."""
    if not (array.min() >= wanted.least and array.max() <= wanted.most):
        raise fault(f"the array {name} must hold numbers from {wanted.least:g} to {wanted.most:g} only")
