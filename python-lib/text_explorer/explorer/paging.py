"""Read the parameters of an address; a wrong one is answered by a sentence that says what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from text_explorer.explorer.errors import BadRequestError
from text_explorer.explorer.names import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, MAX_QUERY

# Value of ``topic`` that asks for the documents without a topic.
NO_TOPIC = "none"
# A larger topic, row or page number is a mistake or mischief, and SQLite's integers end somewhere.
_MAX_PLACE = 99_999_999_999


@dataclass(frozen=True)
class DocumentsRequest:
    """Which documents to list: those of a topic, those without one, or all; those found by a search; which page."""

    topic: int | str | None = None
    typed: str = ""
    page: int = 1
    size: int = DEFAULT_PAGE_SIZE


def documents_request(arguments: Mapping[str, str]) -> DocumentsRequest:
    """Read ``topic``, ``q``, ``page`` and ``size``.

    Raises
    ------
    BadRequestError
        Naming the first parameter that is wrong.
    """
    topic = arguments.get("topic", "")
    return DocumentsRequest(
        topic=topic if topic == NO_TOPIC else _integer("topic", topic, 0, _MAX_PLACE) if topic else None,
        typed=search_text(arguments),
        page=_integer("page", arguments.get("page", "1"), 1, _MAX_PLACE),
        size=_integer("size", arguments.get("size", str(DEFAULT_PAGE_SIZE)), 1, MAX_PAGE_SIZE),
    )


def search_text(arguments: Mapping[str, str]) -> str:
    """Read ``q``.

    Raises
    ------
    BadRequestError
        When it is too long.
    """
    typed = arguments.get("q", "")
    if len(typed) > MAX_QUERY:
        raise BadRequestError(f"A search may have at most {MAX_QUERY} characters. Got {len(typed)}.")
    return typed.replace("\0", " ")  # SQLite's full-text search ends at a NUL


def place(name: str, value: str) -> int:
    """Read a topic id or a row number from the path of an address.

    Raises
    ------
    BadRequestError
        When it is no whole number.
    """
    return _integer(name, value, 0, _MAX_PLACE)


def _integer(name: str, value: str, lowest: int, highest: int) -> int:
    number = int(value) if value.isascii() and value.isdigit() and len(value) <= 11 else -1
    if not lowest <= number <= highest:
        raise BadRequestError(f"'{name}' must be a whole number from {lowest} to {highest}. Got '{value[:40]}'.")
    return number
