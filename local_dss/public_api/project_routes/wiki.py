"""The wiki of a project: articles, and the tree they stand in."""

from __future__ import annotations

from typing import Any

from local_dss.public_api.errors import ApiError, not_found
from local_dss.public_api.routing import READ, WRITE, Call, Route
from local_dss.public_api.state.project_definitions import changed_definition, read_definition, stamped
from local_dss.site.local_dss_storage.names import random_id

Taxonomy = list[dict[str, Any]]


def _settings(call: Call, project_key: str) -> dict[str, Any]:
    return {**read_definition(call.instance.project(project_key))["wiki"], "projectKey": project_key}


def _save_settings(call: Call, project_key: str) -> dict[str, Any]:
    body = call.body()
    with changed_definition(call.instance.project(project_key)) as definition:
        articles, found = call.instance.objects(project_key, "wiki").names(), _ids(body.get("taxonomy", []))
        if sorted(found) != articles:
            raise ApiError("The taxonomy of a wiki must hold each of its articles once, and nothing else.")
        definition["wiki"] = body
    return _settings(call, project_key)


def _create(call: Call, project_key: str) -> dict[str, Any]:
    body, identifier = call.body(), random_id()
    article = {
        "id": identifier,
        "projectKey": project_key,
        "name": _check_article_name(body.get("name")),
        "layout": "WIKI_ARTICLE",
        "tags": [],
        "attachments": [],
    }
    content = {"article": stamped(article, call.caller.user), "payload": ""}
    with changed_definition(call.instance.project(project_key)) as definition:
        siblings = definition["wiki"]["taxonomy"]
        if body.get("parent"):
            siblings = _children(siblings, body["parent"])
        siblings.append({"id": identifier, "children": []})
        call.instance.objects(project_key, "wiki").write(identifier, content)
    return content


def _get(call: Call, project_key: str, article: str) -> dict[str, Any]:
    """Return an article by its id, else the first of that name."""
    articles = call.instance.objects(project_key, "wiki").read_all()
    for key in ("id", "name"):
        for content in articles:
            if content["article"][key] == article:
                return content
    raise not_found(f"Article not found: {project_key}.{article}")


def _save(call: Call, project_key: str, article: str) -> dict[str, Any]:
    body, identifier = call.body(), _get(call, project_key, article)["article"]["id"]
    if not isinstance(body.get("article"), dict) or not isinstance(body.get("payload", ""), str):
        raise ApiError('An article is saved as {"article": {...}, "payload": "text"}.')
    _check_article_name(body["article"].get("name"))
    own = {**body["article"], "id": identifier, "projectKey": project_key}
    content = {**body, "article": stamped(own, call.caller.user)}
    call.instance.objects(project_key, "wiki").write(identifier, content)
    return content


def _delete(call: Call, project_key: str, article: str) -> None:
    """Delete an article; its children take its place."""
    identifier = _get(call, project_key, article)["article"]["id"]
    with changed_definition(call.instance.project(project_key)) as definition:
        definition["wiki"]["taxonomy"] = _without(definition["wiki"]["taxonomy"], identifier)
        call.instance.objects(project_key, "wiki").delete(identifier)


def _ids(taxonomy: Taxonomy) -> list[str]:
    return [identifier for node in taxonomy for identifier in [node["id"], *_ids(node["children"])]]


def _children(taxonomy: Taxonomy, parent: str) -> Taxonomy:
    for node in taxonomy:
        if node["id"] == parent:
            return node["children"]
        if parent in _ids(node["children"]):
            return _children(node["children"], parent)
    raise not_found(f"Article not found: {parent}")


def _without(taxonomy: Taxonomy, identifier: str) -> Taxonomy:
    kept: Taxonomy = []
    for node in taxonomy:
        children = _without(node["children"], identifier)
        kept += children if node["id"] == identifier else [{**node, "children": children}]
    return kept


def _check_article_name(name: Any) -> str:
    if not isinstance(name, str) or not name.strip():
        raise ApiError(f"An article needs a name. Got {name!r}.")
    return name


_WIKI = "/projects/<project_key>/wiki"
ROUTES = (
    Route("GET", f"{_WIKI}/", _settings, READ),
    Route("PUT", f"{_WIKI}/", _save_settings, WRITE),
    Route("POST", f"{_WIKI}/", _create, WRITE),
    Route("GET", f"{_WIKI}/<article>", _get, READ),
    Route("PUT", f"{_WIKI}/<article>", _save, WRITE),
    Route("DELETE", f"{_WIKI}/<article>", _delete, WRITE),
)
