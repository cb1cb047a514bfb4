"""Bootstrap of a recipe process: ``python local_dss_recipe.py RECIPE_PY PYTHON_LIB ERROR_JSON``.

Runs the recipe as ``__main__`` with the plugin's ``python-lib`` last on the path, as DSS does, so that installed
packages win over it. What makes the recipe fail is printed with its traceback and left in ERROR_JSON.
"""

import ctypes
import json
import signal
import sys
import traceback
import types
from typing import Optional

_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of <sys/prctl.h>


def main() -> int:
    """Run the recipe named on the command line; return the exit code."""
    _end_with_host()
    recipe_path, python_lib, error_path = sys.argv[1:4]
    sys.path.append(python_lib)
    sys.argv = [recipe_path]
    try:
        with open(recipe_path, encoding="utf-8") as stream:
            code = compile(stream.read(), recipe_path, "exec")
        module = types.ModuleType("__main__")
        module.__file__ = recipe_path
        module.__dict__["__builtins__"] = __builtins__
        sys.modules["__main__"] = module
        exec(code, module.__dict__)
    except SystemExit as stop:
        if stop.code in (None, 0):
            return 0
        _report(stop, recipe_path, error_path)
        return 1
    except BaseException as error:  # noqa: BLE001, whatever stops the recipe is the job's failure, reported to the host
        _report(error, recipe_path, error_path)
        return 1
    finally:
        _stop_spark()
    return 0


def _stop_spark() -> None:
    """End the Spark application of the recipe, if it has one: its executors and their files go with it."""
    if "pyspark" in sys.modules and sys.modules["pyspark"].SparkContext._active_spark_context is not None:
        sys.modules["pyspark"].SparkContext._active_spark_context.stop()


def _end_with_host() -> None:
    """Let Linux end this process when its host is killed: a recipe without a job would go on writing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def _report(error: BaseException, recipe_path: str, error_path: str) -> None:
    """Print the traceback without this file's frames and leave the short form for the host."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
    traceback.print_exception(type(error), error, _skip_bootstrap(error.__traceback__))
    lines = [frame.lineno for frame in frames if frame.filename == recipe_path]
    if not lines and isinstance(error, SyntaxError) and error.filename == recipe_path:
        lines = [error.lineno]
    content = {"line": lines[0] if lines else None, "type": str(type(error)), "message": str(error)}
    with open(error_path, "w", encoding="utf-8", errors="replace") as stream:
        json.dump(content, stream)


def _skip_bootstrap(trace: Optional[types.TracebackType]) -> Optional[types.TracebackType]:
    while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    return trace


if __name__ == "__main__":
    sys.exit(main())
