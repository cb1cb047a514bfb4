"""The page DSS assembles from a webapp's files."""

from __future__ import annotations

import json

import pytest

from local_dss.descriptors.plugin import load_plugin
from local_dss.webapp_host.libraries import LibraryShelf
from local_dss.webapp_host.page import PageAddress, assemble_page, config_script, frame_page
from local_dss.webapp_host.webapp import Webapp, instance_webapp_id, load_webapp
from tests.python.local_dss.webapp_host.running_host import PROBE_PLUGIN

ADDRESS = PageAddress("LOCAL", "ABC")
NO_LIBRARIES = LibraryShelf()


@pytest.fixture
def classic() -> Webapp:
    return load_webapp(load_plugin(PROBE_PLUGIN), "webapp-probe_classic")


@pytest.fixture
def in_modules() -> Webapp:
    return load_webapp(load_plugin(PROBE_PLUGIN), "webapp-probe_module")


def positions(page: str, *texts: str) -> list[int]:
    return [page.index(text) for text in texts]


def test_a_fragment_is_wrapped_in_a_document_with_libraries_before_and_the_script_after_it(classic):
    page = assemble_page(classic, ADDRESS, NO_LIBRARIES)
    order = positions(
        page,
        "<!DOCTYPE html>",
        '<script src="/webapps/LOCAL/ABC/warning.js">',
        '<script src="/webapps/LOCAL/ABC/config.js">',
        '<script src="/local-dss/dataiku.js">',
        '<link rel="stylesheet" href="/webapps/LOCAL/ABC/style.css">',
        "<body>",
        '<main id="probe">',
        '<script src="/webapps/LOCAL/ABC/app.js">',
        "</body>",
    )
    assert order == sorted(order)


def test_a_document_keeps_its_own_head_and_receives_the_tags_in_it(in_modules):
    page = assemble_page(in_modules, ADDRESS, NO_LIBRARIES)
    order = positions(
        page,
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<script src="/webapps/LOCAL/ABC/config.js">',
        "<title>A document of its own</title>",
        '<link rel="stylesheet" href="/webapps/LOCAL/ABC/style.css">',
        "</head>",
        "<header>",
        '<main id="probe">',
        '<script type="module" src="/webapps/LOCAL/ABC/app.js">',
        "</body>",
    )
    assert order == sorted(order)
    assert page.count("<html") == 1


@pytest.mark.parametrize(
    "body",
    ["<html><p id='x'></p></html>", "<HTML lang='en'><BODY><p id='x'></p></BODY></HTML>", "<html>\n<p id='x'>"],
)
def test_a_document_without_a_head_is_filled_as_well(tmp_path, body):
    (tmp_path / "body.html").write_text(body, encoding="utf-8")
    (tmp_path / "style.css").touch()
    webapp = Webapp("w", tmp_path, "W", ("dataiku",), uses_modules=False, has_backend=False, params=())
    page = assemble_page(webapp, ADDRESS, NO_LIBRARIES)
    order = positions(page, "config.js", "dataiku.js", "style.css", "id='x'", "app.js")
    assert order == sorted(order)


def test_nothing_is_written_inline(classic, in_modules):
    pages = [
        assemble_page(classic, ADDRESS, NO_LIBRARIES),
        assemble_page(in_modules, ADDRESS, NO_LIBRARIES),
        frame_page("W", ADDRESS, []),
    ]
    assert [page.count("<style") for page in pages] == [0, 0, 0]
    assert [page.count("<script") - page.count("></script>") for page in pages] == [0, 0, 0]


def test_the_label_is_escaped(classic):
    assert "<title>Probe &lt;classic&gt; &amp; plain</title>" in assemble_page(classic, ADDRESS, NO_LIBRARIES)
    assert 'title="&quot;&gt;&lt;b&gt;"' in frame_page('"><b>', ADDRESS, [])


def test_the_page_receives_config_backend_url_and_project(classic):
    script = config_script({"title": "</script>é"}, ADDRESS, "KEY")
    assert json.loads(script[script.index("{") : script.rindex("}") + 1]) == {
        "config": {"title": "</script>é"},
        "backendUrl": "/web-apps-backends/LOCAL/ABC/",
        "projectKey": "LOCAL",
        "apiKey": "KEY",
    }


@pytest.mark.parametrize(("listed", "loaded"), [({}, ("dataiku",)), ({"standardWebAppLibraries": []}, ())])
def test_the_library_dataiku_is_loaded_unless_the_descriptor_lists_others(tmp_path, listed, loaded):
    folder = tmp_path / "webapps" / "w"
    folder.mkdir(parents=True)
    for name in ("app.js", "body.html", "style.css", "backend.py"):
        (folder / name).touch()
    (tmp_path / "plugin.json").write_text('{"id": "p"}', encoding="utf-8")
    (folder / "webapp.json").write_text(json.dumps({"baseType": "STANDARD", **listed}), encoding="utf-8")
    assert load_webapp(load_plugin(tmp_path), "w").libraries == loaded


def test_switches_may_be_strings_or_booleans(classic, in_modules):
    assert (classic.has_backend, classic.uses_modules) == (True, False)
    assert (in_modules.has_backend, in_modules.uses_modules) == (True, True)


def test_the_id_on_the_instance_is_stable_and_unlike_the_folder_name(classic, in_modules):
    plugin = load_plugin(PROBE_PLUGIN)
    ids = [instance_webapp_id(plugin, webapp) for webapp in (classic, classic, in_modules)]
    assert ids[0] == ids[1] != ids[2]
    assert ids[0].isalnum()
    assert classic.webapp_id not in ids[0]
