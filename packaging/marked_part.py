"""Replace a part of a page of the docs that a script writes."""

from __future__ import annotations


def with_part(page: str, part: str, text: str) -> str:
    """Return a page with another text between ``<!-- part: start -->`` and ``<!-- part: end -->``."""
    start, end = (f"<!-- {part}: {edge} -->" for edge in ("start", "end"))
    before, _, rest = page.partition(start)
    _, found, after = rest.partition(end)
    if not found:
        raise SystemExit(f"The page must contain the lines {start} and {end}, in this order.")
    return f"{before}{start}\n{text}\n{end}{after}"
