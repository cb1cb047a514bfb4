"""The set-up stops anywhere and goes on: each request is tried as the last one before the process dies."""

from __future__ import annotations

import io
import json

import pytest

from text_explorer.dss.forms.setup import read_setup_settings
from text_explorer.dss.setup.builder import Builder, check_columns
from text_explorer.dss.setup.plan import plan_exploration
from text_explorer.errors import DataError, SettingsError

pytestmark = pytest.mark.oldest

CHANGES = ("POST", "PUT", "DELETE")
CREATES = ("POST",)
N_OBJECTS = 14
"""Zone, two tables, five datasets, folder, two recipes, webapp, scenario, article."""


class _Died(BaseException):
    """The process was killed."""


class _CountingClient:
    """Counts the requests that change something, and dies after one of them."""

    def __init__(self, client, counted=CHANGES, last: int = -1):
        self._request, self._counted, self._last = client._session.request, counted, last
        self.n_changes = 0
        client._session.request = self._passed_on

    def _passed_on(self, method, *arguments, **options):
        answer = self._request(method, *arguments, **options)
        self.n_changes += method in self._counted
        if method in self._counted and self.n_changes == self._last:
            raise _Died
        return answer


@pytest.fixture(scope="module")
def project(instance):
    """Return a function that makes a project with a dataset of two rows."""
    client = instance.client()

    def make(key: str):
        created = client.create_project(key, key, "admin")
        dataset = created.create_upload_dataset("notes")
        with_rows = b"id,text,topic_id\n1,apple pear,a\n2,plum cherry,b\n"
        dataset.uploaded_add_file(io.BytesIO(with_rows), "notes.csv")
        settings = dataset.get_settings()
        settings.set_csv_format()
        settings.get_raw()["schema"] = {"columns": [{"name": n, "type": "string"} for n in ("id", "text", "topic_id")]}
        settings.save()
        return created

    return make


def builder(client, key: str, **config):
    given = {"dataset": "notes", "text_column": "text", "build": False, **config}
    columns = check_columns(client, key, given["dataset"])
    settings = read_setup_settings(given, columns)
    return Builder(client, key, plan_exploration(settings, columns), settings, lambda name: None)


def run(client, key: str, **config):
    return builder(client, key, **config).run(lambda step: None)


def objects_of(client, key: str) -> dict:
    """Return everything the project holds, but for ids and times."""
    project = client.get_project(key)
    recipes = {}
    for item in project.list_recipes():
        settings = project.get_recipe(item["name"]).get_settings()
        roles = {role: len(items["items"]) for role, items in settings.get_recipe_raw_definition()["inputs"].items()}
        recipes[item["name"]] = (item["type"], roles, json.dumps(settings.raw_params["customConfig"], sort_keys=True))
    scenarios = [project.get_scenario(item["id"]).get_settings().raw_steps for item in project.list_scenarios()]
    return {
        "datasets": sorted(item["name"] for item in project.list_datasets()),
        "folders": sorted(folder["name"] for folder in project.list_managed_folders()),
        "recipes": recipes,
        "webapps": [item["name"] for item in project.list_webapps()],
        "scenarios": [[step["type"] for step in steps] for steps in scenarios],
        "articles": [article.get_data().get_name() for article in project.get_wiki().list_articles()],
        "zones": sorted((zone.name, len(zone.items)) for zone in project.get_flow().list_zones()),
    }


def test_a_run_that_dies_after_any_creation_is_finished_by_the_next_one_without_anything_twice(instance, project):
    project("WHOLE")
    whole = _CountingClient(client := instance.client(), CREATES)
    rows = run(client, "WHOLE")
    expected = objects_of(instance.client(), "WHOLE")
    assert [row.outcome for row in rows] == ["created"] * N_OBJECTS
    assert whole.n_changes > N_OBJECTS
    for number in range(1, whole.n_changes + 1):
        key = f"DIED{number}"
        project(key)
        _CountingClient(dying := instance.client(), CREATES, last=number)
        with pytest.raises(_Died):
            run(dying, key)
        outcomes = {row.outcome for row in run(instance.client(), key)}
        assert outcomes <= {"created", "kept", "updated"}, (number, outcomes)
        assert objects_of(instance.client(), key) == expected, number


