"""The words people put on the list of stop words for the next training, kept below ``stop_words/`` of the model folder.

Each saving is a file of its own that adds words and takes others off. Words that differ in case alone are one. Where a
dataset is set, it holds the list as it stands, its words first, as the recipe Discover topics reads them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from text_explorer.columns import Column
from text_explorer.errors import DataError, SettingsError
from text_explorer.explorer.shared.errors import BadRequestError
from text_explorer.explorer.shared.remembered import Remembered
from text_explorer.explorer.shared.source import NOT_SIGNED_IN, STOP_WORDS, Source, Visitor
from text_explorer.explorer.shared.write_lock import WriteLock
from text_explorer.topics.edits.edit_files import is_author
from text_explorer.topics.files import append_only_log
from text_explorer.topics.files.append_only_log import (
    AppendOnlyLog,
    damaged,
    parse_entry_file,
    read_time,
    utc_now,
)
from text_explorer.topics.files.checked_json import OVERRIDES, is_safe_line, one_line, shown

NO_FOLDER = "There is no model folder to save the list in. Select 'Model' in the settings of this webapp."
MOST_WORDS, MOST_LISTED = 500, 10_000
LONGEST_TERM = 100
"""Characters; a longer word is never a term, see `corpus.terms`."""

COLUMNS = [
    Column("stop_word", "string", "Word to leave out, for 'Stop words' of 'Discover topics'"),
    Column("author", "string", "Login of the person who added it in the webapp"),
    Column("time", "date", "When"),
]  # fmt: skip


@dataclass(frozen=True)
class ListChange:
    """Words put on the list and words taken off it, by whom and when."""

    add: tuple[str, ...]
    remove: tuple[str, ...]
    author: str
    time: str


@dataclass(frozen=True)
class ListedWord:
    """A word on the list, and who put it there when."""

    word: str
    author: str
    time: str


class StopWordLog:
    """The list in a source's model folder; threads may share it."""

    def __init__(self, source: Source, writing: WriteLock, clock: Callable[[], datetime] = utc_now):
        self._source = source
        self._log = AppendOnlyLog(source, append_only_log.STOP_WORDS, parse_change)
        self._files = Remembered(self._log.read, 0)
        self._clock = clock
        self._writing = writing

    def words(self) -> tuple[list[ListedWord], tuple[str, ...]]:
        """Return the list, the newest words first, and a sentence for each file that could not be read."""
        files, warnings = self._files.get(fresh=True)
        listed: dict[str, ListedWord] = {}
        for change in files.values():
            for word in change.remove:
                listed.pop(word.casefold(), None)
            for word in change.add:
                listed.setdefault(word.casefold(), ListedWord(word, change.author, change.time))
        return list(listed.values())[::-1], warnings

    def change(self, request: Mapping[str, Any], author: Visitor) -> str | None:
        """Add to the log what a page sends, ``add`` and ``remove``, lists of words, and write the dataset of the list.

        Returns
        -------
        str or None
            A sentence where the list is saved, but not in its dataset.

        Raises
        ------
        BusyError
            Where DSS is still storing what somebody else wrote.
        """
        add, remove = _words("add", request.get("add")), _words("remove", request.get("remove"))
        if not add and not remove:
            raise BadRequestError("There is no word to add or remove.")
        with self._writing.held():
            if len(self.words()[0]) + len(add) > MOST_LISTED:
                raise BadRequestError(f"The list can have at most {MOST_LISTED:,} words.")
            self._log.add({"author": author.login, "add": add, "remove": remove}, self._clock())
            return self._write_dataset()

    def _write_dataset(self) -> str | None:
        """Write the list into its dataset, where one is set; return a sentence on what went wrong."""
        if self._source.dataset_name(STOP_WORDS) is None:
            return None
        try:
            rows = [(entry.word, entry.author, read_time(entry.time)) for entry in reversed(self.words()[0])]
            self._source.write_table(STOP_WORDS, COLUMNS, rows)
        except (DataError, SettingsError) as fault:
            return f"The list is saved in the model folder, but not in the dataset. {fault}"
        return None


def stop_words_answer(source: Source, log: StopWordLog, visitor: Visitor | None) -> dict[str, Any]:
    """Return the list as the page shows it, and whether the visitor may change it."""
    reason = NO_FOLDER if source.manifest() is None else NOT_SIGNED_IN if visitor is None else None
    words, warnings = log.words()
    return {
        "words": [{"word": entry.word, "author": entry.author, "time": entry.time} for entry in words],
        "writable": {"on": reason is None, "reason": reason},
        "dataset": source.dataset_name(STOP_WORDS),
        "warnings": list(warnings),
    }


def parse_change(path: str, content: bytes) -> ListChange:
    """Parse a file of the log; one that is damaged or of a newer format is a ``DataError``."""
    entry = parse_entry_file(path, content)
    author, time = entry.get("author", ""), entry.get("time", "")
    if not is_author(author) or read_time(time) is None:
        raise damaged(path, "author must be a text and time a time in UTC")
    try:
        add, remove = _words("add", entry.get("add")), _words("remove", entry.get("remove"))
    except BadRequestError as error:
        raise damaged(path, str(error).rstrip(".")) from error
    return ListChange(tuple(add), tuple(remove), one_line(author), time)


def _words(name: str, given: object) -> list[str]:
    """Check a list of words; each is stripped, composed (NFC) and kept once."""
    if given is None:
        return []
    if not isinstance(given, list) or len(given) > MOST_WORDS:
        raise BadRequestError(f"'{name}' must be a list of at most {MOST_WORDS} words.")
    words = [_word(name, word) for word in given]
    return list({word.casefold(): word for word in reversed(words)}.values())[::-1]


def _word(name: str, given: object) -> str:
    text = given.translate(OVERRIDES) if isinstance(given, str) else ""
    word = " ".join(unicodedata.normalize("NFC", text).split())
    if not any(map(str.isalnum, word)) or len(word) > LONGEST_TERM or not is_safe_line(word):
        raise BadRequestError(
            f"Each word of '{name}' must be a text of letters or digits, at most {LONGEST_TERM} characters. "
            f"Got {shown(given)}."
        )
    return word
