"""Sleep, beside a process of its own, until a file exists."""

import os
import subprocess
import sys
import time

from dataiku.customrecipe import get_recipe_config

worker = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(f"processes {os.getpid()} {worker.pid}")
while not os.path.exists(get_recipe_config()["until"]):
    time.sleep(0.02)