def test_a_second_run_keeps_everything_and_changes_nothing(instance, project):
    project("TWICE")
    run(instance.client(), "TWICE")
    before = objects_of(instance.client(), "TWICE")
    counted = _CountingClient(client := instance.client())
    rows = run(client, "TWICE")
    assert [row.outcome for row in rows] == ["kept"] * N_OBJECTS
    assert counted.n_changes == 0
    assert objects_of(instance.client(), "TWICE") == before


def test_listing_only_changes_nothing_and_says_what_would_be_created(instance, project):
    project("LISTED")
    counted = _CountingClient(client := instance.client())
    rows = run(client, "LISTED", dry_run=True, build=True)
    assert {row.outcome for row in rows} == {"would be created", "would be run"}
    assert counted.n_changes == 0


def test_a_changed_setting_updates_the_recipe_and_one_that_a_user_changed_stays(instance, project):
    made = project("CHANGED")
    run(instance.client(), "CHANGED")
    settings = made.get_recipe("assign_topics_to_notes").get_settings()
    settings.raw_params["customConfig"]["threshold"] = 0.5
    settings.save()
    outcomes = {row.name: row.outcome for row in run(instance.client(), "CHANGED", language="en")}
    assert outcomes["discover_topics_of_notes"] == "updated"
    assert outcomes["assign_topics_to_notes"] == "kept, with the settings it was changed to"
    assert made.get_recipe("discover_topics_of_notes").get_settings().raw_params["customConfig"]["language"] == "en"
    assert made.get_recipe("assign_topics_to_notes").get_settings().raw_params["customConfig"]["threshold"] == 0.5


def test_names_that_others_have_taken_are_refused_together_before_anything_is_created(instance, project):
    made = project("TAKEN")
    made.new_managed_dataset("notes_topics").with_store_into("filesystem_managed").create()
    made.create_managed_folder("notes_model")
    counted = _CountingClient(client := instance.client())
    with pytest.raises(
        SettingsError, match=r"dataset 'notes_topics', managed folder 'notes_model'.*Nothing was changed"
    ):
        run(client, "TAKEN")
    assert counted.n_changes == 0
    assert {row.outcome for row in run(instance.client(), "TAKEN", name_prefix="mine")} == {"created"}


def test_all_faults_are_reported_at_once_before_anything_is_created(instance, project):
    project("FAULTY")
    client = instance.client()
    with pytest.raises(SettingsError, match=r"'Text column' must be a column.*'Beginning of the names' must be"):
        run(client, "FAULTY", text_column="nope", name_prefix="a b")
    with pytest.raises(SettingsError, match=r"'Connection for datasets' must be a conn.*'Connection for the model"):
        run(client, "FAULTY", connection="lake", folder_connection="sea")
    with pytest.raises(DataError, match=r"The project FAULTY has no dataset 'gone'\. It has: notes\."):
        run(client, "FAULTY", dataset="gone")


def test_a_column_named_as_one_of_ours_is_not_taken_for_the_topic(instance, project):
    project("SUFFIX")
    run(instance.client(), "SUFFIX", summaries=True)
    recipe = instance.client().get_project("SUFFIX").get_recipe("summarize_topics_of_notes")
    assert recipe.get_settings().raw_params["customConfig"]["group_columns"] == ["topic_id_1"]


def test_where_the_api_creates_no_webapp_of_a_plugin_the_clicks_are_listed_with_every_value(instance, project):
    project("CLICKS")
    instance.change_settings(plugin_webapps_by_api="refuse")
    try:
        rows = run(instance.client(), "CLICKS")
    finally:
        instance.change_settings(plugin_webapps_by_api="accept")
    clicks = [row.outcome for row in rows if row.kind == "webapp" and not row.name]
    assert len(clicks) == 4
    assert all(
        f": {name}" in clicks[2] for name in ("notes_scored", "notes_topics", "notes_topic_terms", "notes_model")
    )
    assert next(row.outcome for row in rows if row.name == "Text Explorer: notes").startswith("by hand")
