import os
import subprocess

from dataiku.runnables import Runnable


class SleepRunnable(Runnable):
    def __init__(self, project_key, config, plugin_config):
        self.pid_file = config["pid_file"]

    def get_progress_target(self):
        return 4, "FILES"

    def run(self, progress_callback):
        progress_callback(1)
        child = subprocess.Popen(["sleep", "600"])
        with open(self.pid_file + ".part", "w") as stream:
            stream.write(f"{os.getpid()} {child.pid}")
        os.replace(self.pid_file + ".part", self.pid_file)
        child.wait()
