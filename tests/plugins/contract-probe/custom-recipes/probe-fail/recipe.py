"""Fail in the way the settings ask for."""

import os
import signal
import subprocess
import sys

from dataiku.customrecipe import get_recipe_config
from probe_tools.faults import refuse

config = get_recipe_config()
how = config["how"]
print("printed before failing")
print("logged before failing", file=sys.stderr)
if how == "error":
    refuse("Number of topics must be at least 2.\nGot 1.")
if how == "exit":
    sys.exit("gave up")
if how == "worker left behind":
    work = "import pathlib, sys, time; time.sleep(60); pathlib.Path(sys.argv[1]).touch()"
    subprocess.Popen([sys.executable, "-c", work, config["mark"]])
if how == "exit 0":
    sys.exit(0)
if how == "vanish":
    sys.stdout.write("no line end")
    sys.stdout.flush()
    os._exit(7)
if how == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
