"""The text a reader typed or pasted to be tried, within bounds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from text_explorer.explorer.shared.errors import BadRequestError

LONGEST_TRIED = 100_000
"""Characters; what people paste is shorter, and each is answered by some bytes."""


def text_to_try(request: Mapping[str, Any]) -> str:
    """Read the text a page sends.

    Raises
    ------
    BadRequestError
        Where there is none, or it is too long.
    """
    text = request.get("text")
    if not isinstance(text, str) or not text.strip():
        raise BadRequestError("Type or paste a text first.")
    if len(text) > LONGEST_TRIED:
        raise BadRequestError(f"A text to try may have at most {LONGEST_TRIED:,} characters. Got {len(text):,}.")
    return text.encode("utf-8", "replace").decode("utf-8")  # halves of characters cannot be sent back
