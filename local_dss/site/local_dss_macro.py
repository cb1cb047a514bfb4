"""Bootstrap of a macro's process: ``python local_dss_macro.py RUN_FOLDER``.

``request.json`` of the folder holds the code, its import path, the params and the type of result. The process writes
``progress.json`` while it runs, and ``result`` or ``error.json`` at its end. The instance holds the other end of
standard input: when it closes, the instance is gone and the process ends with all it started.
"""

from __future__ import annotations

import inspect
import json
import os
import shutil
import signal
import sys
import threading
import traceback
import types
from pathlib import Path
from typing import Any, Optional

from dataiku.runnables import ResultTable, Runnable

_STANDARD_INPUT = 0
_JSON_TYPES = ("JSON_OBJECT", "FOLDER_FILE")
_TEXT_TYPES = ("HTML", "URL")


def main() -> int:
    """Run the macro of the folder named on the command line; return the exit code."""
    folder = Path(sys.argv[1])
    request = json.loads((folder / "request.json").read_text(encoding="utf-8"))
    threading.Thread(target=_end_with_the_instance, args=(folder,), daemon=True).start()
    sys.path.append(request["pythonLib"])
    sys.argv = [request["code"]]
    try:
        macro_class = _macro_class(request["code"])
        macro = macro_class(request["projectKey"], request["config"], request["pluginConfig"])
        progress = _Progress(folder, macro.get_progress_target())
        content = _content_of(macro.run(progress), request["resultType"])
    except BaseException as error:  # noqa: BLE001, whatever stops the macro is its failure, reported to the instance
        traceback.print_exc()
        _write(folder / "error.json", json.dumps({"type": type(error).__name__, "message": str(error)}).encode())
        return 1
    _write(folder / "result", content)
    return 0


class _Progress:
    """The function that a macro is handed, called with the number of steps that are done."""

    def __init__(self, folder: Path, target: Optional[tuple[int, Optional[str]]]):
        self._file = folder / "progress.json"
        self._target, self._unit = target or (0, None)
        self(0)

    def __call__(self, done: float) -> None:
        state = {"name": "Running", "target": self._target, "cur": done, "unit": self._unit or "NONE"}
        _write(self._file, json.dumps(state).encode())


def _macro_class(code_file: str) -> type[Runnable]:
    """Execute the code; return the one subclass of ``Runnable`` among its names."""
    module = types.ModuleType("dss_macro")
    module.__file__ = code_file
    sys.modules[module.__name__] = module
    exec(compile(Path(code_file).read_bytes(), code_file, "exec"), module.__dict__)
    found = {
        value
        for value in vars(module).values()
        if inspect.isclass(value) and issubclass(value, Runnable) and value is not Runnable
    }
    if len(found) != 1:
        names = ", ".join(sorted(item.__name__ for item in found)) or "none"
        raise TypeError(f"The code of a macro must hold one subclass of Runnable. Found: {names}.")
    return found.pop()


def _content_of(result: Any, result_type: str) -> bytes:
    """Return a result as its type is sent."""
    if result_type == "NONE":
        return b""
    if result_type == "RESULT_TABLE":
        if not isinstance(result, ResultTable):
            raise TypeError(f"A macro with the result type RESULT_TABLE must return a ResultTable. Got {result!r}.")
        return json.dumps({"name": result.name, "columns": result.columns, "records": result.records}).encode()
    if result_type in _JSON_TYPES:
        return json.dumps(json.loads(result) if isinstance(result, str) else result).encode()
    if result_type not in _TEXT_TYPES and isinstance(result, bytes):
        return result
    if not isinstance(result, str):
        raise TypeError(f"A macro with the result type {result_type} must return a text. Got {result!r}.")
    return result.encode()


def _write(path: Path, content: bytes) -> None:
    """Write a file in one step, so that the instance never reads half of it."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_bytes(content)
    os.replace(unfinished, path)


def _end_with_the_instance(folder: Path) -> None:
    while os.read(_STANDARD_INPUT, 1024):
        pass
    shutil.rmtree(folder, ignore_errors=True)
    os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
