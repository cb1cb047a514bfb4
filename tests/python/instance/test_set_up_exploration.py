"""The macro on the sample dataset: a killed run goes on, a second one changes nothing, the webapp opens."""

from __future__ import annotations

import pytest
from dataikuapi.utils import DataikuException

from tests.python.instance_support.running_instance import wait_until

MACRO = "pyrunnable_text-explorer_text-explorer-setup"
KEY = "REVIEWS"
CONFIG = {"dataset": "reviews", "text_column": "review"}


def run_macro(client, config) -> list[dict[str, str]]:
    macro = client.get_project(KEY).get_macro(MACRO)
    run_id = macro.run(config, wait=False)
    wait_until(lambda: not macro.get_status(run_id)["running"])
    records = macro.get_result(run_id, as_type="json")["records"]
    return [dict(zip(("kind", "name", "outcome", "link"), record)) for record in records]


def interrupt_training(instance) -> None:
    """Start the macro, and kill the whole instance while the first recipe runs."""
    project = instance.client().get_project(KEY)
    macro = project.get_macro(MACRO)
    macro.run(CONFIG, wait=False)
    wait_until(lambda: [job for job in project.list_jobs() if job["state"] == "RUNNING"])
    instance.kill()
    instance.start()


@pytest.fixture(scope="module")
def rows(instance):
    client = instance.client()
    project = client.create_project(KEY, "Reviews", "admin")
    project.create_sample_dataset("reviews", "text-explorer", "text-explorer-reviews")
    interrupt_training(instance)
    return run_macro(instance.client(), CONFIG)


def test_a_run_after_the_instance_was_killed_finishes_everything(rows):
    outcomes = {f"{row['kind']} {row['name']}": row["outcome"] for row in rows}
    assert [name for name, outcome in outcomes.items() if outcome.startswith(("FAILED", "not reached"))] == []
    assert outcomes["recipe discover_topics_of_reviews"] == "kept"
    assert outcomes["run of the recipe discover_topics_of_reviews"] == "built 400 rows"
    assert outcomes["run of the recipe assign_topics_to_reviews"] == "built 400 rows"
    assert outcomes["webapp Text Explorer: reviews"] == "created"


def test_id_date_and_groups_are_guessed_from_the_rows(rows, instance):
    recipe = instance.client().get_project(KEY).get_recipe("discover_topics_of_reviews").get_settings()
    columns = {name: recipe.raw_params["customConfig"][name] for name in ("id_column", "date_column", "group_columns")}
    assert columns == {
        "id_column": "review_id",
        "date_column": "review_date",
        "group_columns": ["traveller", "hotel"],
    }


def test_the_next_run_keeps_everything_and_starts_no_job(rows, instance):
    project = instance.client().get_project(KEY)
    n_jobs = len(project.list_jobs())
    again = run_macro(instance.client(), CONFIG)
    assert [row["outcome"] for row in again if not row["outcome"].startswith("kept")] == []
    assert [(row["kind"], row["name"]) for row in again] == [(row["kind"], row["name"]) for row in rows]
    assert len(project.list_jobs()) == n_jobs


def test_the_webapp_opens_with_the_topics_of_the_reviews(rows, instance, browser):
    address = next(row["link"] for row in rows if row["kind"] == "webapp")
    page = browser.new_page()
    page.goto(instance.url + address)
    frame = page.frame_locator("iframe")
    frame.locator("[role=option]", has_text="breakfast").first.wait_for(timeout=60_000)
    assert "400" in frame.locator("body").inner_text()
    page.close()


def test_the_scenario_scores_all_rows_and_restarts_the_webapp(rows, instance):
    project = instance.client().get_project(KEY)
    name = next(row["name"] for row in rows if row["kind"] == "scenario")
    scenario = project.get_scenario(next(item["id"] for item in project.list_scenarios() if item["name"] == name))
    run = scenario.run_and_wait()
    assert run.outcome == "SUCCESS"
    assert [step["step"]["type"] for step in run.get_details().steps] == ["build_flowitem", "restart_webapp"]


def test_the_article_links_the_webapp_and_the_zone_holds_what_was_made(rows, instance):
    project = instance.client().get_project(KEY)
    body = project.get_wiki().list_articles()[0].get_data().get_body()
    assert next(row["link"] for row in rows if row["kind"] == "webapp") in body
    zone = next(zone for zone in project.get_flow().list_zones() if zone.name == "Text exploration: reviews")
    kinds = ("dataset", "managed folder", "recipe")
    assert len(zone.items) == len([row for row in rows if row["kind"] in kinds])


def test_a_caller_without_the_right_to_write_is_refused(rows, instance):
    instance.change_settings(api_keys={"reader": {"user": "analyst", "projects": {KEY: ["READ_CONF"]}}})
    instance.stop()
    instance.start()
    with pytest.raises(DataikuException, match="WRITE_CONF"):
        instance.client("reader").get_project(KEY).get_macro(MACRO).run(CONFIG, wait=True)
