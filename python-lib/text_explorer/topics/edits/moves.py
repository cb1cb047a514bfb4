"""Documents moved to a topic by hand: how the edit log names them, and how a row is recognized again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Optional

from text_explorer.topics.files.checked_json import is_text, shown

MOST_MOVED = 1_000
"""Documents moved to one topic."""
_LONGEST = 2_000
_FIELDS = {"id_column", "key", "digest"}
_DIGEST = re.compile(r"[0-9a-f]{32}", re.ASCII)


class MovedDocument(NamedTuple):
    """A document by its id and its text; without an id column, by its text alone."""

    id_column: Optional[str]
    key: Optional[str]
    digest: str  # of the text, see `digest_of`


def digest_of(text: str) -> bytes:
    """Return a digest of a text."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()


def faults_of_moved(value: Any) -> list[str]:
    """Return what is wrong with the JSON value of moved documents, each fault as the end of a sentence."""
    if not isinstance(value, list) or len(value) > MOST_MOVED:
        return [f"documents must be a list of at most {MOST_MOVED:,} documents"]
    return [
        f"a document must have a digest of 32 hexadecimal digits, and id_column and key, or null for both. "
        f"Got {shown(document)}"
        for document in value
        if not _is_document(document)
    ]


def _is_document(value: Any) -> bool:
    if not isinstance(value, dict) or set(value) != _FIELDS:
        return False
    column, key, digest = value["id_column"], value["key"], value["digest"]
    named = (column is None and key is None) or (_is_name(column) and _is_name(key))
    return named and isinstance(digest, str) and _DIGEST.fullmatch(digest) is not None


def _is_name(value: Any) -> bool:
    return is_text(value) and len(value) <= _LONGEST


def parse_moved(value: Iterable[Mapping[str, Any]]) -> tuple[MovedDocument, ...]:
    """Read the JSON value of moved documents that has no fault, each document once."""
    return tuple(dict.fromkeys(MovedDocument(one["id_column"], one["key"], one["digest"]) for one in value))


def moved_topics(
    moves: Mapping[MovedDocument, int], texts: Sequence[str], ids: Mapping[str, Sequence[Optional[str]]]
) -> list[int]:
    """Return the topic each document was moved to, -1 where it was not.

    Parameters
    ----------
    texts
        The texts of the documents.
    ids
        The ids of the documents by the name of their column. A move that names another column finds no document.
    """
    digests = {document.digest for document in moves}
    found = [-1] * len(texts)
    for row, text in enumerate(texts):
        digest = digest_of(text).hex()
        if digest not in digests:
            continue
        named = [MovedDocument(column, keys[row], digest) for column, keys in ids.items()]
        found[row] = next((moves[known] for known in (*named, MovedDocument(None, None, digest)) if known in moves), -1)
    return found


def id_columns(moves: Iterable[MovedDocument]) -> list[str]:
    """Return the names of the columns whose ids name moved documents."""
    return sorted({document.id_column for document in moves if document.id_column is not None})
