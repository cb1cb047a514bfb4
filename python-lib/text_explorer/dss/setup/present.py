"""What a project has already, listed once, and the faults of a plan that would meet it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from text_explorer.dss.forms.setup import SetupSettings
from text_explorer.dss.setup.plan import Plan
from text_explorer.dss.setup.record import DATASET, FOLDER, RECIPE, SCENARIO, SetupRecord
from text_explorer.explorer.shared.cells import as_object

DATASET_CONNECTION, FOLDER_CONNECTION = "filesystem_managed", "filesystem_folders"


@dataclass(frozen=True)
class Present:
    """Objects of a project by name; folders and scenarios, whose names need not be unique, with their ids."""

    datasets: dict[str, dict[str, Any]]
    folders: dict[str, list[str]]
    recipes: dict[str, str]
    scenarios: dict[str, str]
    webapps: list[dict[str, Any]]
    zones: dict[str, str]
    connections: tuple[str, ...]


def list_present(client: Any, project: Any) -> Present:
    """Ask for all objects of a project: what cannot be listed is an error, not an absence."""
    folders: dict[str, list[str]] = {}
    for folder in project.list_managed_folders():
        folders.setdefault(folder["name"], []).append(folder["id"])
    return Present(
        datasets={item["name"]: dict(item) for item in project.list_datasets()},
        folders=folders,
        recipes={item["name"]: item["type"] for item in project.list_recipes()},
        scenarios={as_object(dict(item)).get("name", ""): item["id"] for item in project.list_scenarios()},
        webapps=[dict(item) for item in project.list_webapps()],
        zones={zone.name: zone.id for zone in project.get_flow().list_zones()},
        connections=tuple(client.list_connections_names("all")),
    )


def choose_connections(settings: SetupSettings, present: Present) -> tuple[str, str]:
    """Return the connections for datasets and for the folder: as selected, else the input's own, else the usual ones.

    Only a managed dataset shows by its connection that one can write there.
    """
    entry = present.datasets.get(settings.dataset, {})
    own = as_object(entry.get("params")).get("connection") if entry.get("managed") else None
    datasets = settings.connection or _first_of((own, DATASET_CONNECTION), present.connections)
    folders = settings.folder_connection or _first_of((FOLDER_CONNECTION, datasets), present.connections)
    return datasets, folders


def faults_of(plan: Plan, settings: SetupSettings, present: Present, record: SetupRecord) -> list[str]:
    """Return all that keeps a plan from being carried out, as sentences."""
    return [*_connection_faults(settings, present), *_taken_names(plan, present, record)]


def _first_of(wanted: Sequence[str | None], usable: Sequence[str]) -> str:
    return next((name for name in wanted if name and name in usable), "")


def _connection_faults(settings: SetupSettings, present: Present) -> list[str]:
    usable = ", ".join(present.connections) or "none"
    faults = []
    for label, selected, chosen in zip(
        ("Connection for datasets", "Connection for the model folder"),
        (settings.connection, settings.folder_connection),
        choose_connections(settings, present),
    ):
        if not chosen:
            faults.append(f"'{label}' is empty, and none of the usual ones can be used here. Usable ones: {usable}.")
        elif selected and selected not in present.connections:
            faults.append(f"'{label}' must be a connection you may use: {usable}. Got {selected!r}.")
    return faults


def _taken_names(plan: Plan, present: Present, record: SetupRecord) -> list[str]:
    """Find names that others have taken; nothing of theirs is overwritten."""
    names = (
        *((DATASET, name, name in present.datasets) for name in (*plan.datasets, *plan.own_tables)),
        (FOLDER, plan.folder.name, plan.folder.name in present.folders),
        *((RECIPE, recipe.name, recipe.name in present.recipes) for recipe in plan.recipes),
        (SCENARIO, plan.scenario_name, plan.scenario_name in present.scenarios),
    )
    taken = [f"{kind} '{name}'" for kind, name, exists in names if exists and not record.holds(kind, name)]
    wrong = [
        f"recipe '{recipe.name}', which is of another type now"
        for recipe in plan.recipes
        if record.holds(RECIPE, recipe.name) and present.recipes.get(recipe.name, recipe.type) != recipe.type
    ]
    if not taken and not wrong:
        return []
    return [
        f"These names are taken in the project: {', '.join([*taken, *wrong])}. Nothing was changed. Set another "
        f"'Beginning of the names' than '{plan.prefix}'."
    ]
