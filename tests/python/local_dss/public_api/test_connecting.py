"""The real client connects: keys in all three ways, errors as the client words them, routes that are not served."""

from __future__ import annotations

import base64

import pytest
import requests
from dataikuapi.utils import DataikuException

from tests.python.instance_support.running_instance import KEY, RunningInstance

pytestmark = pytest.mark.oldest


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    running = RunningInstance(
        tmp_path_factory.mktemp("home"),
        api_keys={"reader": {"user": "analyst", "projects": {"*": ["READ_CONF"]}}},
        connections=["filesystem_managed", "lake"],
    ).start()
    yield running
    running.stop()


def test_the_client_learns_who_it_is_and_which_instance_answers(instance):
    client = instance.client()
    assert client.get_auth_info()["authIdentifier"] == "admin"
    assert client.get_instance_info().raw["dssVersion"] == "14.2.0"
    assert client.list_connections_names("all") == ["filesystem_managed", "lake"]


@pytest.mark.parametrize(
    "authorization",
    [
        f"Bearer {KEY}",
        "Basic " + base64.b64encode(f"{KEY}:".encode()).decode(),
        "Basic " + base64.b64encode(f":{KEY}".encode()).decode(),
    ],
)
@pytest.mark.parametrize("base", ["/public/api", "/dip/publicapi"])
def test_a_key_is_accepted_as_user_as_password_and_as_bearer(instance, base, authorization):
    answer = requests.get(f"{instance.url}{base}/auth/info", headers={"Authorization": authorization}, timeout=10)
    assert (answer.status_code, answer.json()["authIdentifier"]) == (200, "admin")


@pytest.mark.parametrize("key", ["unknown", "reader "])
def test_an_unknown_key_is_refused_with_401(instance, key):
    with pytest.raises(DataikuException, match="UnauthorizedException: Invalid API key or ticket"):
        instance.client(key).get_auth_info()


def test_a_route_that_is_not_served_is_named(instance):
    with pytest.raises(DataikuException, match=r"does not serve GET /projects/NONE/bundles/exported\."):
        instance.client().get_project("NONE").list_exported_bundles()


def test_an_unknown_future_is_a_404_as_after_a_restart(instance):
    with pytest.raises(DataikuException, match="NotFoundException: Unknown future: gone"):
        instance.client().get_future("gone").get_state()


def test_each_request_is_logged_with_its_route_and_status(instance):
    instance.client().get_auth_info()
    assert {"GET /auth/info 200"} <= {f"{r['method']} {r['route']} {r['status']}" for r in instance.requests()}
