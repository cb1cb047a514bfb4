"""Environment variables of the processes that run plugin code."""

from __future__ import annotations

import json
import os
from pathlib import Path

from local_dss.descriptors.plugin import Plugin
from local_dss.site.local_dss_storage.settings import load_settings, plugin_config

SITE_FOLDER = Path(__file__).resolve().parent / "site"
HOME_VARIABLE = "LOCAL_DSS_HOME"
EMPTY_READS_VARIABLE = "LOCAL_DSS_EMPTY_READS"
LOCAL_FOLDERS_VARIABLE = "LOCAL_DSS_LOCAL_FOLDERS"
# Where the instance listens, and the ticket with which the child acts for the user who started it.
URL_VARIABLE = "LOCAL_DSS_URL"
TICKET_VARIABLE = "DKU_API_TICKET"
_OWNED_PREFIXES = ("DKU", "LOCAL_DSS_", "PYTHONPATH")


def inherited_environment() -> dict[str, str]:
    """Return what a process inherits from this one, which is nothing of its own paths and settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith(_OWNED_PREFIXES)}


def child_environment(*, home: Path, project_key: str, plugin: Plugin) -> dict[str, str]:
    """Build the complete environment of a child process that runs code of a plugin in a project.

    ``PYTHONPATH`` is replaced, not extended: the child finds ``dataiku`` there and nothing else of the repository. The
    plugin's ``python-lib`` is left out, because DSS appends it *after* the site-packages; the bootstrap of the child
    must do so.
    """
    settings = load_settings(home)
    environment = inherited_environment()
    environment.update(
        {
            "PYTHONPATH": str(SITE_FOLDER),
            "PYTHONUNBUFFERED": "1",
            "PYTHONIOENCODING": "utf-8",
            HOME_VARIABLE: str(Path(home).resolve()),
            EMPTY_READS_VARIABLE: settings.empty_reads,
            LOCAL_FOLDERS_VARIABLE: "1" if settings.local_folders else "0",
            "DKU_CURRENT_PROJECT_KEY": project_key,
            "DKU_PLUGIN_ID": plugin.plugin_id,
            "DKU_CUSTOM_RESOURCE_FOLDER": str(plugin.resource_folder),
            "DKU_PLUGIN_CONFIG": json.dumps(plugin_config(home, plugin.plugin_id)),
        }
    )
    return environment
