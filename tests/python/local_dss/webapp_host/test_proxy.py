"""Requests forwarded to the backend, its answers, and the visitor, whom the host alone names."""

from __future__ import annotations

import json
import os
import socket
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin

import pytest

from local_dss.webapp_host.proxy import end_to_end_headers, with_visitor
from tests.python.local_dss.webapp_host.running_host import PROBE_PLUGIN, run_refused, write_config

LARGE_BYTES = 24 << 20
CLAIMS = {"X-Local-DSS-Visitor": "admin", "Cookie": "a=1; local_dss_visitor=admin; b=2"}


def test_the_backend_runs_as_on_an_instance(classic_host):
    where = classic_host.call("/where").json()
    assert where["module"] != "__main__"
    assert where["import_path"][-1] == str(PROBE_PLUGIN / "python-lib")
    assert not any(entry.endswith("webapp_host") for entry in where["import_path"])
    assert where["config"] == {"title": "Été <b>", "mode": "fast"}
    assert where["variables"]["DKU_CURRENT_PROJECT_KEY"] == "LOCAL"
    assert where["variables"]["DKU_PLUGIN_ID"] == "webapp-probe"
    assert "DKUFLOW_SPEC" not in where["variables"]


def test_what_the_backend_prints_is_in_the_log(classic_host):
    classic_host.wait_for_log("[backend] the backend is being imported")


def test_the_backend_works_in_an_empty_folder_of_its_own(classic_host):
    folder = classic_host.call("/where").json()["folder"]
    assert os.listdir(folder) == []


def test_path_and_query_reach_the_backend_unchanged(classic_host):
    answer = classic_host.call("/greet/%C3%89va%20%26%20a/b%3Fc%25d?also=1%262&also=%C3%A9&empty=")
    assert answer.json() == {"text": "Hello, Éva & a/b?c%d!", "names": ["1&2", "é"]}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "REPORT"])
def test_method_body_and_headers_reach_the_backend(classic_host, method):
    headers = {"X-Probe": "yes", "Cookie": "a=1; b=2", "Content-Type": "text/plain"}
    echo = classic_host.call("/echo", method, data="été".encode(), headers=headers).json()
    assert (echo["method"], echo["size"], echo["start"]) == (method, 5, "été")
    sent = {name: echo["headers"][name] for name in ("X-Probe", "Cookie", "Content-Type", "Host")}
    assert sent == {**headers, "Host": f"127.0.0.1:{classic_host.port}"}


def test_a_large_body_reaches_the_backend(classic_host):
    echo = classic_host.call("/echo", "POST", data=b"x" * LARGE_BYTES).json()
    assert echo["size"] == LARGE_BYTES


def test_a_body_sent_in_chunks_reaches_the_backend(classic_host):
    echo = classic_host.call("/echo", "POST", data=iter([b"first ", b"second"])).json()
    assert (echo["size"], echo["start"]) == (12, "first second")


def test_a_large_answer_comes_back(classic_host):
    answer = classic_host.call(f"/large?size={LARGE_BYTES // 10 * 10}")
    assert len(answer.content) == LARGE_BYTES // 10 * 10


def test_a_head_request_has_the_length_and_no_body(classic_host):
    answer = classic_host.call("/large?size=100", "HEAD")
    assert (answer.status_code, answer.headers["Content-Length"], answer.content) == (200, "100", b"")


def test_cookies_come_back_and_headers_of_one_connection_do_not(classic_host):
    answer = classic_host.call("/cookies")
    assert answer.cookies.get_dict() == {"first": "1", "second": "2"}
    assert "Keep-Alive" not in answer.headers


def test_headers_named_by_connection_are_dropped_too():
    headers = [
        ("Connection", "close, X-Once"),
        ("X-Once", "1"),
        ("TE", "gzip"),
        ("Set-Cookie", "a"),
        ("set-cookie", "b"),
    ]
    assert end_to_end_headers(headers) == [("Set-Cookie", "a"), ("set-cookie", "b")]


def test_errors_of_the_backend_come_back_and_the_traceback_stays_in_the_log(classic_host):
    assert classic_host.call("/refuse").status_code == 418
    assert classic_host.call("/absent").status_code == 404
    failed = classic_host.call("/fail")
    assert failed.status_code == 500
    assert "on purpose" not in failed.text
    classic_host.wait_for_log("[backend] RuntimeError: the probe fails on purpose")
    assert any("webapp-probe_classic/backend.py" in line for line in classic_host.log)


def test_requests_are_answered_in_parallel(classic_host):
    # Each of the two requests waits in the backend for the other one.
    with ThreadPoolExecutor(2) as executor:
        answers = list(executor.map(classic_host.call, ["/meet", "/meet"]))
    assert [answer.text for answer in answers] == ["met", "met"]


