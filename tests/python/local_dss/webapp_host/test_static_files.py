"""Files of the plugin's resource folder, and no others."""

from __future__ import annotations

import http.client
from pathlib import Path
from urllib.parse import urljoin

import pytest
import requests

from local_dss.webapp_host.static_files import file_below, mime_type

RESOURCES = "/plugins/webapp-probe/resource/"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("main.js", "text/javascript"),
        ("main.MJS", "text/javascript"),
        ("words.json", "application/json"),
        ("dot.svg", "image/svg+xml"),
        ("app.css", "text/css"),
        ("probe.woff2", "font/woff2"),
        ("notes", "application/octet-stream"),
    ],
)
def test_the_mime_type_follows_the_ending(name, expected):
    assert mime_type(Path(name)) == expected


def test_files_outside_the_folder_are_not_found(tmp_path):
    folder = tmp_path / "resource"
    folder.mkdir()
    (folder / "inside.txt").write_text("inside", encoding="utf-8")
    (tmp_path / "outside.txt").write_text("outside", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    assert file_below(folder, "inside.txt") == folder / "inside.txt"
    outside = ["../outside.txt", "a/../../outside.txt", str(tmp_path / "outside.txt"), "link.txt", "", ".", "in\0side"]
    assert [file_below(folder, path) for path in outside] == [None] * len(outside)


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("app/main.mjs", "text/javascript; charset=utf-8"),
        ("app/one.js", "text/javascript; charset=utf-8"),
        ("app/app.css", "text/css; charset=utf-8"),
        ("app/words.json", "application/json"),
        ("app/dot.svg", "image/svg+xml; charset=utf-8"),
        ("app/fonts/probe.woff2", "font/woff2"),
    ],
)
def test_a_resource_is_served_with_its_type(classic_host, path, content_type):
    answer = classic_host.get(RESOURCES + path + "?v=1.0.0")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, content_type)


def test_a_resource_is_found_relative_to_the_page_and_to_its_script(classic_host):
    page = classic_host.origin + classic_host.page_path
    urls = [urljoin(page + end, "../../resource/app/one.js") for end in ("", "/app.js")]
    assert [requests.get(url, timeout=10).text for url in urls] == [classic_host.get(RESOURCES + "app/one.js").text] * 2


@pytest.mark.parametrize(
    "path",
    [
        "/resource/../plugin.json",
        "/webapps/resource/%2e%2e/plugin.json",
        RESOURCES + "../plugin.json",
        RESOURCES + "%2e%2e/plugin.json",
        RESOURCES + "..%2fplugin.json",
        RESOURCES + "app/..%2f..%2fplugin.json",
        RESOURCES + "%2fetc%2fhostname",
        RESOURCES + "/etc/hostname",
        RESOURCES + "app",
        RESOURCES + "absent.js",
        "/plugins/webapp-probe/plugin.json",
        "/plugins/other/resource/app/one.js",
        "/local-dss/../host.py",
    ],
)
def test_nothing_else_is_served(classic_host, path):
    # http.client sends the path as it is; other clients tidy it up first.
    connection = http.client.HTTPConnection("127.0.0.1", classic_host.port, timeout=10)
    connection.request("GET", path)
    assert connection.getresponse().status == 404
    connection.close()


def test_the_webapps_backend_code_is_not_served(classic_host):
    names = ["/backend.py", "/webapp.json", "/body.html", "/../webapp-probe_module/app.js"]
    assert [classic_host.get(classic_host.page_path + name).status_code for name in names] == [404] * 4


def test_only_the_backend_takes_other_methods(classic_host):
    url = classic_host.origin + RESOURCES + "app/one.js"
    answers = [requests.request(method, url, data=b"x", timeout=10) for method in ("POST", "PUT", "DELETE")]
    assert [answer.status_code for answer in answers] == [405, 405, 405]
