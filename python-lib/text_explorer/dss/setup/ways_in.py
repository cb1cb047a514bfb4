"""The ways in: webapp, scenario, wiki article."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Optional

from text_explorer.dss.setup import texts
from text_explorer.dss.setup.context import BY_HAND, CREATED, KEPT, UPDATED, Setup
from text_explorer.dss.setup.plan import Folder
from text_explorer.dss.setup.record import ARTICLE, SCENARIO, WEBAPP
from text_explorer.dss.setup.waiting import start_backend
from text_explorer.dss.setup.webapps import clicks_to_create, create_webapp, find_webapp
from text_explorer.explorer.shared.cells import as_object


def make_webapp(setup: Setup) -> str:
    """Create the webapp and start its backend, or word the clicks that create it."""
    name, found = setup.plan.webapp_name, found_webapp(setup)
    setup.webapp_id = found or create_webapp(setup.client, setup.project, name, webapp_config(setup))
    if setup.webapp_id is None:
        shown = {field: item.name if isinstance(item, Folder) else item
                 for field, item in setup.plan.webapp_config.items()}  # fmt: skip
        setup.clicks = clicks_to_create(name, shown)
        return f"{BY_HAND}: this instance does not create it by its API. The clicks are below"
    setup.record.note(WEBAPP, name, id=setup.webapp_id)
    if setup.settings.build and not setup.project.get_webapp(setup.webapp_id).get_state().running:
        start_backend(setup.project.get_webapp(setup.webapp_id))
    return KEPT if found else CREATED


def make_scenario(setup: Setup) -> str:
    """Create the scenario, or update steps that nobody changed since."""
    name = setup.plan.scenario_name
    identifier = setup.present.scenarios.get(name)
    exists = identifier is not None
    if not exists:
        setup.record.note(SCENARIO, name)
        identifier = setup.project.create_scenario(name, "step_based").id
    settings = setup.project.get_scenario(identifier).get_settings()
    steps, facts = _scenario_steps(setup), setup.record.facts(SCENARIO, name)
    current = [as_object(step).get("params") for step in settings.raw_steps]
    wanted = [step["params"] for step in steps]
    if current and (current == wanted or current != facts.get("steps")):
        return KEPT if current == wanted else f"{KEPT}, with the steps it was changed to"
    settings.get_raw()["params"]["steps"] = steps
    settings.save()
    setup.record.note(SCENARIO, name, id=identifier, steps=wanted)
    return UPDATED if exists else CREATED


def make_article(setup: Setup) -> str:
    """Write the wiki article, or update a text that nobody changed since."""
    name, facts = setup.plan.article_name, setup.record.facts(ARTICLE, setup.plan.article_name)
    body = texts.article(setup.plan, setup.settings.dataset, webapp_link(setup), setup.clicks)
    wiki = setup.project.get_wiki()
    identifier = _article_id(setup, wiki)
    if identifier is None:
        setup.record.note(ARTICLE, name)
        created = wiki.create_article(name, content=body)
        setup.record.note(ARTICLE, name, id=created.article_id, digest=_digest(body))
        return CREATED
    data = wiki.get_article(identifier).get_data()
    current = data.get_body() or ""
    if current == body or (current and _digest(current) != facts.get("digest")):
        return KEPT
    data.set_body(body)
    data.save()
    setup.record.note(ARTICLE, name, id=identifier, digest=_digest(body))
    return UPDATED


def _article_id(setup: Setup, wiki: Any) -> Optional[str]:
    """Return the id of the article, also of one that was created just before a run was stopped."""
    name = setup.plan.article_name
    if not setup.record.holds(ARTICLE, name):
        return None
    recorded = setup.record.facts(ARTICLE, name).get("id")
    articles = {article.article_id: article for article in wiki.list_articles()}
    if recorded in articles:
        return str(recorded)
    return next((key for key, article in articles.items() if article.get_data().get_name() == name), None)


def found_webapp(setup: Setup) -> Optional[str]:
    """Return the id of the webapp of these results, if there is one."""
    return find_webapp(setup.project, setup.present.webapps, webapp_config(setup))


def webapp_link(setup: Setup) -> str:
    """Return the webapp's address on the instance, empty while there is none."""
    return f"/projects/{setup.key}/webapps/{setup.webapp_id}_text-explorer/view" if setup.webapp_id else ""


def webapp_config(setup: Setup) -> dict[str, str]:
    """Return the values of the webapp's form."""
    return {name: setup.reference(item) for name, item in setup.plan.webapp_config.items()}


def _scenario_steps(setup: Setup) -> list[dict[str, Any]]:
    build = {
        "builds": [{"type": "DATASET", "itemId": setup.plan.scored, "partitionsSpec": ""}],
        "jobType": "NON_RECURSIVE_FORCED_BUILD",
        "proceedOnFailure": False,
    }
    steps = [_scenario_step("score", "Assign topics to all rows", "build_flowitem", build)]
    if setup.webapp_id:
        restart = {"webAppId": setup.webapp_id}
        steps.append(_scenario_step("restart", "Restart the webapp", "restart_webapp", restart))
    return steps


def _scenario_step(identifier: str, name: str, kind: str, params: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": identifier,
        "name": name,
        "type": kind,
        "enabled": True,
        "runConditionType": "RUN_IF_STATUS_MATCH",
        "runConditionStatuses": ["SUCCESS", "WARNING"],
        "runConditionExpression": "",
        "resetScenarioStatus": False,
        "delayBetweenRetries": 10,
        "maxRetriesOnFail": 0,
        "params": dict(params),
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
