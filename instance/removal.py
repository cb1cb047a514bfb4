"""Delete what was made in a project, as its variables list it, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Optional

from instance.connection import NOT_FOUND, InstanceError
from instance.records import (
    ARTICLE,
    DATASET,
    FOLDER,
    RECIPE,
    SCENARIO,
    WEBAPP,
    ZONE,
    Made,
    find_present,
    forget,
    is_own_project,
    list_made,
    list_present,
)
from instance.report import FailedError, RefusedError, Report
from instance.status import open_project
from instance.waiting import AGAIN, as_object

_RECIPE_TYPE = "CustomCode_text-explorer-"
_BY_HAND = "by hand: Webapps > select it > Actions > Delete; its backend is stopped"


def remove(
    client: Any,
    project_key: str,
    prefix: Optional[str],
    *,
    with_project: bool,
    agree: Optional[Callable[[str], bool]],
    report: Report,
) -> None:
    """Delete the objects that were made, and print a row for each.

    Parameters
    ----------
    prefix
        Only the exploration with this beginning of its names.
    with_project
        Delete the project instead, which must be one that this tool created.
    agree
        Asks whether to do it; None where that is settled.

    Raises
    ------
    RefusedError
        If nothing was made, the project is not ours, or the answer is no.
    FailedError
        If an object could not be deleted; the others are.
    """
    project = open_project(client, project_key)
    made = [item for item in list_made(project) if prefix in {None, item.prefix}]
    if with_project:
        _remove_project(client, project, made, agree=agree, report=report)
        return
    if not made:
        raise RefusedError(f"Nothing was set up in {project_key}{f' under {prefix!r}' if prefix else ''}.")
    _refuse_if_used(project, made)
    if agree is not None:
        report.table(("Object", "Name"), [(item.kind, item.name) for item in made])
    _ask(agree, f"Delete these {len(made)} objects of {project_key} with their data?")
    present = list_present(project)
    rows = [(item.kind, item.name, _remove(project, item, present)) for item in made]
    report.table(("Object", "Name", "What happened"), rows)
    if any(outcome.startswith("FAILED") for *_, outcome in rows):
        raise FailedError(f"Not everything was deleted. {AGAIN}")


def _remove_project(
    client: Any, project: Any, made: list[Made], *, agree: Optional[Callable[[str], bool]], report: Report
) -> None:
    key = project.project_key
    if not is_own_project(project):
        raise RefusedError(
            f"This tool did not create the project {key}: it deletes only what it made, without the project."
        )
    present, ours = list_present(project), {(item.kind, item.name) for item in made}
    others = [name for name in present[DATASET] if (DATASET, name) not in ours]
    if others:
        raise RefusedError(
            f"The project {key} has datasets of others: {', '.join(others)}. Delete it in DSS if you mean it."
        )
    _ask(agree, f"Delete the project {key} with all its data?")
    for identifier in present[WEBAPP]:
        project.get_webapp(identifier).stop_backend()
    project.delete(clear_managed_datasets=True, clear_output_managed_folders=True)
    if key in client.list_project_keys():
        raise FailedError(f"The instance did not delete the project {key}.")
    report.line(f"Project {key}: deleted.")


def _ask(agree: Optional[Callable[[str], bool]], question: str) -> None:
    if agree is not None and not agree(question):
        raise RefusedError("Nothing was deleted.")


def _refuse_if_used(project: Any, made: list[Made]) -> None:
    """Refuse where a recipe of others reads a dataset or folder that would be deleted."""
    ours = {item.name for item in made if item.kind == RECIPE}
    references = {item.name for item in made if item.kind == DATASET}
    references |= {str(item.facts.get("id")) for item in made if item.kind == FOLDER}
    users = [
        str(recipe["name"])
        for recipe in project.list_recipes()
        if recipe["name"] not in ours and references & _inputs(as_object(dict(recipe).get("inputs")))
    ]
    if users:
        raise RefusedError(
            f"Recipes of others read what would be deleted: {', '.join(users)}. Delete or change them first."
        )


def _inputs(roles: dict[str, Any]) -> set[str]:
    return {str(as_object(item).get("ref")) for role in roles.values() for item in as_object(role).get("items") or []}


def _remove(project: Any, item: Made, present: dict[str, dict[str, str]]) -> str:
    """Delete one object, take it out of the record, and return what happened."""
    identifier = find_present(item, present)
    if not identifier:
        forget(project, item)
        return "gone already"
    if item.kind == WEBAPP:  # the public API cannot delete one: it stays in the record until it is gone
        project.get_webapp(identifier).stop_backend()
        return _BY_HAND
    try:
        kept = _delete(project, item, identifier)
    except InstanceError as error:
        if error.status != NOT_FOUND:
            return f"FAILED: {error}"
        kept = ""
    if kept:
        return kept
    forget(project, item)
    return "deleted"


def _delete(project: Any, item: Made, identifier: str) -> str:
    """Delete one object, or return why it is kept."""
    if item.kind == RECIPE:
        recipe = project.get_recipe(identifier)
        if not str(recipe.get_settings().type).startswith(_RECIPE_TYPE):
            return "kept: it is of another type now"
        recipe.delete()
    elif item.kind == DATASET:
        project.get_dataset(identifier).delete(drop_data=True)
    elif item.kind == FOLDER:
        # Its method has no option for the data in clients before 14, and reads an answer that older DSS do not send.
        address = f"/projects/{project.project_key}/managedfolders/{identifier}"
        project.client._perform_empty("DELETE", address, params={"dropData": True})
    elif item.kind == SCENARIO:
        project.get_scenario(identifier).delete()
    elif item.kind == ARTICLE:
        project.get_wiki().get_article(identifier).delete()
    elif item.kind == ZONE:
        zone = project.get_flow().get_zone(identifier)
        if list(zone.items):
            return "kept: it holds other objects"
        zone.delete()
    return ""
