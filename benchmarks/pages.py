"""Write what was measured into a page of the docs, between two comments that stay."""

from __future__ import annotations

from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"


def replace_part(page: str, part: str, text: str) -> None:
    """Replace the text between ``<!-- part: start -->`` and ``<!-- part: end -->``."""
    path = DOCS / page
    content = path.read_text("utf-8")
    start, end = (f"<!-- {part}: {edge} -->" for edge in ("start", "end"))
    first, last = content.index(start) + len(start), content.index(end)
    path.write_text(f"{content[:first]}\n{text}\n{content[last:]}", "utf-8")
