import os
import sys

import dataiku
from dataiku.runnables import Runnable
from instance_probe import dataset_names


class DescribeRunnable(Runnable):
    def __init__(self, project_key, config, plugin_config):
        self.given = {"project": project_key, "config": config, "plugin_config": plugin_config}

    def run(self, progress_callback):
        return {
            **self.given,
            "user": dataiku.api_client().get_auth_info()["authIdentifier"],
            "datasets": dataset_names(),
            "last_on_path": os.path.basename(sys.path[-1]),
            "files": os.listdir(),
        }
