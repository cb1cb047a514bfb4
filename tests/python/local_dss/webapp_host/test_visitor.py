"""Who visits the webapp: the host says so, and the browser cannot."""

from __future__ import annotations

import json

import pytest

from local_dss.webapp_host.visitor import name_visitor
from tests.python.local_dss.webapp_host.running_host import run_refused, write_config

CLAIMS = {"X-Local-DSS-Visitor": "admin", "Cookie": "a=1; local_dss_visitor=admin; b=2"}


@pytest.fixture
def home(tmp_path):
    """Home folder of an instance with one user; the fixture start_host uses the same folder."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "instance.json").write_text('{"users": {"ada": {"groups": ["readers"]}}}', encoding="utf-8")
    return folder


def test_what_the_browser_claims_is_removed():
    headers = [("x-local-dss-visitor", "admin"), ("Cookie", "a=1; local_dss_visitor=admin; b=2"), ("Accept", "*/*")]
    assert name_visitor(headers, None) == [("Cookie", "a=1; b=2"), ("Accept", "*/*"), ("X-Local-DSS-Visitor", "")]


@pytest.mark.parametrize(
    "cookie", ["local_dss_visitor=admin", " local_dss_visitor = admin", "a=1 local_dss_visitor=admin"]
)
def test_a_claim_in_a_cookie_is_removed_however_it_is_written(cookie):
    assert name_visitor([("cookie", cookie)], "ada") == [("X-Local-DSS-Visitor", "ada")]


def test_an_anonymous_visitor_cannot_claim_a_login(classic_host):
    headers = classic_host.call("/echo", "POST", headers=CLAIMS).json()["headers"]
    assert "admin" not in str(headers)
    assert headers["Cookie"] == "a=1; b=2"


def test_the_login_given_at_start_is_the_one_dataiku_reports(start_host, tmp_path, home):
    config = write_config(tmp_path, title="T")
    host = start_host("webapp-probe_classic", "--config", config, "--user", "ada").wait_until_serving()
    assert host.call("/visitor", headers=CLAIMS).json()["authIdentifier"] == "ada"


@pytest.mark.parametrize(
    ("settings", "login"),
    [
        (None, "analyst"),
        ({"users": {"ada": {}, "bob": {}}}, "ada"),
        ({"users": {"ada": {}, "bob": {}}, "visitor": "bob"}, "bob"),
    ],
)
def test_somebody_visits_unless_told_otherwise(start_host, tmp_path, settings, login):
    if settings is not None:
        (tmp_path / "home").mkdir()
        (tmp_path / "home" / "instance.json").write_text(json.dumps(settings), encoding="utf-8")
    host = start_host("webapp-probe_classic", "--config", write_config(tmp_path, title="T")).wait_until_serving()
    assert host.call("/visitor").json()["authIdentifier"] == login


@pytest.mark.parametrize(("settings", "options"), [({"visitor": "ada"}, ["--anonymous"]), ({"users": {}}, [])])
def test_an_anonymous_visitor_is_nobody_to_the_backend(start_host, tmp_path, home, settings, options):
    known = json.loads((home / "instance.json").read_text(encoding="utf-8"))
    (home / "instance.json").write_text(json.dumps({**known, **settings}), encoding="utf-8")
    config = write_config(tmp_path, title="T")
    host = start_host("webapp-probe_classic", "--config", config, *options).wait_until_serving()
    assert host.call("/visitor", headers=CLAIMS).status_code == 500
    host.wait_for_log("DssError: No user is authenticated in these headers: the visitor is anonymous.")


def test_a_visitor_is_named_or_anonymous_and_not_both(home):
    message = run_refused("webapp-probe_module", home, "--user", "ada", "--anonymous")
    assert "argument --anonymous: not allowed with argument --user" in message


def test_a_login_the_instance_does_not_know_is_refused(home):
    message = run_refused("webapp-probe_module", home, "--user", "bob")
    assert message == 'Error: The instance has no user "bob". Its users are: ada.\n'
