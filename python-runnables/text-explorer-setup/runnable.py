"""Set up a text exploration: from one dataset to a built flow and its webapp."""

import dataiku
from dataiku.runnables import ResultTable, Runnable

from text_explorer.dss.setup.exploration import prepare_exploration

COLUMNS = {"kind": "Object", "name": "Name", "outcome": "What happened", "link": "Address on the instance"}


class SetUpExploration(Runnable):
    """The macro, as DSS runs it."""

    def __init__(self, project_key, config, plugin_config):
        self._builder = prepare_exploration(dataiku.api_client(), project_key, config)

    def get_progress_target(self):
        """Return the number of steps."""
        return self._builder.n_steps, "NONE"

    def run(self, progress_callback):
        """Make everything, and return a row for each object."""
        table = ResultTable()
        for name, label in COLUMNS.items():
            table.add_column(name, label, "STRING")
        for row in self._builder.run(progress_callback):
            table.add_record([getattr(row, name) for name in COLUMNS])
        return table
