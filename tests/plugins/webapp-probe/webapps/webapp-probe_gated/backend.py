import json
import os
import subprocess
import sys
import time

GATE = json.loads(os.environ["DKU_CUSTOM_WEBAPP_CONFIG"])["gate"]

while not os.path.exists(GATE):
    time.sleep(0.02)


@app.route("/where")  # noqa: F821
def where():
    return "past the gate"


@app.route("/child")  # noqa: F821
def child():
    started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    return str(started.pid)
