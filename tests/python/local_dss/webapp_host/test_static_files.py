"""Files of the plugin's resource folder, and no others."""

from __future__ import annotations

import http.client
from pathlib import Path
from urllib.parse import urljoin

import pytest
import requests

from local_dss.webapp_host.static_files import file_below, mime_type
from tests.python.local_dss.webapp_host.running_host import RunningHost

RESOURCES = "/plugins/webapp-probe/resource/"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("main.js", "text/javascript"),
        ("main.MJS", "text/javascript"),
        ("main.js.map", "application/json"),
        ("font.otf", "font/otf"),
        ("font.eot", "application/vnd.ms-fontobject"),
        ("land.geojson", "application/geo+json"),
        ("photo.JPEG", "image/jpeg"),
        ("icon.webp", "image/webp"),
        ("icon.ico", "image/x-icon"),
        ("page.htm", "text/html"),
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
        RESOURCES + "app/one.js/",
        RESOURCES + "app%5cone.js",
        RESOURCES + "app/one.js%00.css",
        RESOURCES + "x" * 300 + ".js",
        RESOURCES + "x/" * 3000,
        RESOURCES + "%ff",
        "/plugins/webapp-probe/plugin.json",
        "/plugins/other/resource/app/one.js",
        "/local-dss/../host.py",
    ],
)
def test_nothing_else_is_served(classic_host, path):
    assert raw_answer(classic_host, "GET", path).status == 404


def test_the_webapps_backend_code_is_not_served(classic_host):
    names = ["/backend.py", "/webapp.json", "/body.html", "/../webapp-probe_module/app.js"]
    assert [classic_host.get(classic_host.page_path + name).status_code for name in names] == [404] * 4


def test_only_the_backend_takes_other_methods(classic_host):
    url = classic_host.origin + RESOURCES + "app/one.js"
    answers = [requests.request(method, url, data=b"x", timeout=10) for method in ("POST", "PUT", "DELETE")]
    assert [answer.status_code for answer in answers] == [405, 405, 405]


@pytest.mark.parametrize("name", ["typography", "fonts", "variables", "dku-styles"])
def test_the_style_sheets_of_dss_are_served(classic_host, name):
    answer = classic_host.get(f"/static/public/styles/1.0.0/{name}.css")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert "{" in answer.text
    assert classic_host.get(f"/static/public/styles/1.0.0/%2e%2e/{name}.css").status_code == 404


@pytest.fixture(scope="module")
def files_home(tmp_path_factory):
    """Home folder with files an administrator put there, and links that lead out of their folders."""
    home = tmp_path_factory.mktemp("instance") / "home"
    places = ["static", "projects/LOCAL/static", "projects/LOCAL/resources", "projects/LOCAL/public-resources"]
    for place in [*places, "projects/OTHER/public-resources", "projects/LOCAL/datasets"]:
        (home / place).mkdir(parents=True)
        (home / place / "shared.mjs").write_text(f"// {place}", encoding="utf-8")
        (home / place / "link.txt").symlink_to(home / "instance.json")
        (home / place / "above").symlink_to(home)
    (home / "instance.json").write_text("{}", encoding="utf-8")
    return home


FILES = {
    "/local/static/shared.mjs": "static",
    "/local/projects/LOCAL/static/shared.mjs": "projects/LOCAL/static",
    "/local/projects/LOCAL/public-resources/shared.mjs": "projects/LOCAL/public-resources",
    "/local/projects/OTHER/public-resources/shared.mjs": "projects/OTHER/public-resources",
}
PRIVATE_FILES = {"/local/projects/LOCAL/resources/shared.mjs": "projects/LOCAL/resources"}


def test_files_of_the_instance_and_of_its_projects_are_served(start_host, files_home):
    host = start_host("webapp-probe_module", home=files_home).wait_until_serving()
    answers = {path: host.get(path) for path in {**FILES, **PRIVATE_FILES}}
    expected = {path: f"// {place}" for path, place in {**FILES, **PRIVATE_FILES}.items()}
    assert {path: answer.text for path, answer in answers.items()} == expected
    assert {answer.headers["Content-Type"] for answer in answers.values()} == {"text/javascript; charset=utf-8"}


