"""The job this process runs: inputs and outputs as DSS declares them in ``DKUFLOW_SPEC``; None outside a job."""

from __future__ import annotations

import json
import os
from typing import Any, Optional

from .errors import DssError

_SPEC = os.environ.get("DKUFLOW_SPEC")
FLOW: Optional[dict[str, Any]] = json.loads(_SPEC) if _SPEC else None


def flow_items(direction: str) -> list[dict[str, Any]]:
    """Return the declared inputs (``in``) or outputs (``out``) of the job."""
    if FLOW is None:
        raise DssError("There is no recipe running: inputs and outputs are only known inside a job.")
    return FLOW[direction]


def find_item(direction: str, *names: str) -> Optional[dict[str, Any]]:
    """Return the first declared item whose smart or full name is among the names, or None."""
    for item in flow_items(direction):
        if item["smartName"] in names or item["fullName"] in names:
            return item
    return None
