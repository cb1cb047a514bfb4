"""What was made in a project, as its variables say: by the macro, and by this tool before it runs the macro."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from instance.waiting import as_object

BY_MACRO, BY_TOOL = "text_explorer_setup", "text_explorer_try"
DATASET, FOLDER, RECIPE = "dataset", "managed folder", "recipe"
WEBAPP, SCENARIO, ARTICLE, ZONE = "webapp", "scenario", "wiki article", "flow zone"
# In the order in which they can be deleted: what uses others first.
KINDS = (WEBAPP, SCENARIO, ARTICLE, RECIPE, DATASET, FOLDER, ZONE)


@dataclass(frozen=True)
class Made:
    """An object that was made, or was about to be; `prefix` names the exploration, empty for an uploaded dataset."""

    prefix: str
    kind: str
    name: str
    facts: dict[str, Any]


def list_made(project: Any) -> list[Made]:
    """Return all objects that the variables of a project list, in the order of `KINDS`."""
    standard = as_object(as_object(project.get_variables()).get("standard"))
    made = [
        Made(prefix, kind, name, as_object(facts))
        for prefix, kinds in as_object(standard.get(BY_MACRO)).items()
        for kind, entries in as_object(kinds).items()
        for name, facts in as_object(entries).items()
    ]
    uploads = as_object(as_object(standard.get(BY_TOOL)).get("datasets"))
    made += [Made("", DATASET, name, as_object(facts)) for name, facts in uploads.items()]
    return sorted((item for item in made if item.kind in KINDS), key=lambda item: KINDS.index(item.kind))


def is_own_project(project: Any) -> bool:
    """Return whether this tool created the project."""
    return bool(_own_notes(project).get("project"))


def note_project(project: Any) -> None:
    """Record that this tool created the project."""
    _write(project, BY_TOOL, {**_own_notes(project), "project": True})


def upload_facts(project: Any, name: str) -> dict[str, Any]:
    """Return what is recorded of an uploaded dataset, empty if this tool did not upload it."""
    return as_object(as_object(_own_notes(project).get("datasets")).get(name))


def note_upload(project: Any, name: str, **facts: Any) -> None:
    """Record an uploaded dataset: before it is created, and when it is complete."""
    notes = _own_notes(project)
    _write(project, BY_TOOL, {**notes, "datasets": {**as_object(notes.get("datasets")), name: facts}})


def forget(project: Any, item: Made) -> None:
    """Take an object out of the record."""
    standard = as_object(as_object(project.get_variables()).get("standard"))
    if not item.prefix:
        notes = as_object(standard.get(BY_TOOL))
        left = {name: facts for name, facts in as_object(notes.get("datasets")).items() if name != item.name}
        _write(project, BY_TOOL, {**notes, "datasets": left})
        return
    setups = as_object(standard.get(BY_MACRO))
    kinds = dict(as_object(setups.get(item.prefix)))
    kinds[item.kind] = {name: facts for name, facts in as_object(kinds.get(item.kind)).items() if name != item.name}
    kinds = {kind: entries for kind, entries in kinds.items() if entries}
    left = {prefix: held for prefix, held in {**setups, item.prefix: kinds}.items() if held}
    _write(project, BY_MACRO, left)


def _own_notes(project: Any) -> dict[str, Any]:
    return as_object(as_object(as_object(project.get_variables()).get("standard")).get(BY_TOOL))


def _write(project: Any, variable: str, value: dict[str, Any]) -> None:
    variables = as_object(project.get_variables())
    standard = {**as_object(variables.get("standard")), variable: value}
    if not value:
        del standard[variable]
    project.set_variables({**variables, "standard": standard, "local": as_object(variables.get("local"))})


def list_present(project: Any) -> dict[str, dict[str, str]]:
    """Return what exists in a project: names by id, for each kind; datasets and recipes have their name as id."""
    flow, wiki = project.get_flow(), project.get_wiki()
    return {
        DATASET: _names(project.list_datasets(), "name"),
        RECIPE: _names(project.list_recipes(), "name"),
        FOLDER: _names(project.list_managed_folders(), "id"),
        WEBAPP: _names(project.list_webapps(), "id"),
        SCENARIO: _names(project.list_scenarios(), "id"),
        ARTICLE: {str(article.article_id): "" for article in wiki.list_articles()},
        ZONE: {str(zone.id): str(zone.name) for zone in flow.list_zones()},
    }


def find_present(item: Made, present: dict[str, dict[str, str]]) -> str:
    """Return the id of an object that exists, empty if it does not.

    One that was recorded without an id, as by a run that was stopped, is found by its name if that is the only one.
    """
    there = present[item.kind]
    if item.kind in {DATASET, RECIPE}:
        return item.name if item.name in there else ""
    identifier = str(item.facts.get("id") or "")
    if identifier:
        return identifier if identifier in there else ""
    named = [key for key, name in there.items() if name and name == item.name]
    return named[0] if len(named) == 1 else ""


def _names(items: Any, key: str) -> dict[str, str]:
    return {str(item[key]): str(item["name"]) for item in items}
