"""The flow: which objects there are, which recipes connect them, and its graph."""

from __future__ import annotations

from typing import Any

from local_dss.public_api.routing import READ, Call, Route
from local_dss.public_api.running.jobs.flow import Flow, FlowObject, references
from local_dss.public_api.state.instance import Instance
from local_dss.site.local_dss_storage.projects import list_datasets, list_folder_ids

DATASET, MANAGED_FOLDER, RECIPE = "DATASET", "MANAGED_FOLDER", "RECIPE"
_NODE_TYPES = {DATASET: "COMPUTABLE_DATASET", MANAGED_FOLDER: "COMPUTABLE_FOLDER", RECIPE: "RUNNABLE_RECIPE"}


def object_type(instance: Instance, project_key: str, reference: str) -> str | None:
    """Return whether a reference, ``name``, ``id`` or ``KEY.name``, is a dataset or a folder; None if there is none."""
    target = FlowObject.of(instance.home, project_key, reference)
    if not target.exists():
        return None
    return DATASET if target.is_dataset() else MANAGED_FOLDER


def recipe_links(instance: Instance, project_key: str) -> dict[str, tuple[list[str], list[str]]]:
    """Return the references of the inputs and of the outputs of each recipe, by its name."""
    recipes = Flow(instance, project_key).recipes
    return {name: (references(recipe, "inputs"), references(recipe, "outputs")) for name, recipe in recipes.items()}


def forget_object(instance: Instance, project_key: str, reference: str) -> None:
    """Delete the recipes that use an object which is deleted, and take it out of its zone."""
    recipes, zones = instance.objects(project_key, "recipes"), instance.objects(project_key, "zones")
    for name, (inputs, outputs) in recipe_links(instance, project_key).items():
        if reference in [*inputs, *outputs]:
            recipes.delete(name)
    with zones.lock:
        for zone in zones.read_all():
            kept = [item for item in zone["items"] if item["objectId"] != reference]
            if kept != zone["items"]:
                zones.write(zone["id"], {**zone, "items": kept})


def _graph(call: Call, project_key: str) -> dict[str, Any]:
    instance, nodes = call.instance, dict[str, dict[str, Any]]()

    def node(reference: str, kind: str) -> dict[str, Any]:
        new = {"type": _NODE_TYPES[kind], "ref": reference, "predecessors": [], "successors": []}
        return nodes.setdefault(reference, new)

    for name in list_datasets(instance.home, project_key):
        node(name, DATASET)
    for identifier in list_folder_ids(instance.home, project_key):
        node(identifier, MANAGED_FOLDER)
    for recipe, links in recipe_links(instance, project_key).items():
        own = node(recipe, RECIPE)
        for found, of_recipe, of_object in zip(links, _DIRECTIONS, reversed(_DIRECTIONS)):
            for reference in found:
                kind = object_type(instance, project_key, reference)
                if kind is not None:
                    own[of_recipe].append(reference)
                    node(reference, kind)[of_object].append(recipe)
    return {"nodes": nodes}


_DIRECTIONS = ("predecessors", "successors")
ROUTES = (Route("GET", "/projects/<project_key>/flow/graph/", _graph, READ),)
