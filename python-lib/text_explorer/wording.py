"""Words of messages that depend on a number."""

from __future__ import annotations

from typing import Optional


def plural(n: int, one: str, many: Optional[str] = None) -> str:
    """Return a number with its noun, the plural of which ends in "s" unless it is given: 1 topic, 1,234 topics."""
    return f"{n:,} {one if n == 1 else many or f'{one}s'}"
