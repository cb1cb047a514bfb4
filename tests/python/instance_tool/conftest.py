"""The tool, run in this process with the real client."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from instance.__main__ import main
from instance.report import Report
from tests.python.instance_support.running_instance import KEY

ENVIRONMENT = "code-env/python"
MACRO = """
import dataiku
from dataiku.runnables import ResultTable, Runnable


class Setup(Runnable):
    def __init__(self, project_key, config, plugin_config):
        self.project, self.config = dataiku.api_client().get_project(project_key), config

    def get_progress_target(self):
        return 2, "NONE"

    def run(self, progress):
        script = self.project.get_variables()["standard"].get("script", {})
        if "error" in script:
            raise ValueError(script["error"])
        table = ResultTable()
        for name in ("kind", "name", "outcome", "link"):
            table.add_column(name, name.title(), "STRING")
        table.add_record(["form", str(sorted(self.config.items())), "read", ""])
        for row in script.get("rows", []):
            table.add_record(row)
        return table
"""
RUNNABLE = {"meta": {"label": "Set up"}, "permissions": ["WRITE_CONF"], "resultType": "RESULT_TABLE", "params": []}


@dataclass(frozen=True)
class Done:
    """One run of the tool."""

    code: int
    text: str


@pytest.fixture
def tool(tmp_path):
    """Return a function that runs one command on an address with a key, which no run may print."""

    def run(url: str, *words: str, key: str = KEY) -> Done:
        key_file, stream = tmp_path / "key", io.StringIO()
        key_file.write_text(f"{key}\n")
        code = main([*words, "--url", url, "--key-file", str(key_file)], Report(stream))
        assert key not in stream.getvalue()
        return Done(code, stream.getvalue())

    return run


def plugin_files(version: str = "1.0.0", requirements: str = "", **descriptor: Any) -> dict[str, str]:
    """Return a small plugin of the name of ours, with a macro that does what the variable ``script`` says."""
    environment = {"acceptedPythonInterpreters": [], "installCorePackages": False, **descriptor}
    files = {
        "plugin.json": json.dumps({"id": "text-explorer", "version": version, "meta": {"label": "Text Explorer"}}),
        "python-runnables/text-explorer-setup/runnable.json": json.dumps(RUNNABLE),
        "python-runnables/text-explorer-setup/runnable.py": MACRO,
    }
    if requirements:
        files[f"{ENVIRONMENT}/spec/requirements.txt"] = requirements
        files[f"{ENVIRONMENT}/desc.json"] = json.dumps(environment)
    return files


def write_plugin(folder: Path, files: dict[str, str]) -> None:
    """Write a plugin as files below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
