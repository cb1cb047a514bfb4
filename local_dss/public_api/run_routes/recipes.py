"""Recipes of installed plugins: what they read, what they write, and their params."""

from __future__ import annotations

from typing import Any

from local_dss.errors import LocalDssError
from local_dss.public_api.errors import ApiError, not_found
from local_dss.public_api.routing import READ, WRITE, Call, Route
from local_dss.public_api.running.jobs.activities import faults_of, missing_objects, plugin_of_recipe
from local_dss.public_api.running.jobs.flow import Flow, references
from local_dss.public_api.state.project_definitions import stamped
from local_dss.site.local_dss_storage.names import check_name

ALREADY_WRITTEN = "{reference} is already an output of recipe {owner}: an object is written by one recipe only."


def _list(call: Call, project_key: str) -> list[dict[str, Any]]:
    recipes = [content["recipe"] for content in call.instance.objects(project_key, "recipes").read_all()]
    return [{name: value for name, value in recipe.items() if name != "params"} for recipe in recipes]


def _create(call: Call, project_key: str) -> dict[str, str]:
    """Create a recipe as the client does: with empty params, since no form was opened."""
    content = call.body()
    prototype, settings = content.get("recipePrototype"), content.get("creationSettings") or {}
    if not isinstance(prototype, dict) or not isinstance(prototype.get("type"), str):
        raise ApiError('A recipe needs a "recipePrototype" with a type.')
    is_raw = bool(settings.get("rawCreation"))
    plugin_of_recipe(call.instance, prototype["type"])
    recipe = {
        "tags": [],
        "inputs": {},
        "outputs": {},
        **prototype,
        "params": prototype.get("params", {}) if is_raw else {},
        "projectKey": project_key,
    }
    outputs = references(recipe, "outputs")
    wanted = check_name(prototype.get("name") or f"compute_{outputs[0] if outputs else ''}", "recipe")
    recipe["name"] = wanted
    missing = [] if is_raw else missing_objects(call.instance, recipe)
    if missing:
        raise ApiError(" ".join(missing))
    store = call.instance.objects(project_key, "recipes")
    with store.lock:
        _check_outputs(call, recipe, None)
        recipe["name"] = store.free_name(wanted)
        payload = {"payload": settings["rawPayload"]} if "rawPayload" in settings else {}
        store.write(recipe["name"], {"recipe": stamped(recipe, call.caller.user), **payload})
    return {"name": recipe["name"]}


def _get(call: Call, project_key: str, name: str) -> dict[str, Any]:
    return _read(call, project_key, name)


def _put(call: Call, project_key: str, name: str) -> dict[str, str]:
    content = call.body()
    recipe = content.get("recipe")
    if not isinstance(recipe, dict):
        raise ApiError('The settings of a recipe are an object with the key "recipe".')
    store = call.instance.objects(project_key, "recipes")
    with store.lock:
        before = _read(call, project_key, name)["recipe"]
        if recipe.get("type") != before["type"]:
            raise ApiError(f"The type of recipe {name} is {before['type']} and cannot be changed.")
        recipe = {**recipe, **{key: before[key] for key in ("name", "projectKey", "creationTag", "versionTag")}}
        _check_outputs(call, recipe, name)
        store.write(name, {**content, "recipe": stamped(recipe, call.caller.user)})
    return {"msg": f"Updated recipe {project_key}.{name}"}


def _delete(call: Call, project_key: str, name: str) -> dict[str, str]:
    _read(call, project_key, name)
    call.instance.objects(project_key, "recipes").delete(name)
    return {"msg": f"Deleted recipe {project_key}.{name}"}


def _status(call: Call, project_key: str, name: str) -> dict[str, Any]:
    recipe = _read(call, project_key, name)["recipe"]
    try:
        faults = faults_of(call.instance, recipe)
    except (ApiError, LocalDssError) as error:  # its plugin, or its folder there, is gone
        faults = [str(error)]
    messages = [
        {
            "severity": "ERROR",
            "isFatal": False,
            "code": "ERR_RECIPE_CANNOT_RUN",
            "title": "Invalid recipe settings",
            "message": fault,
            "details": fault,
        }
        for fault in faults
    ]
    summary: dict[str, Any] = {"anyMessage": bool(messages), "error": bool(messages), "messages": messages}
    return {"allMessagesForFrontend": {**summary, **({"maxSeverity": "ERROR"} if messages else {})}}


def _read(call: Call, project_key: str, name: str) -> dict[str, Any]:
    store = call.instance.objects(project_key, "recipes")
    if name not in store:
        raise not_found(f"Recipe {project_key}.{name} does not exist")
    return store.read(name)


def _check_outputs(call: Call, recipe: dict[str, Any], own_name: str | None) -> None:
    """Refuse a recipe that writes what another one writes."""
    flow = Flow(call.instance, recipe["projectKey"])
    for reference in references(recipe, "outputs"):
        owner = flow.writer_of(flow.find(reference))
        if owner not in {None, own_name}:
            raise ApiError(ALREADY_WRITTEN.format(reference=reference, owner=owner))


_RECIPE = "/projects/<project_key>/recipes/<name>"
ROUTES = (
    Route("GET", "/projects/<project_key>/recipes/", _list, READ),
    Route("POST", "/projects/<project_key>/recipes/", _create, WRITE),
    Route("GET", _RECIPE, _get, READ),
    Route("PUT", _RECIPE, _put, WRITE),
    Route("DELETE", _RECIPE, _delete, WRITE),
    Route("GET", f"{_RECIPE}/status", _status, READ),
)
