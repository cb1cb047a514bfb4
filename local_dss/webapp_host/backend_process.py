"""Run one backend process of a webapp; the host starts this file by its path, once per process.

Like DSS, it makes the Flask object that ``backend.py`` finds as its global ``app`` and answers the readiness probe
``/__ping`` on that object. A ``backend.py`` that makes a Flask object of its own is served without that probe, so it
never becomes ready: the fault shows here as it does on an instance.

The host holds the other end of standard input. When it closes, the host is gone and the process ends.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import shutil
import signal
import sys
import threading
import types
from pathlib import Path

from flask import Flask
from werkzeug.serving import make_server

PING_PATH = "/__ping"
STANDARD_INPUT = 0
# Not "__main__": a guarded block of backend.py does not run on an instance either.
BACKEND_MODULE_NAME = "dss_webapp_backend"

logger = logging.getLogger("local_dss.backend")


def parse_arguments() -> argparse.Namespace:
    """Read the command line the host wrote."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--backend", required=True, help="path of backend.py")
    parser.add_argument("--python-lib", required=True, help="folder to append to the import path")
    parser.add_argument("--port-file", required=True, help="file that receives the port")
    return parser.parse_args()


def set_import_path(python_lib: str) -> None:
    """Append the plugin's ``python-lib``, as DSS does, and hide the host's own modules from the backend."""
    host_folder = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != host_folder]
    sys.path.append(python_lib)


def end_with_the_host(folder: Path) -> None:
    """End this process and those it started when the host closes standard input, and delete the process's folder."""

    def wait_for_the_end() -> None:
        # The bare descriptor: a buffered reader would hold a lock that upsets the interpreter when it exits.
        while os.read(STANDARD_INPUT, 1024):
            pass
        shutil.rmtree(folder, ignore_errors=True)
        os.killpg(os.getpgrp(), signal.SIGKILL)

    threading.Thread(target=wait_for_the_end, name="host-watch", daemon=True).start()


def make_given_app() -> Flask:
    """Create the Flask object handed to ``backend.py``, which answers the readiness probe ``/__ping``."""
    app = Flask("dss_webapp")

    @app.route(PING_PATH)
    def ping() -> str:
        return "pong"

    return app


def execute_backend(path: Path, given_app: Flask) -> Flask:
    """Execute ``backend.py`` with ``app`` and ``json`` in its globals; return what ``app`` holds afterwards."""
    module = types.ModuleType(BACKEND_MODULE_NAME)
    module.__file__ = str(path)
    module.__dict__["app"] = given_app
    module.__dict__["json"] = json  # the code samples of DSS use it without importing it
    sys.modules[BACKEND_MODULE_NAME] = module
    exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)
    app = getattr(module, "app", given_app)
    if app is not given_app:
        logger.warning(
            "backend.py replaced the Flask object it was given: the new one does not answer %s, "
            "so this backend never becomes ready. Use the global name app instead.",
            PING_PATH,
        )
    return app


def write_port(port_file: Path, port: int) -> None:
    """Write the port in one step, so that the host never reads half of it."""
    unfinished = port_file.with_suffix(".unfinished")
    unfinished.write_text(str(port), encoding="ascii")
    os.replace(unfinished, port_file)


def main() -> None:
    """Execute the backend and serve it until the host ends it."""
    arguments = parse_arguments()
    end_with_the_host(Path(arguments.port_file).parent)
    set_import_path(arguments.python_lib)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("werkzeug").setLevel(logging.WARNING)

    app = execute_backend(Path(arguments.backend), make_given_app())
    server = make_server("127.0.0.1", 0, app, threaded=True)
    write_port(Path(arguments.port_file), server.port)
    server.serve_forever()


if __name__ == "__main__":
    main()
