"""Topics and summaries of a column of text: the library behind the Text Explorer plugin of Dataiku DSS."""

import json
from pathlib import Path

# The plugin's folder, as the zip has it: plugin.json beside python-lib.
__version__: str = json.loads((Path(__file__).parents[2] / "plugin.json").read_text("utf-8"))["version"]
