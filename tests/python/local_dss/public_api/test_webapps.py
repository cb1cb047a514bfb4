"""The real client creates, configures and starts webapps; browsers reach pages, data and backends beside the API."""

from __future__ import annotations

import http
import shutil
from pathlib import Path

import pytest
import requests
from dataikuapi.utils import DataikuException

from local_dss.site.local_dss_storage.datasets import StoredDataset
from tests.python.instance_support.running_instance import KEY, RunningInstance

PROBE = Path(__file__).resolve().parents[3] / "plugins" / "instance-probe"
HELLO, BROKEN = "webapp_instance-probe_hello", "webapp_instance-probe_broken"


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(PROBE, home / "plugins" / "installed" / "instance-probe")
    reviews = StoredDataset(home, "LOCAL", "reviews")
    reviews.create([{"name": "text", "type": "string"}])
    reviews.mark_built()
    running = RunningInstance(
        home,
        api_keys={"reader": {"user": "analyst", "projects": {"*": ["READ_CONF"]}}},
        plugin_webapps_by_api="accept",
    ).start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def project(instance):
    return instance.client().get_project("LOCAL")


@pytest.fixture(scope="module")
def hello(instance):
    return create(instance, {"type": HELLO, "name": "Hello", "config": {"title": "Hi", "limit": None}, "note": 1})


@pytest.fixture(scope="module")
def started(hello):
    hello.start_or_restart_backend().wait_for_result()
    return hello


def create(instance, definition):
    """Create a webapp as the client does, which itself refuses the types of plugins."""
    client = instance.client()
    answer = client._perform_json("POST", "/projects/LOCAL/webapps/", body=definition)
    return client.get_project("LOCAL").get_webapp(answer["webAppId"])


def backend_url(instance, webapp, path=""):
    return f"{instance.url}/web-apps-backends/LOCAL/{webapp.webapp_id}/{path}"


def get(address, **options):
    return requests.get(address, timeout=10, **options)


def test_a_code_webapp_is_created_empty_and_has_nothing_to_start(project):
    webapp = project.create_webapp("Notes")
    assert webapp.get_settings().get_raw()["type"] == "STANDARD"
    assert "Notes" in [item.name for item in project.list_webapps()]
    with pytest.raises(DataikuException, match="webapps of plugins only"):
        webapp.start_or_restart_backend()


def test_the_webapp_of_a_plugin_is_refused_unless_the_instance_accepts_it(instance):
    instance.change_settings(plugin_webapps_by_api="refuse")
    with pytest.raises(DataikuException, match=f"Unsupported webapp type: {HELLO}"):
        create(instance, {"type": HELLO, "name": "Refused"})
    instance.change_settings(plugin_webapps_by_api="accept")


def test_the_whole_definition_is_kept_and_its_key_is_in_no_list(project, hello):
    kept = hello.get_settings().get_raw()
    assert (kept["config"], kept["note"], kept["projectKey"]) == ({"title": "Hi", "limit": None}, 1, "LOCAL")
    (item,) = [item for item in project.list_webapps() if item.id == hello.webapp_id]
    assert "apiKey" not in item._data


def test_saving_settings_keeps_what_the_stand_in_does_not_know_and_what_is_its_own(instance):
    settings = create(instance, {"type": HELLO, "name": "Saved"}).get_settings()
    settings.get_raw().update(name="Renamed", unknown={"a": [1]}, projectKey="OTHER")
    settings.save()
    saved = instance.client().get_project("LOCAL").get_webapp(settings.webapp.webapp_id).get_settings().get_raw()
    assert (saved["name"], saved["unknown"], saved["projectKey"]) == ("Renamed", {"a": [1]}, "LOCAL")
    assert saved["versionTag"]["versionNumber"] == 1


def test_a_reader_sees_a_webapp_and_changes_nothing(instance, hello):
    webapp = instance.client("reader").get_project("LOCAL").get_webapp(hello.webapp_id)
    assert webapp.get_settings().get_raw()["name"] == "Hello"
    with pytest.raises(DataikuException, match="permission WRITE_CONF"):
        webapp.start_or_restart_backend()


