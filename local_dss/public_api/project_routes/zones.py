"""Zones of the flow: a default one, and those users make; recipes stand where their outputs are."""

from __future__ import annotations

from typing import Any

from local_dss.public_api.errors import ApiError, not_found
from local_dss.public_api.project_routes.flow import DATASET, MANAGED_FOLDER, RECIPE, object_type, recipe_links
from local_dss.public_api.routing import READ, WRITE, Call, Route
from local_dss.public_api.state.json_objects import JsonObjects
from local_dss.site.local_dss_storage.names import random_id
from local_dss.site.local_dss_storage.projects import list_datasets, list_folder_ids

DEFAULT_ZONE = "default"
_DEFAULT: dict[str, Any] = {"id": DEFAULT_ZONE, "name": "Default", "color": "#2ab1ac", "items": [], "shared": []}


def _list(call: Call, project_key: str) -> list[dict[str, Any]]:
    zones = {zone["id"]: zone for zone in [_DEFAULT, *_zones(call, project_key).read_all()]}
    placed = {item["objectId"] for zone in zones.values() for item in zone["items"]}
    home = call.instance.home
    rest = [_item(name, DATASET) for name in list_datasets(home, project_key)]
    rest += [_item(identifier, MANAGED_FOLDER) for identifier in list_folder_ids(home, project_key)]
    rest = [item for item in rest if item["objectId"] not in placed]
    zones[DEFAULT_ZONE] = {**zones[DEFAULT_ZONE], "items": rest}
    links = recipe_links(call.instance, project_key)
    return [_with_recipes(zone, links) for zone in zones.values()]


def _with_recipes(zone: dict[str, Any], links: dict[str, tuple[list[str], list[str]]]) -> dict[str, Any]:
    """Return a zone with the recipes whose first output is in it, or that have none and are in the default zone."""
    inside = {item["objectId"] for item in zone["items"]}
    is_default = zone["id"] == DEFAULT_ZONE
    recipes = [name for name, (_, outputs) in links.items() if (outputs[0] in inside if outputs else is_default)]
    return {**zone, "items": [*zone["items"], *(_item(name, RECIPE) for name in recipes)]}


def _get(call: Call, project_key: str, zone_id: str) -> dict[str, Any]:
    found = [zone for zone in _list(call, project_key) if zone["id"] == zone_id]
    if not found:
        raise not_found(f"Zone not found: {project_key}.{zone_id}")
    return found[0]


def _create(call: Call, project_key: str) -> dict[str, Any]:
    body, zones = call.body(), _zones(call, project_key)
    zone = {"id": random_id(), "name": _name(body), "color": body.get("color", _DEFAULT["color"])}
    zone |= {"items": [], "shared": []}
    zones.write(zone["id"], zone)
    return zone


def _save(call: Call, project_key: str, zone_id: str) -> dict[str, Any]:
    """Save name, colour and what else is given; items are moved by routes of their own."""
    body, zones = call.body(), _zones(call, project_key)
    _get(call, project_key, zone_id)
    with zones.lock:
        kept = zones.read(zone_id) if zone_id in zones else _DEFAULT
        zones.write(zone_id, {**body, "name": _name(body), **{key: kept[key] for key in ("id", "items", "shared")}})
    return _get(call, project_key, zone_id)


def _delete(call: Call, project_key: str, zone_id: str) -> None:
    _get(call, project_key, zone_id)
    if zone_id == DEFAULT_ZONE:
        raise ApiError("The default zone cannot be deleted.")
    _zones(call, project_key).delete(zone_id)


def _add_item(call: Call, project_key: str, zone_id: str) -> dict[str, Any]:
    return _move(call, project_key, zone_id, [call.body()])


def _add_items(call: Call, project_key: str, zone_id: str) -> dict[str, Any]:
    return _move(call, project_key, zone_id, call.body_list())


def _move(call: Call, project_key: str, zone_id: str, asked: list[Any]) -> dict[str, Any]:
    """Move objects into a zone, with the other outputs of the recipes that make them, as these stay together."""
    _get(call, project_key, zone_id)
    links = recipe_links(call.instance, project_key)
    moved = {reference for item in asked for reference in _references(call, project_key, item, links)}
    for _, outputs in links.values():
        if moved & set(outputs):
            moved |= {output for output in outputs if "." not in output}
    items = [_item(name, object_type(call.instance, project_key, name) or DATASET) for name in sorted(moved)]
    zones = _zones(call, project_key)
    with zones.lock:
        for zone in zones.read_all():
            kept = [item for item in zone["items"] if item["objectId"] not in moved]
            new = items if zone["id"] == zone_id != DEFAULT_ZONE else []
            zones.write(zone["id"], {**zone, "items": kept + new})
    return _get(call, project_key, zone_id)


def _references(call: Call, project_key: str, item: Any, links: dict[str, Any]) -> list[str]:
    """Return what moves with an item: itself, or the outputs of a recipe."""
    identifier, kind = (item.get("objectId"), item.get("objectType")) if isinstance(item, dict) else (None, None)
    if kind == RECIPE and identifier in links:
        return [output for output in links[identifier][1] if "." not in output]
    found = object_type(call.instance, project_key, identifier) if isinstance(identifier, str) else None
    if found is None or found != kind or "." in str(identifier):
        raise not_found(f"Project {project_key} has no object {identifier!r} of the type {kind!r}.")
    return [str(identifier)]


def _item(identifier: str, kind: str) -> dict[str, str]:
    return {"objectId": identifier, "objectType": kind}  # in this order: the client compares their JSON text


def _name(body: dict[str, Any]) -> str:
    name = body.get("name")
    if not isinstance(name, str) or not name.strip():
        raise ApiError(f"A zone needs a name. Got {name!r}.")
    return name


def _zones(call: Call, project_key: str) -> JsonObjects:
    return call.instance.objects(project_key, "zones")


_ZONES = "/projects/<project_key>/flow/zones"
ROUTES = (
    Route("GET", _ZONES, _list, READ),
    Route("POST", _ZONES, _create, WRITE),
    Route("GET", f"{_ZONES}/<zone_id>", _get, READ),
    Route("PUT", f"{_ZONES}/<zone_id>", _save, WRITE),
    Route("DELETE", f"{_ZONES}/<zone_id>", _delete, WRITE),
    Route("POST", f"{_ZONES}/<zone_id>/items", _add_item, WRITE),
    Route("POST", f"{_ZONES}/<zone_id>/add-items", _add_items, WRITE),
)
