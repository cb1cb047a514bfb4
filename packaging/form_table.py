"""Write into docs/forms.md what each form shows when it is opened, as its descriptor has it.

Usage: python packaging/form_table.py
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "packaging"), str(ROOT)]

from marked_part import with_part  # noqa: E402

from local_dss.descriptors.config_values import with_form_defaults  # noqa: E402
from local_dss.descriptors.visibility import is_visible  # noqa: E402

PAGE = ROOT / "docs" / "forms.md"
PART = "form table"
FORMS = [
    *sorted(ROOT.glob("custom-recipes/*/recipe.json")),
    *sorted(ROOT.glob("webapps/*/webapp.json")),
    *sorted(ROOT.glob("python-runnables/*/runnable.json")),
]


def main() -> None:
    """Bring the page up to date."""
    PAGE.write_text(with_table(PAGE.read_text("utf-8")), "utf-8")


def with_table(page: str) -> str:
    """Return a page with the current table between its two markers."""
    return with_part(page, PART, _table())


def fields_of(descriptor: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the params of a form that hold a value."""
    return [param for param in descriptor["params"] if param["type"] != "SEPARATOR"]


def shown_at_first(params: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the params that the form shows when it is opened for the first time."""
    values = with_form_defaults(params, {})
    return [param for param in params if is_visible(param.get("visibilityCondition"), values)]


def _table() -> str:
    rows = []
    for path in FORMS:
        descriptor = json.loads(path.read_text("utf-8"))
        fields = fields_of(descriptor)
        shown = shown_at_first(fields)
        longest = max(len(field["description"]) for field in fields)
        labels = ", ".join(field["label"] for field in shown)
        rows.append(f"| {descriptor['meta']['label']} | {len(shown)} | {len(fields)} | {longest} | {labels} |")
    head = "| Form | Fields at first | All fields | Longest help | At first |\n|---|---|---|---|---|"
    return "\n".join([head, *sorted(rows)])


if __name__ == "__main__":
    main()
