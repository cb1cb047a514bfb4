"""The interface to the datasets and the model folder: DSS implements it, and tests with lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from text_explorer.columns import Column

EDITS = "edits"
STOP_WORDS = "stop_words"
WRITABLE_ROLES = {EDITS: "Edits", STOP_WORDS: "Stop words"}
"""Settings that name datasets only the webapp writes, with their labels."""

NOT_SIGNED_IN = "You are not signed in, so nothing can be saved. Sign in to DSS, then load the page again."


class Visitor(NamedTuple):
    """The visitor of the page, as the host of the webapp knows them; never what the browser claims."""

    login: str
    name: str


class Source(Protocol):
    """The datasets chosen in the webapp's settings, by role, its model folder, and its visitors.

    Each method may raise ``SettingsError`` or ``DataError`` with a sentence for the reader.
    """

    def config(self) -> dict[str, Any]:
        """Return the webapp's settings."""

    def identity(self) -> str:
        """Return a text that names the webapp and its datasets on this machine, without asking for anything."""

    def state(self) -> str:
        """Return a text that differs whenever the data differ, also from those of another webapp."""

    def manifest(self) -> dict[str, Any] | None:
        """Return the model folder's manifest, or None when no folder is set."""

    def dataset_name(self, role: str) -> str | None:
        """Return the name of a role's dataset, or None when none is set."""

    def columns(self, role: str) -> list[str]:
        """Return the column names of a role's dataset."""

    def rows(self, role: str, columns: Sequence[str]) -> Iterator[Sequence[Any]]:
        """Yield the rows of a role's dataset in their order, each with the cells of ``columns``."""

    def model_file(self, path: str) -> bytes | None:
        """Return a file of the model folder, None where it or the folder is missing."""

    def model_paths(self, prefix: str) -> list[str]:
        """Return the paths of the model folder that begin so, sorted, without a leading slash; none without a folder.

        The files of a log never change, so its readers list the paths and read only the new ones.
        """

    def model_files(self, prefix: str) -> dict[str, bytes]:
        """Return the content of the files whose paths begin so, by path, in the order of the paths."""

    def add_model_file(self, path: str, content: bytes) -> None:
        """Put a new file into the model folder; nothing that is there is changed."""

    def write_table(self, role: str, columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> None:
        """Replace the rows of the dataset of a role the webapp may write; None is an empty cell.

        A dataset that has other columns is refused, so that what a recipe or a person wrote is never overwritten.
        """

    def visitor(self, headers: Mapping[str, str]) -> Visitor | None:
        """Return who sent a request with these headers, None where the sender is not signed in."""
