"""Create the webapp of an exploration, or word the clicks that do.

The public API has no documented way to create a webapp of a plugin, but its route may take a whole definition: it is
tried, and what came of it is read back.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Optional

from text_explorer.dss.setup.plan import WEBAPP_TYPE
from text_explorer.errors import caught
from text_explorer.explorer.shared.cells import as_object

logger = logging.getLogger(__name__)

LABELS = {
    "document_topics": "Documents with topics",
    "topics": "Topics",
    "topic_terms": "Topic terms",
    "model": "Model",
    "summaries": "Summaries",
    "edits": "Edits",
    "stop_words": "Stop words",
    "group_summaries": "Topic summaries",
    "drift": "Drift",
}
"""Fields of the webapp's form that are filled in; the last two are behind 'Show advanced settings'."""


def find_webapp(project: Any, listed: list[dict[str, Any]], config: Mapping[str, Any]) -> Optional[str]:
    """Return the id of the webapp that shows these results, however it was made."""
    for entry in listed:
        identifier = entry.get("id") or entry.get("webAppId")
        if identifier and entry.get("type") == WEBAPP_TYPE and _shows(project, identifier, config):
            return str(identifier)
    return None


def create_webapp(client: Any, project: Any, name: str, config: Mapping[str, Any]) -> Optional[str]:
    """Create the webapp and return its id; None where this instance does not create webapps of plugins by its API."""
    definition = {
        "name": name,
        "type": WEBAPP_TYPE,
        "config": dict(config),
        "params": {"backendEnabled": True, "autoStartBackend": True},
    }
    with caught() as fault:
        # `project.create_webapp` refuses every type but those of code webapps before it asks the instance.
        answer = as_object(client._perform_json("POST", f"/projects/{project.project_key}/webapps/", body=definition))
        identifier = answer.get("webAppId") or answer.get("id")
        return str(identifier) if identifier and _shows(project, str(identifier), config) else None
    logger.info("the webapp cannot be created by the API: %s", fault.error)
    return None


def clicks_to_create(name: str, config: Mapping[str, str]) -> list[str]:
    """Return the clicks that create the webapp, each value as it is in the lists; a folder by its name."""
    values = [f"{LABELS[field]}: {value}" for field, value in config.items()]
    return [
        f"Flow: select the dataset {config['document_topics']}; panel on the right: Actions > Text Explorer "
        "(or: menu Webapps > New webapp > Visual webapp > Text Explorer).",
        f"Name: {name}. Create.",
        f"Settings: {'; '.join(values)}.",
        "Save, start the backend if it is not running, View.",
    ]


def _shows(project: Any, identifier: str, config: Mapping[str, Any]) -> bool:
    """Return whether a webapp has the type of ours and shows these documents."""
    with caught() as fault:
        raw = as_object(project.get_webapp(identifier).get_settings().get_raw())
        shown = as_object(raw.get("config")).get("document_topics")
        return raw.get("type") == WEBAPP_TYPE and shown == config["document_topics"]
    logger.debug("webapp %s cannot be read: %s", identifier, fault.error)
    return False
