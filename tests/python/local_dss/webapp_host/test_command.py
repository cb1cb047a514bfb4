"""The command ``serve``: what it refuses, and its messages."""

from __future__ import annotations

import json
import shutil
import socket

import pytest

from tests.python.local_dss.webapp_host.running_host import LIBRARY_PLUGIN, PROBE_PLUGIN, run_refused, write_config

PROBES = [f"webapp-probe_{name}" for name in ("broken", "classic", "gated", "module", "own-flask")]


@pytest.fixture
def plugin_copy(tmp_path):
    return shutil.copytree(PROBE_PLUGIN, tmp_path / "plugin")


def change_descriptor(plugin, **changes) -> None:
    path = plugin / "webapps" / "webapp-probe_module" / "webapp.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **changes}), encoding="utf-8")


def test_an_unknown_webapp_is_refused_and_the_known_ones_are_listed(tmp_path):
    message = run_refused("absent", tmp_path)
    assert message.count("\n") == 1
    assert ", ".join(PROBES) in message


def test_a_config_that_does_not_fit_is_refused_in_one_line(tmp_path):
    config = write_config(tmp_path, dataset="absent", mode="slow")
    message = run_refused("webapp-probe_classic", tmp_path, "--config", config)
    assert message.count("\n") == 1
    assert all(name in message for name in ("(title)", "(mode)", "(dataset)"))


@pytest.mark.parametrize("name", ["app.js", "body.html", "backend.py"])
def test_a_missing_file_is_one_sentence(tmp_path, plugin_copy, name):
    (plugin_copy / "webapps" / "webapp-probe_module" / name).unlink()
    message = run_refused("webapp-probe_module", tmp_path, plugin=plugin_copy)
    assert message == f'Error: Webapp "webapp-probe_module" lacks {name}: it must exist, empty or not.\n'


@pytest.mark.parametrize("listed", ["jquery", {"jquery": True}, ["jquery", 3], True])
def test_libraries_that_are_no_list_of_names_are_refused(tmp_path, plugin_copy, listed):
    change_descriptor(plugin_copy, standardWebAppLibraries=listed)
    message = run_refused("webapp-probe_module", tmp_path, plugin=plugin_copy)
    assert message == f'Error: "standardWebAppLibraries" in webapp.json must be a list of names. Got {listed!r}.\n'


def test_a_style_sheet_is_optional(start_host, plugin_copy):
    (plugin_copy / "webapps" / "webapp-probe_module" / "style.css").unlink()
    host = start_host("webapp-probe_module", plugin=plugin_copy).wait_until_serving()
    assert "style.css" not in host.get(host.page_path).text
    assert host.get(host.page_path + "/style.css").status_code == 404


@pytest.mark.parametrize("has_backend", ["false", False, None])
def test_a_webapp_without_backend_needs_no_backend_code(start_host, plugin_copy, has_backend):
    change_descriptor(plugin_copy, hasBackend=has_backend)
    (plugin_copy / "webapps" / "webapp-probe_module" / "backend.py").unlink()
    host = start_host("webapp-probe_module", plugin=plugin_copy).wait_until_serving()
    assert host.get(host.page_path).ok
    assert host.call("/where").status_code == 502


def test_a_chart_is_refused_in_one_sentence(tmp_path):
    message = run_refused("library-probe_chart", tmp_path, plugin=LIBRARY_PLUGIN)
    assert message == (
        'Error: Webapp "library-probe_chart" is a chart ("chart" in its webapp.json), which DSS draws in the charts '
        "of a dataset. Only webapps with a page of their own can be served here.\n"
    )


def test_a_switch_that_is_neither_true_nor_false_is_refused(tmp_path, plugin_copy):
    change_descriptor(plugin_copy, hasBackend="yes")
    message = run_refused("webapp-probe_module", tmp_path, plugin=plugin_copy)
    assert message == 'Error: "hasBackend" in webapp.json must be "true" or "false". Got \'yes\'.\n'


def test_a_port_in_use_is_one_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        message = run_refused("webapp-probe_module", tmp_path, "--port", str(port))
    assert (
        message
        == f"Error: Port {port} of 127.0.0.1 cannot be used: Address already in use. Choose another one with --port.\n"
    )


@pytest.mark.parametrize("option", [("--port", "70000"), ("--port", "web"), ("--processes", "0")])
def test_numbers_out_of_range_are_refused(tmp_path, option):
    assert "must be an integer from" in run_refused("webapp-probe_module", tmp_path, *option)


@pytest.mark.parametrize(
    ("host_header", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST:8765", 200),
        ("127.0.0.1:1", 200),
        ("evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("", 403),
    ],
)
def test_requests_to_a_foreign_name_are_refused(classic_host, host_header, status):
    paths = ["/", classic_host.page_path, "/plugins/webapp-probe/resource/app/one.js"]
    answers = [classic_host.get(path, headers={"Host": host_header}) for path in paths]
    answers.append(classic_host.call("/where", headers={"Host": host_header}))
    assert {answer.status_code for answer in answers} == {status}


def test_the_page_has_no_policy_unless_asked_for(classic_host, start_host):
    assert "Content-Security-Policy" not in classic_host.get(classic_host.page_path).headers
    strict = start_host("webapp-probe_module", "--csp").wait_until_serving()
    policy = strict.get(strict.page_path).headers["Content-Security-Policy"]
    assert policy == "script-src 'self'; style-src 'self'"


def test_a_reload_shows_an_edit_of_the_page(start_host, plugin_copy):
    host = start_host("webapp-probe_module", plugin=plugin_copy).wait_until_serving()
    (plugin_copy / "webapps" / "webapp-probe_module" / "app.js").write_text("// edited\n", encoding="utf-8")
    answer = host.get(host.page_path + "/app.js")
    assert (answer.text, answer.headers["Cache-Control"]) == ("// edited\n", "no-store")


def test_a_page_of_a_foreign_origin_is_refused(classic_host):
    foreign = ["https://evil.example", "null", "http://127.0.0.1.evil.example", "http://[", "//", ""]
    answers = [classic_host.call("/echo", "POST", headers={"Origin": origin}) for origin in foreign]
    assert [answer.status_code for answer in answers] == [403] * len(foreign)
    assert classic_host.call("/echo", "POST", headers={"Origin": classic_host.origin}).status_code == 200


def test_a_project_key_that_is_no_name_is_refused(tmp_path):
    assert "../x" in run_refused("webapp-probe_module", tmp_path, "--project", "../x")


def test_the_project_is_that_of_the_instance_unless_another_is_named(start_host, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "instance.json").write_text('{"default_project": "SALES"}', encoding="utf-8")
    hosts = [start_host("webapp-probe_module", *options) for options in ((), ("--project", "OTHER"))]
    paths = [host.wait_until_serving().page_path for host in hosts]
    assert [path.split("/")[:3] for path in paths] == [["", "webapps", "SALES"], ["", "webapps", "OTHER"]]
