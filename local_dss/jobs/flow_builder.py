"""Run the recipes of a flow file one after the other."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from local_dss.descriptors.json_comments import read_json_file
from local_dss.descriptors.plugin import Plugin
from local_dss.errors import LocalDssError
from local_dss.jobs.recipe_job import RecipeRequest
from local_dss.jobs.recipe_runner import Switches, run_recipe

_RECIPE_KEYS = (
    *("recipe", "inputs", "outputs", "config", "form_defaults", "append", "partition", "read_partitions"),
    "spark_config",
)
_PLAIN_KEYS = {
    "config": (dict, "an object"),
    "form_defaults": (bool, "true or false"),
    "append": (list, "a list of output roles"),
    "partition": (str, "text"),
    "spark_config": (str, "the name of a Spark configuration"),
}


def read_flow(path: Path, *, plugin: Plugin, home: Path, project_key: str, int_params: str) -> list[RecipeRequest]:
    """Read a flow file into the runs it asks for, in order.

    It holds ``{"project": KEY, "recipes": [{"recipe", "inputs", "outputs", "config", "form_defaults", ...}]}``; without
    its own, the project is `project_key`.
    """
    content = read_json_file(path, "The flow file")
    if not isinstance(content, dict) or not isinstance(content.get("recipes"), list):
        raise LocalDssError(f'The flow file must be an object with a list "recipes": {path}.')
    project = content.get("project") or project_key
    return [
        _request(entry, position, plugin=plugin, home=home, project_key=project, int_params=int_params)
        for position, entry in enumerate(content["recipes"], start=1)
    ]


def build_flow(requests: list[RecipeRequest], switches: Switches) -> int:
    """Run recipes in order and print each with its time; return 0, or 1 after the first failure, which stops it."""
    for position, request in enumerate(requests, start=1):
        title = f"[{position}/{len(requests)}] {request.recipe_id}"
        started = time.monotonic()
        try:
            result = run_recipe(request, switches)
        except LocalDssError as error:
            raise LocalDssError(f"{title}: {error}") from None
        print(f"{title}: {'failed' if result.error else 'done'} in {time.monotonic() - started:.1f} s", flush=True)
        if result.error:
            print(result.error, file=sys.stderr)
            return 1
        for line in result.lines:
            print(f"  {line}", flush=True)
    return 0


def _request(
    entry: Any, position: int, *, plugin: Plugin, home: Path, project_key: str, int_params: str
) -> RecipeRequest:
    title = f"Recipe {position} of the flow file"
    if not isinstance(entry, dict) or not isinstance(entry.get("recipe"), str):
        raise LocalDssError(f'{title} must be an object with the name of a "recipe".')
    unknown = [key for key in entry if key not in _RECIPE_KEYS]
    if unknown:
        raise LocalDssError(f"{title} has unknown keys: {', '.join(unknown)}. Known: {', '.join(_RECIPE_KEYS)}.")
    for key, (kind, words) in _PLAIN_KEYS.items():
        if key in entry and not isinstance(entry[key], kind):
            raise LocalDssError(f'{title}: "{key}" must be {words}. Got {entry[key]!r}.')
    return RecipeRequest(
        plugin=plugin,
        recipe_id=entry["recipe"],
        home=home,
        project_key=project_key,
        inputs=_names_by_key(entry.get("inputs", {}), f'{title}: "inputs"'),
        outputs=_names_by_key(entry.get("outputs", {}), f'{title}: "outputs"'),
        config=entry.get("config", {}),
        form_defaults=entry.get("form_defaults", False),
        append_roles=tuple(entry.get("append", ())),
        partition=entry.get("partition"),
        read_partitions=_names_by_key(entry.get("read_partitions", {}), f'{title}: "read_partitions"'),
        int_params=int_params,
        spark_config={"inheritConf": entry["spark_config"]} if "spark_config" in entry else None,
    )


def _names_by_key(content: Any, title: str) -> dict[str, list[str]]:
    """Accept one name or a list of names for each key."""
    if not isinstance(content, Mapping):
        raise LocalDssError(f"{title} must be an object.")
    names = {key: [value] if isinstance(value, str) else value for key, value in content.items()}
    for key, value in names.items():
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise LocalDssError(f'{title}: "{key}" must be a name or a list of names.')
    return names
