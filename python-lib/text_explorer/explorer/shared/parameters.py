"""Parse the parameters of an address; a wrong one raises a ``BadRequestError`` that names what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Optional

from text_explorer.explorer.shared.errors import BadRequestError
from text_explorer.explorer.shared.roles import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, MAX_QUERY
from text_explorer.topics.edits.splits import FEWEST_PARTS, MOST_PARTS

# Value of ``topic`` that asks for the documents without a topic.
NO_TOPIC = "none"
# Orders of documents; a hyphen means falling. The dataset's order is the default, in a topic the most typical first.
BY_ROW, BY_FALLING_PROBABILITY, BY_MATCH, BY_EXPLAINED = "row", "-probability", "match", "explained"
SORTS = (BY_ROW, BY_MATCH, BY_EXPLAINED, "probability", BY_FALLING_PROBABILITY, "date", "-date")
# A larger topic, row or page number is a mistake or mischief, and SQLite's integers end somewhere.
_MAX_PLACE = 99_999_999_999
LONGEST_TRIED = 100_000
"""Characters; what people paste is shorter, and each is answered by some bytes."""


@dataclass(frozen=True)
class Page:
    """Which page of a list is asked for, counted from 1, and how many entries it has."""

    number: int = 1
    size: int = DEFAULT_PAGE_SIZE

    def of(self, total: int) -> dict[str, Any]:
        """Return the part of an answer that locates the page in its list."""
        return {"total": total, "page": self.number, "size": self.size, "pages": max(1, -(-total // self.size))}

    @property
    def stretch(self) -> slice:
        """Place of the page in the list."""
        start = (self.number - 1) * self.size
        return slice(start, start + self.size)


def parse_page(arguments: Mapping[str, str]) -> Page:
    """Read ``page`` and ``size``."""
    return Page(
        integer("page", arguments.get("page", "1"), 1, _MAX_PLACE),
        integer("size", arguments.get("size", str(DEFAULT_PAGE_SIZE)), 1, MAX_PAGE_SIZE),
    )


def parse_sort(arguments: Mapping[str, str]) -> Optional[str]:
    """Read ``sort``, None where nothing is given."""
    return choice("sort", arguments.get("sort", ""), SORTS) or None


def choice(name: str, value: str, allowed: tuple[str, ...]) -> str:
    """Read a parameter of few values; "" where nothing is given."""
    if value and value not in allowed:
        raise BadRequestError(f"'{name}' must be one of {', '.join(allowed)}. Got '{value[:40]}'.")
    return value


def search_text(arguments: Mapping[str, str], name: str = "q") -> str:
    """Read what was typed into the search field."""
    typed = arguments.get(name, "")
    if len(typed) > MAX_QUERY:
        raise BadRequestError(f"A search may have at most {MAX_QUERY} characters. Got {len(typed)}.")
    return typed.replace("\0", " ")  # SQLite's full-text search ends at a NUL


def text_to_try(request: Mapping[str, Any]) -> str:
    """Read the text a page sends."""
    text = request.get("text")
    if not isinstance(text, str) or not text.strip():
        raise BadRequestError("Type or paste a text first.")
    if len(text) > LONGEST_TRIED:
        raise BadRequestError(f"A text to try may have at most {LONGEST_TRIED:,} characters. Got {len(text):,}.")
    return text.encode("utf-8", "replace").decode("utf-8")  # halves of characters cannot be sent back


def place(name: str, value: str) -> int:
    """Read a topic id, a column's number or a row number."""
    return integer(name, value, 0, _MAX_PLACE)


def integer(name: str, value: str, lowest: int, highest: int) -> int:
    """Read a whole number."""
    number = int(value) if value.isascii() and value.isdigit() and len(value) <= 11 else -1
    if not lowest <= number <= highest:
        raise BadRequestError(f"'{name}' must be a whole number from {lowest} to {highest}. Got '{value[:40]}'.")
    return number


class SplitRequest(NamedTuple):
    """Which topic to split, and into how many parts."""

    topic: int
    n_parts: int


def split_request(arguments: Mapping[str, str]) -> SplitRequest:
    """Read ``topic`` and ``parts``."""
    n_parts = integer("parts", arguments.get("parts", str(FEWEST_PARTS)), FEWEST_PARTS, MOST_PARTS)
    return SplitRequest(place("topic", arguments.get("topic", "")), n_parts)
