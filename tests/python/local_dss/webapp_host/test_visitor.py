"""Who visits the webapp: the host says so, and the browser cannot."""

from __future__ import annotations

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
    assert name_visitor(headers, None) == [("Cookie", "a=1; b=2"), ("Accept", "*/*")]


@pytest.mark.parametrize(
    "cookie", ["local_dss_visitor=admin", " local_dss_visitor = admin", "a=1 local_dss_visitor=admin"]
)
def test_a_claim_in_a_cookie_is_removed_however_it_is_written(cookie):
    assert name_visitor([("cookie", cookie)], "ada") == [("X-Local-DSS-Visitor", "ada")]


def test_the_visitor_is_anonymous_and_cannot_claim_a_login(classic_host):
    headers = classic_host.call("/echo", "POST", headers=CLAIMS).json()["headers"]
    assert "admin" not in str(headers)
    assert headers["Cookie"] == "a=1; b=2"


def test_the_login_given_at_start_is_the_one_dataiku_reports(start_host, tmp_path, home):
    config = write_config(tmp_path, title="T")
    host = start_host("webapp-probe_classic", "--config", config, "--user", "ada").wait_until_serving()
    assert host.call("/visitor", headers=CLAIMS).json()["authIdentifier"] == "ada"


def test_a_login_the_instance_does_not_know_is_refused(home):
    message = run_refused("webapp-probe_module", home, "--user", "bob")
    assert message == 'Error: The instance has no user "bob". Its users are: ada.\n'
