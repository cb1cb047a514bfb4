"""mypy checks all types strictly: what has none is refused."""

from __future__ import annotations

import re
from pathlib import Path

from mypy import api

ROOT = Path(__file__).parents[3]
PROBE = ROOT / "python-lib" / "text_explorer" / "errors.py"  # imports nothing of ours, so that mypy is quick
PUBLIC_FUNCTIONS = """

def no_types(x):
    return 2 * x

def no_result(x: int):
    return 2 * x

def any_list(x: list) -> int:
    return 2 * len(x)

def all_types(x: int) -> int:
    return 2 * x
"""


def test_public_functions_with_missing_types_are_refused(tmp_path):
    shadow = tmp_path / "errors.py"
    shadow.write_text(PROBE.read_text("utf-8") + PUBLIC_FUNCTIONS, "utf-8")
    options = ["--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(tmp_path / "cache")]
    printed, _, _ = api.run([*options, "--shadow-file", str(PROBE), str(shadow), str(PROBE)])
    assert re.findall(r"error: (.*)", printed) == [
        "Function is missing a type annotation  [no-untyped-def]",
        "Function is missing a return type annotation  [no-untyped-def]",
        'Missing type arguments for generic type "list"  [type-arg]',
    ]