def test_a_backend_finds_json_without_importing_it(start_host):
    host = start_host("webapp-probe_module").wait_until_serving()
    assert host.call("/sample").json() == {"status": "ok"}


def test_ping_is_answered(classic_host):
    assert classic_host.call("/__ping").status_code == 200


def test_the_backend_of_another_webapp_is_not_there(classic_host):
    assert classic_host.get("/web-apps-backends/LOCAL/OTHER/where").status_code == 404


def raw_exchange(host, request: bytes) -> bytes:
    """Send bytes as they are; return the first line of the answer."""
    with socket.create_connection(("127.0.0.1", host.port), timeout=10) as connection:
        connection.sendall(request)
        return connection.makefile("rb").readline()


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("POST {url} HTTP/1.1\r\nContent-Length: abc", {200, 400}),
        ("POST {url} HTTP/1.1\r\nContent-Length: -1", {200, 400}),
        ("PO\x01ST {url} HTTP/1.1", {400}),
        ("POST {url} HTTP/1.1\r\nX-Odd: a\x00b", {200, 400}),
        ("POST {url} HTTP/1.1\r\nX-Odd: été", {200}),
        ("POST {url}?a=%00&b=%ff HTTP/1.1", {200}),
        ("POST {url}/%00 HTTP/1.1", {404}),
        ("POST {url}/%ff HTTP/1.1", {404}),
        ("POST {url}//evil.example/%2e%2e HTTP/1.1", {404}),
    ],
)
def test_odd_requests_are_answered_and_the_host_lives_on(classic_host, head, status):
    url = classic_host.backend_url("/echo").removeprefix(classic_host.origin)
    request = head.format(url=url) + f"\r\nHost: 127.0.0.1:{classic_host.port}\r\nConnection: close\r\n\r\n"
    line = raw_exchange(classic_host, request.encode("utf-8"))
    assert int(line.split()[1]) in status
    assert classic_host.call("/__ping").text == "pong"


def test_a_redirect_of_the_backend_leads_to_no_other_host(classic_host):
    for path in ("//evil.example//greet/x", "/greet//x", "//evil.example/greet/x"):
        answer = classic_host.call(path, allow_redirects=False)
        target = urljoin(classic_host.origin, answer.headers.get("Location", "/"))
        assert target.startswith(classic_host.origin + "/")


@pytest.fixture
def home(tmp_path):
    """Home folder of an instance with one user; the fixture start_host uses the same folder."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "instance.json").write_text('{"users": {"ada": {"groups": ["readers"]}}}', encoding="utf-8")
    return folder


def test_what_the_browser_claims_is_removed():
    headers = [("x-local-dss-visitor", "admin"), ("Cookie", "a=1; local_dss_visitor=admin; b=2"), ("Accept", "*/*")]
    assert with_visitor(headers, None) == [("Cookie", "a=1; b=2"), ("Accept", "*/*"), ("X-Local-DSS-Visitor", "")]


@pytest.mark.parametrize(
    "cookie", ["local_dss_visitor=admin", " local_dss_visitor = admin", "a=1 local_dss_visitor=admin"]
)
def test_a_claim_in_a_cookie_is_removed_however_it_is_written(cookie):
    assert with_visitor([("cookie", cookie)], "ada") == [("X-Local-DSS-Visitor", "ada")]


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
def test_the_default_visitor_is_named_or_the_first_user(start_host, tmp_path, settings, login):
    if settings is not None:
        (tmp_path / "home").mkdir()
        (tmp_path / "home" / "instance.json").write_text(json.dumps(settings), encoding="utf-8")
    host = start_host("webapp-probe_classic", "--config", write_config(tmp_path, title="T")).wait_until_serving()
    assert host.call("/visitor").json()["authIdentifier"] == login


@pytest.mark.parametrize(("settings", "options"), [({"visitor": "ada"}, ["--anonymous"]), ({"users": {}}, [])])
def test_the_backend_cannot_identify_an_anonymous_visitor(start_host, tmp_path, home, settings, options):
    known = json.loads((home / "instance.json").read_text(encoding="utf-8"))
    (home / "instance.json").write_text(json.dumps({**known, **settings}), encoding="utf-8")
    config = write_config(tmp_path, title="T")
    host = start_host("webapp-probe_classic", "--config", config, *options).wait_until_serving()
    assert host.call("/visitor", headers=CLAIMS).status_code == 500
    host.wait_for_log("DssError: No user is authenticated in these headers: the visitor is anonymous.")


def test_user_and_anonymous_exclude_each_other(home):
    message = run_refused("webapp-probe_module", home, "--user", "ada", "--anonymous")
    assert "argument --anonymous: not allowed with argument --user" in message


def test_a_login_the_instance_does_not_know_is_refused(home):
    message = run_refused("webapp-probe_module", home, "--user", "bob")
    assert message == 'Error: The instance has no user "bob". Its users are: ada.\n'
