"""Libraries that a webapp ticks: the order in which they are loaded, and the warnings about those that are not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from local_dss.descriptors.plugin import load_plugin
from local_dss.errors import LocalDssError
from local_dss.webapp_host.libraries import LIBRARIES, LibraryShelf, open_shelf
from local_dss.webapp_host.page import PageAddress, assemble_page
from local_dss.webapp_host.webapp import load_webapp
from tests.python.local_dss.webapp_host.running_host import LIBRARY_PLUGIN, ROOT, run_refused

HOW = "Run 'make webapp-libraries', then serve with --libraries .webapp-libraries."


def test_libraries_are_loaded_in_an_order_that_works_whatever_the_order_of_the_descriptor(tmp_path):
    webapp = load_webapp(load_plugin(LIBRARY_PLUGIN), "library-probe_jquery")
    assert webapp.libraries == ("bootstrap", "font_awesome", "dataiku", "jquery")
    page = assemble_page(webapp, PageAddress("K", "W"), LibraryShelf(tmp_path))
    names = ["bootstrap.min.css", "font-awesome.min.css", "jquery.min.js", "bootstrap.min.js", "dataiku.js", "app.js"]
    places = [page.index(name) for name in names]
    assert places == sorted(places)
    assert page.index("font-awesome.min.css") < page.index("/style.css")


def test_every_file_of_a_library_is_in_the_folder_that_make_fills(libraries):
    shelf = open_shelf(Path(libraries), LIBRARIES)
    assert shelf.warnings(["dataiku", *LIBRARIES]) == []


def test_the_versions_are_written_down_for_every_library():
    described = json.loads((ROOT / "local_dss" / "webapp_host" / "libraries.json").read_text(encoding="utf-8"))
    files = [file for library in LIBRARIES.values() for file in (*library.scripts, *library.styles)]
    assert {file.partition("/")[0] for file in files} == set(described["dependencies"])
    assert described["dependencies"]["d3"].startswith("3.")


def test_make_fills_the_folder_that_the_sentence_names():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "LIBRARIES := .webapp-libraries\n" in makefile
    assert "\nwebapp-libraries: $(LIBRARIES)/are-ready\n" in makefile
    assert ".webapp-libraries/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("ticked", "sentences"),
    [
        (["dataiku"], []),
        (["jquery", "dataiku", "d3"], [f"The page lacks libraries it asks for: jquery, d3. {HOW}"]),
        (
            ["plotly"],
            [
                "The local stand-in for DSS does not have libraries the page asks for: plotly. "
                "It has: dataiku, jquery, bootstrap, font_awesome, d3, leaflet."
            ],
        ),
    ],
)
def test_a_library_that_is_not_served_is_a_sentence(ticked, sentences):
    assert LibraryShelf().warnings(ticked) == sentences


def test_a_library_the_stand_in_does_not_have_is_named_though_a_folder_is_given(tmp_path):
    assert [sentence.count("moment") for sentence in LibraryShelf(tmp_path).warnings(["moment", "d3"])] == [1]


def test_a_folder_without_a_ticked_library_is_refused(tmp_path):
    with pytest.raises(LocalDssError, match=r"does not have d3/d3\.min\.js\. Run 'make webapp-libraries'"):
        open_shelf(tmp_path, ["d3"])
    assert open_shelf(tmp_path, ["dataiku"]).warnings(["dataiku"]) == []


def test_the_command_refuses_such_a_folder(tmp_path):
    message = run_refused("library-probe_map", tmp_path, "--libraries", str(tmp_path), plugin=LIBRARY_PLUGIN)
    assert message.startswith(f"Error: The libraries folder {tmp_path} does not have leaflet/dist/leaflet.js")


def test_missing_libraries_are_named_once_at_start_and_above_the_webapp(classic_host):
    sentence = f"The page lacks libraries it asks for: jquery, d3. {HOW}"
    assert [line for line in classic_host.log if "libraries" in line] == [sentence]
    assert f'role="alert">{sentence.replace(chr(39), "&#x27;")}</p>' in classic_host.get("/").text


def test_files_of_libraries_are_served_and_nothing_beside_them(start_host, libraries):
    host = start_host("library-probe_map", "--libraries", libraries, plugin=LIBRARY_PLUGIN).wait_until_serving()
    page = host.get(host.page_path).text
    script = page.partition('<script src="')[2].partition('"')[0]
    answer = host.get(script)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    prefix = script.partition("leaflet")[0]
    outside = ["%2e%2e/package.json", "..%2fare-ready", "leaflet/..%2f..%2fare-ready", "%2fetc/hostname", "leaflet"]
    assert [host.get(prefix + path).status_code for path in outside] == [404] * len(outside)
