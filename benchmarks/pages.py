"""Write what was measured into a page of the docs, between two comments that stay."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "packaging"))

from marked_part import with_part  # noqa: E402


def replace_part(page: str, part: str, text: str) -> None:
    """Replace a part of a page; see `with_part`."""
    path = ROOT / "docs" / page
    path.write_text(with_part(path.read_text("utf-8"), part, text), "utf-8")
