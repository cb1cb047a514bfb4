"""From an empty instance to an opened exploration of the sample, and back, by commands alone."""

from __future__ import annotations

import pytest
import requests
from dataikuapi.dss.project import DSSProject

from tests.python.instance_support.running_instance import RunningInstance

# What the tool and the macro may ask an instance for: documented or seen in the source of the client.
PROJECT = "/projects/<project_key>"
ROUTES = {
    *("/auth/info", "/instance-info", "/connections/get-names", "/futures/<future_id>"),
    *("/plugins/", "/plugins/actions/future/installFromZip", "/plugins/<plugin_id>/settings"),
    *("/plugins/<plugin_id>/code-env/actions/create", "/admin/code-envs/", "/admin/code-envs/<language>/<name>"),
    *("/projects/", PROJECT, f"{PROJECT}/variables/", f"{PROJECT}/flow/zones", f"{PROJECT}/flow/zones/<zone_id>"),
    *(f"{PROJECT}/flow/zones/<zone_id>/items", f"{PROJECT}/datasets/", f"{PROJECT}/datasets/managed"),
    *(f"{PROJECT}/datasets/<name>", f"{PROJECT}/datasets/<name>/schema"),
    f"{PROJECT}/datasets/<name>/uploaded/files",
    # The first rows, to guess the columns of id, date and groups.
    *(f"{PROJECT}/datasets/<name>/data/", f"{PROJECT}/datasets/<name>/finish-streaming/"),
    *(
        f"{PROJECT}/datasets/<name>/metrics/last/<partition>",
        f"{PROJECT}/datasets/<name>/actions/computeMetricsFromIds",
    ),
    *(f"{PROJECT}/managedfolders/", f"{PROJECT}/managedfolders/<folder_id>"),
    *(f"{PROJECT}/recipes/", f"{PROJECT}/recipes/<name>", f"{PROJECT}/jobs/", f"{PROJECT}/jobs/<job_id>/"),
    *(f"{PROJECT}/runnables/", f"{PROJECT}/runnables/<runnable_type>"),
    *(f"{PROJECT}/runnables/<runnable_type>/{part}/<run_id>" for part in ("state", "result")),
    *(f"{PROJECT}/scenarios/", f"{PROJECT}/scenarios/<scenario_id>"),
    *(f"{PROJECT}/webapps/", f"{PROJECT}/webapps/<webapp_id>", f"{PROJECT}/webapps/<webapp_id>/backend/state"),
    *(f"{PROJECT}/webapps/<webapp_id>/backend/actions/{action}" for action in ("restart", "stop")),
    *(f"{PROJECT}/wiki/", f"{PROJECT}/wiki/<article>"),
}


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    running = RunningInstance(home, env="reuse", plugin_webapps_by_api="accept").start()
    yield running
    running.stop()


def test_two_commands_lead_from_an_empty_instance_to_the_webapp_and_two_back(instance, tool, plugin_zip):
    installed = tool(instance.url, "install", str(plugin_zip))
    assert installed.code == 0, installed.text

    tried = tool(instance.url, "try", "--project", "REVIEWS", "--sample", "--name-prefix", "hotel")
    assert tried.code == 0, tried.text
    made = "created from the sample of the plugin" if hasattr(DSSProject, "create_sample_dataset") else "uploaded"
    assert f"Dataset text_explorer_reviews: {made}." in tried.text
    address = tried.text.splitlines()[-1].removeprefix("Open ")
    assert requests.get(address, timeout=30).status_code == 200

    shown = tool(instance.url, "status", "--project", "REVIEWS")
    assert shown.code == 0
    states = [line.split()[-1] for line in shown.text.splitlines() if line.strip().startswith(("hotel", "(uploaded)"))]
    assert states == ["runs", *["exists"] * 14]

    project = instance.client().get_project("REVIEWS")
    project.create_dataset("mine", "UploadedFiles", params={})
    removed = tool(instance.url, "remove", "--project", "REVIEWS", "--yes")
    assert removed.code == 0, removed.text
    assert [item["name"] for item in project.list_datasets()] == ["mine"]
    assert [project.list_recipes(), project.list_scenarios(), project.list_managed_folders()] == [[], [], []]
    assert project.get_wiki().list_articles() == []
    left = tool(instance.url, "status", "--project", "REVIEWS").text
    assert "its backend is stopped" in left
    assert "exists" not in left

    refused = tool(instance.url, "remove", "--project", "REVIEWS", "--with-project", "--yes")
    assert (refused.code, "has datasets of others: mine" in refused.text) == (2, True)
    project.get_dataset("mine").delete()
    assert tool(instance.url, "remove", "--project", "REVIEWS", "--with-project", "--yes").code == 0
    assert instance.client().list_project_keys() == []

    assert {request["route"] for request in instance.requests()} <= ROUTES
