"""Names of projects and objects, and paths inside folders: checked here, so that nothing escapes the home folder."""

from __future__ import annotations

import hashlib
import re
import secrets
from urllib.parse import quote, unquote

from .errors import StorageError

_OBJECT_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_MAX_NAME_LENGTH = 200  # a file name may hold 255 bytes on usual filesystems
_FOLDER_ID_LENGTH = 8  # as the ids DSS draws
_ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def check_name(name: object, what: str) -> str:
    """Return a project, dataset or folder name that is safe as a file name; `what` names its kind in the message."""
    if not isinstance(name, str) or not is_name(name):
        raise StorageError(f'A {what} is named with letters, digits, "_" and "-", at most 200. Got {name!r}.')
    return name


def is_name(name: object) -> bool:
    """Return whether a project, dataset or folder may have this name."""
    return isinstance(name, str) and bool(_OBJECT_NAME.fullmatch(name)) and len(name) <= _MAX_NAME_LENGTH


def split_name(name: object, default_project: str, what: str) -> tuple[str, str]:
    """Split ``KEY.name``, or a bare ``name`` of the default project, into project key and name, both checked."""
    text = name if isinstance(name, str) else str(name)
    project, dot, short = text.partition(".")
    if not dot:
        project, short = default_project, text
    return check_name(project, "project"), check_name(short, what)


def folder_id(project_key: str, folder_name: str) -> str:
    """Compute the id of a managed folder: eight letters or digits, as in DSS, always the same for a name."""
    digest = int.from_bytes(hashlib.sha256(f"{project_key}.{folder_name}".encode()).digest()[:16], "big")
    letters = []
    for _ in range(_FOLDER_ID_LENGTH):
        digest, index = divmod(digest, len(_ID_ALPHABET))
        letters.append(_ID_ALPHABET[index])
    return "".join(letters)


def random_id() -> str:
    """Draw an id as DSS does for what may share its name with others: eight letters or digits."""
    return "".join(secrets.choice(_ID_ALPHABET) for _ in range(_FOLDER_ID_LENGTH))


def split_folder_path(path: object) -> list[str]:
    """Split a path inside a managed folder into its parts, none for the root; the leading ``/`` is optional."""
    if not isinstance(path, str):
        raise StorageError(f"A path inside a folder is text. Got {path!r}.")
    parts = [part for part in path.split("/") if part]
    if any(part in (".", "..") or "\x00" in part or "\\" in part for part in parts):
        raise StorageError(f'The path {path!r} is not allowed inside a folder: no "..", "." or backslash.')
    return parts


def partition_file_name(partition: str) -> str:
    """Return the file name of a partition's rows; any identifier is possible."""
    return quote(partition, safe="|").replace(".", "%2E") + ".csv"


def partition_of_file(file_name: str) -> str:
    """Return the partition identifier of a file name made by `partition_file_name`."""
    return unquote(file_name[: -len(".csv")])