def test_an_anonymous_visitor_does_not_get_resources_that_are_not_public(start_host, files_home):
    host = start_host("webapp-probe_module", "--anonymous", home=files_home).wait_until_serving()
    assert [host.get(path).status_code for path in FILES] == [200] * len(FILES)
    assert [host.get(path).status_code for path in PRIVATE_FILES] == [401]


@pytest.mark.parametrize(
    "path",
    [
        "/local/static/../instance.json",
        "/local/static/%2e%2e/instance.json",
        "/local/static/..%2finstance.json",
        "/local/static/link.txt",
        "/local/static/above/instance.json",
        "/local/static//etc/hostname",
        "/local/static/%00shared.mjs",
        "/local/static/shared.mjs%00",
        "/local/static/" + "x" * 300,
        "/local/static/" + "x/" * 3000,
        "/local/static/shared.mjs/",
        "/local/static/shared.mjs/x",
        "/local/static/",
        "/local/static",
        "/local/projects/LOCAL/datasets/shared.mjs",
        "/local/projects/LOCAL/static/../datasets/shared.mjs",
        "/local/projects/LOCAL%2fdatasets%2f..%2f../static/shared.mjs",
        "/local/projects/../projects/LOCAL/datasets/shared.mjs",
        "/local/projects/%2e%2e/static/shared.mjs",
        "/local/projects/ABSENT/static/shared.mjs",
        "/local/projects/LOCAL/static/link.txt",
        "/local/projects/LOCAL/static",
        "/local/projects/",
        "/instance.json",
    ],
)
def test_nothing_beside_these_files_is_served(files_host, path):
    assert raw_answer(files_host, "GET", path).status == 404


@pytest.fixture(scope="module")
def files_host(files_home):
    host = RunningHost("webapp-probe_module", files_home).wait_until_serving()
    yield host
    host.stop()


def test_a_circle_of_links_is_not_followed(tmp_path):
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    assert file_below(tmp_path, "one") is None
    assert file_below(tmp_path / "absent", "one") is None


def test_a_head_request_has_the_headers_and_no_body(classic_host):
    url = classic_host.origin + RESOURCES + "app/one.js"
    whole, head = requests.get(url, timeout=10), requests.head(url, timeout=10)
    names = ["Content-Type", "Content-Length", "ETag", "Last-Modified", "Accept-Ranges"]
    assert [head.headers[name] for name in names] == [whole.headers[name] for name in names]
    assert head.content == b""


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-4", 206, slice(0, 5)),
        ("bytes=5-", 206, slice(5, None)),
        ("bytes=-3", 206, slice(-3, None)),
        ("bytes=0-999999", 206, slice(None)),
        ("bytes=999999-", 416, None),
        ("bytes=5-2", 416, None),
        ("lines=1-2", 200, slice(None)),
        ("nonsense", 200, slice(None)),
    ],
)
def test_a_range_of_a_file_is_served(classic_host, asked, status, part):
    path = RESOURCES + "app/one.js"
    whole = classic_host.get(path).content
    answer = classic_host.get(path, headers={"Range": asked})
    assert answer.status_code == status
    assert part is None or answer.content == whole[part]


def test_a_browser_may_keep_a_file_and_must_ask_whether_it_has_changed(classic_host):
    path = RESOURCES + "app/one.js"
    first = classic_host.get(path)
    assert first.headers["Cache-Control"] == "no-cache"
    conditions = [
        {"If-None-Match": first.headers["ETag"]},
        {"If-Modified-Since": first.headers["Last-Modified"]},
        {"If-None-Match": '"another"'},
    ]
    answers = [classic_host.get(path, headers=condition) for condition in conditions]
    assert [(answer.status_code, len(answer.content)) for answer in answers] == [
        (304, 0),
        (304, 0),
        (200, len(first.content)),
    ]


@pytest.mark.parametrize("start", ["//evil.example", "//evil.example/%2e%2e", "/\\evil.example", "//evil.example//"])
def test_the_host_sends_nobody_elsewhere(classic_host, start):
    answers = [raw_answer(classic_host, "GET", start + end) for end in ("", classic_host.page_path, "/favicon.ico")]
    assert {answer.getheader("Location") for answer in answers} == {None}


def raw_answer(host, method, path):
    """Send a path as it is: other clients tidy it up first."""
    connection = http.client.HTTPConnection("127.0.0.1", host.port, timeout=10)
    connection.request(method, path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer
