"""Python interpreters of the machine, by the names DSS has for them, such as ``PYTHON311``."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import Any, Optional

from local_dss.errors import LocalDssError

_NAME = re.compile(r"PYTHON(\d)(\d+)")
_SECONDS_TO_START = 30
CURRENT = f"PYTHON{sys.version_info[0]}{sys.version_info[1]}"


def choose_interpreter(
    descriptor: dict[str, Any], asked: Optional[str], *, only_current: bool = False
) -> tuple[str, str]:
    """Return name and path of an interpreter that a plugin accepts: the one asked for, else the first there is.

    `descriptor` is the ``desc.json`` of the plugin's environment; with `only_current`, the machine counts as having
    only the interpreter that runs this process. `LocalDssError` names what is accepted, and what of it there is.
    """
    accepted = list(descriptor.get("acceptedPythonInterpreters") or [CURRENT])
    if asked and asked not in accepted:
        raise LocalDssError(f"The plugin does not accept {asked}. It accepts {', '.join(accepted)}.")
    candidates = [asked] if asked else accepted
    for name in candidates:
        path = _find(name, only_current=only_current)
        if path is not None:
            return name, path
    there = [name for name in accepted if _find(name, only_current=only_current)]
    raise LocalDssError(
        f"This instance has no {' or '.join(candidates)}. The plugin accepts {', '.join(accepted)}, "
        f"of which this instance has {', '.join(there) or 'none'}."
    )


def _find(name: str, *, only_current: bool) -> Optional[str]:
    """Return the path of an interpreter that starts and is of the version of its name, or None."""
    if name == CURRENT:
        return sys.executable
    version = _NAME.fullmatch(name)
    path = shutil.which(f"python{version[1]}.{version[2]}") if version and not only_current else None
    if path is None or version is None:
        return None
    command = [path, "-c", "import sys; print('PYTHON%d%d' % sys.version_info[:2])"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS_TO_START)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return path if done.stdout.strip() == name else None