def test_a_webapp_that_does_not_exist_is_a_404(project):
    with pytest.raises(DataikuException, match=r"NotFoundException: Webapp not found: LOCAL\.gone"):
        project.get_webapp("gone").get_state()


def test_a_backend_runs_from_its_start_to_its_stop(instance):
    webapp = create(instance, {"type": HELLO, "name": "Short", "config": {}})
    assert webapp.get_state().running is False
    webapp.start_or_restart_backend().wait_for_result()
    assert webapp.get_state().running is True
    assert webapp.get_state().state["currentLogTail"]["lines"][-1].endswith("The backend is ready.")
    webapp.stop_backend()
    assert webapp.get_state().running is False
    assert get(backend_url(instance, webapp, "config")).status_code == http.HTTPStatus.BAD_GATEWAY


def test_a_backend_that_cannot_start_leaves_its_last_log(instance):
    webapp = create(instance, {"type": BROKEN, "name": "Broken"})
    with pytest.raises(DataikuException, match="failed to start"):
        webapp.start_or_restart_backend().wait_for_result()
    state = webapp.get_state()
    assert state.running is False
    assert "RuntimeError: the probe cannot be imported" in "\n".join(state.state["lastCrashLogTail"]["lines"])


def test_a_backend_has_its_config_its_visitor_and_the_rights_of_who_started_it(instance, started):
    assert get(backend_url(instance, started, "config")).json() == {"title": "Hi"}
    assert get(backend_url(instance, started, "visitor")).json()["authIdentifier"] == "analyst"
    assert get(backend_url(instance, started, "datasets")).json() == ["reviews"]
    assert get(backend_url(instance, started, "last-build")).json()["buildSuccess"] is True


def test_a_key_of_the_api_reaches_a_backend_only_if_its_settings_allow(instance):
    webapp = create(instance, {"type": HELLO, "name": "Closed", "config": {"title": "By key"}})
    webapp.start_or_restart_backend().wait_for_result()
    backend = webapp.get_backend_client()
    assert backend.session.get(backend.url_for_path("config"), timeout=10).status_code == http.HTTPStatus.FORBIDDEN
    settings = webapp.get_settings()
    settings.get_raw()["params"]["backendAPIAccessEnabled"] = True
    settings.save()
    assert backend.session.get(backend.url_for_path("config"), timeout=10).json() == {"title": "By key"}


def test_the_page_and_the_files_of_its_plugin_are_at_their_addresses(instance, hello):
    page = f"{instance.url}/webapps/LOCAL/{hello.webapp_id}"
    assert '<p id="title"></p>' in get(page).text
    assert '"title": "Hi"' in get(f"{page}/config.js").text
    note = f"{instance.url}/plugins/instance-probe/resource/note.txt"
    assert get(note).text == "A note.\n"
    assert get(note, headers={"Range": "bytes=99-"}).status_code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    assert get(f"{instance.url}/resource/note.txt", headers={"Referer": page}).text == "A note.\n"
    assert "Open without frame" in get(f"{instance.url}/projects/LOCAL/webapps/{hello.webapp_id}/view").text
    assert get(f"{instance.url}/webapps/LOCAL/gone/app.js").status_code == http.HTTPStatus.NOT_FOUND


def test_a_page_reads_the_datasets_its_own_key_is_granted_beside_the_api(instance):
    granted = create(instance, {"type": HELLO, "name": "Reads", "params": {"authorizedDatasets": ["reviews"]}})
    other = create(instance, {"type": HELLO, "name": "Reads nothing"})
    schema = f"{instance.url}/dip/publicapi/projects/LOCAL/datasets/reviews/schema"
    keys = [webapp.get_settings().get_raw()["apiKey"] for webapp in (granted, other)]
    answers = [get(schema, auth=(key, "")) for key in [*keys, "no key at all"]]
    assert [answer.status_code for answer in answers] == [200, 403, 401]
    assert answers[0].json()["columns"] == [{"name": "text", "type": "string"}]
    project = f"{instance.url}/dip/publicapi/projects/LOCAL/webapps/"
    assert [get(project, auth=(key, "")).status_code for key in (KEY, keys[0])] == [200, 404]
