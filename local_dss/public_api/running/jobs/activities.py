"""The activity of a job: one run of a recipe, in the code environment of its plugin and for one user."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from local_dss.descriptors.plugin import Plugin
from local_dss.environment import TICKET_VARIABLE, URL_VARIABLE
from local_dss.errors import LocalDssError
from local_dss.jobs.recipe_job import RecipeRequest, find_faults
from local_dss.jobs.recipe_runner import ProcessSettings, run_recipe
from local_dss.public_api.errors import ApiError
from local_dss.public_api.running.jobs.flow import FlowObject, names_by_role, references
from local_dss.public_api.state.callers import Caller
from local_dss.public_api.state.installed_plugins import RECIPE
from local_dss.public_api.state.instance import Instance


def plugin_of_recipe(instance: Instance, recipe_type: str) -> tuple[Plugin, str]:
    """Return plugin and recipe folder of a type; `ApiError` where it is none of an installed plugin's recipes."""
    plugin, recipe_id = instance.plugins.of_component(recipe_type)
    if recipe_type != f"{RECIPE}_{recipe_id}":
        raise ApiError(f"{recipe_type} is no type of a recipe.")
    return plugin, recipe_id


def faults_of(instance: Instance, recipe: dict[str, Any]) -> list[str]:
    """Return what keeps a recipe from running: objects that do not exist, and what its form would show."""
    missing = missing_objects(instance, recipe)
    return missing or find_faults(_request(instance, recipe, None))


def missing_objects(instance: Instance, recipe: dict[str, Any]) -> list[str]:
    """Return a sentence for each input and output that does not exist."""
    return [
        f"The {direction[:-1]} {reference} of recipe {recipe['name']} does not exist: no dataset has this name, and no "
        "managed folder this id."
        for direction in ("inputs", "outputs")
        for reference in references(recipe, direction)
        if not FlowObject.of(instance.home, recipe["projectKey"], reference).exists()
    ]


def run_activity(
    instance: Instance,
    recipe: dict[str, Any],
    partition: str | None,
    *,
    caller: Caller,
    folder: Path,
    stopping: threading.Event,
) -> str | None:
    """Run a recipe and log in a folder; return the short error or None. Its process acts for the caller by a ticket."""
    faults = missing_objects(instance, recipe)
    if faults:
        raise LocalDssError(" ".join(faults))
    request = _request(instance, recipe, partition)
    ticket = instance.callers.issue_ticket(caller)
    settings = ProcessSettings(
        python=instance.code_environments.python_of(request.plugin),
        variables={URL_VARIABLE: instance.url, TICKET_VARIABLE: ticket},
        stopping=stopping,
        is_quiet=True,
        job_folder=folder,
    )
    try:
        return run_recipe(request, settings=settings).error
    finally:
        instance.callers.revoke_ticket(ticket)


def _request(instance: Instance, recipe: dict[str, Any], partition: str | None) -> RecipeRequest:
    plugin, recipe_id = plugin_of_recipe(instance, recipe["type"])
    params = recipe.get("params") or {}
    return RecipeRequest(
        plugin=plugin,
        recipe_id=recipe_id,
        home=instance.home,
        project_key=recipe["projectKey"],
        inputs=names_by_role(recipe, "inputs"),
        outputs=names_by_role(recipe, "outputs"),
        config=params.get("customConfig") or {},
        append_roles=_append_roles(recipe),
        partition=partition,
        int_params=instance.settings().int_params,
        spark_config=params.get("sparkConfig"),
        is_containerized="containerSelection" in params,
    )


def _append_roles(recipe: dict[str, Any]) -> tuple[str, ...]:
    roles = (recipe.get("outputs") or {}).items()
    return tuple(role for role, content in roles if any(item.get("appendMode") for item in content.get("items", [])))
