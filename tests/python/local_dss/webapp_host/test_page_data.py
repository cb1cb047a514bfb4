"""Rows, schemas and variables that a page asks for by the library ``dataiku``, and what it may not have."""

from __future__ import annotations

import json
import shutil

import pytest
import requests

from local_dss.command_line import main
from tests.python.local_dss.webapp_host.running_host import LIBRARY_PLUGIN, RunningHost, run_refused, write_config

CARS = "name,power\nCarrée,90\nBerta,\nCitron,45\n00123,150\n"
CARS_SCHEMA = [{"name": "name", "type": "string"}, {"name": "power", "type": "double"}]
SALES = "day,amount\n2024-01-01,1\n2024-01-02,2\n2024-01-03,3\n"

# What a page does, in the browser: the arguments of dataiku.fetch, without the functions, and what came of it.
ASK = """([name, options]) => new Promise((resolve) => {
  const succeeded = (frame) => resolve({ columns: frame.getColumnNames(), rows: frame.getRows() });
  const failed = (request, kind, status) =>
    resolve({ status: request.status, kind, name: status, message: request.responseJSON.message });
  try { dataiku.fetch(name, options, succeeded, failed); } catch (fault) { resolve({ fault }); }
})"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("instance")
    files = {"cars": CARS, "sales": SALES, "secret": "a\n1\n", "many": "n\n" + "".join(f"{n}\n" for n in range(20_050))}
    for name, content in files.items():
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    (folder / "cars.json").write_text(json.dumps(CARS_SCHEMA), encoding="utf-8")
    home = folder / "home"
    imports = [
        ["cars", str(folder / "cars.csv"), "--schema", str(folder / "cars.json")],
        ["sales", str(folder / "sales.csv"), "--partition-by", "day:DAY"],
        ["secret", str(folder / "secret.csv")],
        ["OTHER.cars", str(folder / "cars.csv")],
        ["many", str(folder / "many.csv")],
    ]
    codes = [main(["import", "--home", str(home), *arguments]) for arguments in imports]
    assert codes == [0] * len(imports)
    assert main(["create", "--home", str(home), "unbuilt"]) == 0
    (home / "projects" / "LOCAL" / "variables.json").write_text('{"colour": "blue"}', encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def bare_host(home):
    options = [option for name in ("cars", "sales", "many", "unbuilt") for option in ("--authorize", name)]
    host = RunningHost("library-probe_bare", home, *options, plugin=LIBRARY_PLUGIN).wait_until_serving()
    yield host
    host.stop()


@pytest.fixture(scope="module")
def bare_page(browser, bare_host):
    page = browser.new_page()
    page.goto(bare_host.origin + bare_host.page_path)
    yield page
    page.close()


def ask(page, name, **options):
    return page.evaluate(ASK, [name, options])


def rows_of(page, name, **options):
    return ask(page, name, **options)["rows"]


def test_cells_are_texts_and_an_empty_cell_is_null(bare_page):
    assert ask(bare_page, "cars") == {
        "columns": ["name", "power"],
        "rows": [["Carrée", "90"], ["Berta", None], ["Citron", "45"], ["00123", "150"]],
    }


def test_a_data_frame_has_the_methods_of_the_documentation(bare_page):
    outcome = bare_page.evaluate("""() => new Promise((resolve) => dataiku.fetch("LOCAL.cars", (frame) => resolve({
      nbRows: frame.getNbRows(), row: frame.getRow(1), record: frame.getRecord(2),
      values: frame.getColumnValues("power"), index: [frame.getColumnIdx("power"), frame.getColumnIdx("absent")],
      byRow: frame.mapRows((row, index) => row[0] + index), byRecord: frame.mapRecords((record) => +record.power),
      unknown: (() => { try { frame.getColumnValues("absent"); } catch (fault) { return fault; } })(),
    })))""")
    assert outcome == {
        "nbRows": 4,
        "row": ["Berta", None],
        "record": {"name": "Citron", "power": "45", "$rowId": 2},
        "values": ["90", None, "45", "150"],
        "index": [1, -1],
        "byRow": ["Carrée0", "Berta1", "Citron2", "001233"],
        "byRecord": [90, 0, 45, 150],
        "unknown": "Column absent is unknown.",
    }


def test_the_first_20000_rows_are_read_unless_told_otherwise(bare_page):
    counts = [len(rows_of(bare_page, "many", **options)) for options in ({}, {"limit": 7}, {"sampling": "full"})]
    assert counts == [20_000, 7, 20_050]


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({"sampling": "head", "limit": 2}, ["Carrée", "Berta"]),
        ({"sampling": "sort-column", "sampling_column": "power", "limit": 2}, ["Citron", "Carrée"]),
        ({"sampling": "sort-column", "sampling_column": "power", "limit": 1, "ascending": False}, ["00123"]),
        ({"sampling": "random", "limit": 10}, ["Carrée", "Berta", "Citron", "00123"]),
        ({"sampling": "random", "ratio": 1}, ["Carrée", "Berta", "Citron", "00123"]),
        ({"sampling": "random-column", "sampling_column": "name", "limit": 9}, ["Carrée", "Berta", "Citron", "00123"]),
        ({"filter": "power > 60"}, ["Carrée", "00123"]),
        ({"filter": "power > 60", "limit": 1}, ["Carrée"]),
        ({"filter": "name == 'Berta' || strval('name') == \"00123\""}, ["Berta", "00123"]),
        ({"columns": ["name"]}, ["Carrée", "Berta", "Citron", "00123"]),
    ],
)
def test_samplings_filters_and_columns(bare_page, options, names):
    answer = ask(bare_page, "cars", **options)
    assert [row[0] for row in answer["rows"]] == names
    assert answer["columns"] == options.get("columns", ["name", "power"])


def test_partitions_are_read_as_named(bare_page):
    days = [["2024-01-01"], ["2024-01-03", "2024-01-01"], "2024-01-02"]
    read = [sorted(row[-1] for row in rows_of(bare_page, "sales", partitions=chosen)) for chosen in days]
    assert read == [["1"], ["1", "3"], ["2"]]


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"sampling": "head"}, "'limit' is a required argument for 'head' sampling"),
        ({"sampling": "random"}, "'random' sampling requires either 'limit' or 'ratio'"),
        ({"sampling": "random", "limit": 1, "ratio": 0.5}, "Cannot set both ratio and limit for random sampling"),
        ({"sampling": "sort-column", "limit": 1}, "sort-column sampling requires a sampling_column"),
        ({"sampling": "toString", "limit": 1}, "Unsupported sampling method: toString"),
    ],
)
def test_wrong_arguments_throw_a_text_at_once(bare_page, options, fault):
    assert ask(bare_page, "cars", **options) == {"fault": fault}


@pytest.mark.parametrize(
    ("name", "options", "status", "message"),
    [
        ("absent", {}, 404, "Project LOCAL has no dataset 'absent'."),
        ("../cars", {}, 403, "The page's API key reads project LOCAL only."),
        ("ca/rs", {}, 404, "no such call"),
        ("ca\0rs", {}, 404, "Project LOCAL has no dataset"),
        ("", {}, 404, "Project LOCAL has no dataset ''."),
        ("secret", {}, 403, "The page may not read dataset LOCAL.secret."),
        ("OTHER.cars", {}, 403, "The page's API key reads project LOCAL only. Got project OTHER."),
        ("cars", {"apiKey": "stolen"}, 401, "Only the page's own API key is valid here."),
        ("unbuilt", {}, 500, "Dataset LOCAL.unbuilt is not ready: it has not been built yet."),
        ("sales", {"partitions": ["1999-01-01"]}, 500, "no partition 1999-01-01 is built"),
        ("cars", {"columns": ["name", "colour"]}, 500, "Dataset LOCAL.cars has no column colour."),
        ("cars", {"columns": "name"}, 400, "These have a wrong kind of value: columns."),
        ("cars", {"limit": -1}, 500, "The limit of a sampling must be a whole number of at least 0. Got -1."),
        ("cars", {"filter": "colour == 1"}, 500, 'there is no column "colour"'),
        ("cars", {"sampling": "sort-column", "sampling_column": "colour", "limit": 1}, 500, '"colour" is not in the'),
    ],
)
def test_what_cannot_be_read_reaches_the_failure_function(bare_page, name, options, status, message):
    answer = ask(bare_page, name, **options)
    assert (answer.get("status"), answer["kind"]) == (status, "error")
    assert message in answer["message"]


def test_a_failure_without_a_function_for_it_changes_nothing(bare_page):
    faults = []
    bare_page.on("pageerror", lambda error: faults.append(str(error)))
    bare_page.evaluate("dataiku.fetch('absent', () => {})")
    assert ask(bare_page, "cars", limit=1)["rows"] == [["Carrée", "90"]]
    assert faults == []


def test_keys_and_projects_set_by_the_page_are_used(browser, bare_host):
    page = browser.new_page()
    page.goto(bare_host.origin + bare_host.page_path)
    page.evaluate("dataiku.setDefaultProjectKey('OTHER')")
    assert ask(page, "cars")["status"] == 403
    assert len(rows_of(page, "LOCAL.cars")) == 4
    page.evaluate("dataiku.setAPIKey('another')")
    assert ask(page, "LOCAL.cars")["status"] == 401
    page.close()


def test_schema_datasets_and_variables(bare_page):
    outcome = bare_page.evaluate("""async () => {
      const asked = (call, ...given) => new Promise((resolve) =>
        dataiku[call](...given, resolve, (request) => resolve(request.status)));
      const schema = await asked("getSchema", "cars");
      return {
        names: schema.getColumnNames(), types: schema.getColumnTypes(), power: schema.getColumn("power").type,
        secret: await asked("getSchema", "secret"), datasets: await asked("listDatasets"),
        variables: [await asked("getVariableResolved", "colour"), await asked("getVariableResolved", "absent")],
      };
    }""")
    assert outcome == {
        "names": ["name", "power"],
        "types": ["string", "double"],
        "power": "double",
        "secret": 403,
        "datasets": ["cars", "many", "sales", "unbuilt"],
        "variables": ["blue", None],
    }


def test_a_broken_file_of_the_project_reaches_the_failure_function(bare_page, home):
    variables = home / "projects" / "LOCAL" / "variables.json"
    whole = variables.read_text(encoding="utf-8")
    variables.write_text("{", encoding="utf-8")
    try:
        message = bare_page.evaluate("""() => new Promise((resolve) =>
          dataiku.getVariableResolved("colour", resolve, (request) => resolve(request.responseJSON.message)))""")
    finally:
        variables.write_text(whole, encoding="utf-8")
    assert message.startswith("The file of the project's variables is broken")


@pytest.mark.parametrize("key", [None, "", "undefined"])
def test_nothing_is_answered_without_the_key_of_the_page(bare_host, key):
    urls = [f"{bare_host.origin}/dip/publicapi/projects/LOCAL/{path}" for path in ("datasets/cars/schema", "datasets/")]
    auth = None if key is None else (key, "")
    answers = [requests.get(url, auth=auth, timeout=10) for url in urls]
    assert [answer.status_code for answer in answers] == [401, 401]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"{}", b'{"format": "tsv-excel-noheader"}', b"\xff"])
def test_a_body_that_is_no_request_is_refused(bare_host, bare_page, body):
    url = f"{bare_host.origin}/dip/publicapi/projects/LOCAL/datasets/cars/data"
    key = bare_page.evaluate("dataiku.defaultAPIKey")
    assert requests.post(url, data=body, auth=(key, ""), timeout=10).status_code == 400
    foreign = requests.post(url, data=body, auth=(key, ""), headers={"Origin": "http://evil.example"}, timeout=10)
    assert foreign.status_code == 403


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("absent", "'absent', which project LOCAL does not have"), ("OTHER.cars", "'OTHER.cars', which project LOCAL")],
)
def test_only_datasets_of_the_project_can_be_authorised(home, name, sentence):
    message = run_refused("library-probe_bare", home, "--authorize", name, plugin=LIBRARY_PLUGIN)
    assert message.startswith(f"Error: --authorize names the dataset {sentence}")


def test_a_webapp_without_security_settings_cannot_be_given_datasets(home, tmp_path):
    plugin = shutil.copytree(LIBRARY_PLUGIN, tmp_path / "plugin")
    path = plugin / "webapps" / "library-probe_bare" / "webapp.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "noJSSecurity": "true"}), encoding="utf-8")
    message = run_refused("library-probe_bare", home, "--authorize", "cars", plugin=plugin)
    assert message.startswith('Error: --authorize cannot be used: "noJSSecurity" is true in webapp.json')


def test_the_starter_of_d3_draws_a_dataset(browser, start_host, home, libraries, tmp_path):
    options = ["--config", write_config(tmp_path, dataset="cars"), "--libraries", libraries, "--csp"]
    host = start_host("library-probe_d3", *options, "--authorize", "cars", plugin=LIBRARY_PLUGIN, home=home)
    host.wait_until_serving()
    page, messages = open_page(browser, host)
    page.locator("rect").nth(3).wait_for(state="attached")
    assert page.evaluate("d3.version") == "3.5.17"
    assert [page.locator("rect").nth(row).get_attribute("width") for row in range(4)] == ["240", "0", "120", "400"]
    assert page.locator("title", has_text="00123").count() == 1
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "13px"  # dku-styles.css was loaded
    assert page.evaluate("typeof window.jQuery") == "undefined"
    assert messages == []
    page.close()


def test_the_starter_of_d3_shows_that_its_dataset_is_not_authorised(browser, start_host, home, libraries, tmp_path):
    options = ["--config", write_config(tmp_path, dataset="cars"), "--libraries", libraries]
    host = start_host("library-probe_d3", *options, plugin=LIBRARY_PLUGIN, home=home).wait_until_serving()
    page, _ = open_page(browser, host)
    page.locator("#problem", has_text="403").wait_for()
    assert page.locator("#problem").text_content() == (
        "403 The page may not read dataset LOCAL.cars. Authorise it in the security settings of the webapp; here, "
        "serve with --authorize cars."
    )
    page.close()


def test_a_page_by_jquery_bootstrap_and_font_awesome(browser, start_host, libraries):
    host = start_host("library-probe_jquery", "--libraries", libraries, plugin=LIBRARY_PLUGIN).wait_until_serving()
    page, messages = open_page(browser, host, viewport={"width": 1000, "height": 600})
    page.locator("#answer").wait_for()
    assert page.locator("#answer").text_content() == 'Backend reply: {"status":"ok","user":"analyst"}'
    width = "document.getElementById('{}').offsetWidth"
    assert page.evaluate(f"{width.format('half')} * 2 - document.querySelector('.row').offsetWidth") == 0
    assert page.evaluate("getComputedStyle(document.getElementById('tick')).fontFamily") == "FontAwesome"
    assert page.evaluate("document.fonts.load('16px FontAwesome').then((fonts) => fonts.length)") == 1
    assert page.evaluate("getComputedStyle(document.querySelector('.row')).marginTop") == "7px"
    page.locator("#open").click()
    page.locator("#more.in").wait_for()
    assert messages == []
    page.close()


def test_a_map_by_leaflet(browser, start_host, libraries):
    host = start_host("library-probe_map", "--libraries", libraries, plugin=LIBRARY_PLUGIN).wait_until_serving()
    page, messages = open_page(browser, host)
    page.wait_for_function("document.querySelector('.leaflet-marker-icon').naturalWidth > 0")
    assert page.evaluate("getComputedStyle(document.querySelector('.leaflet-pane')).position") == "absolute"
    assert page.locator("path.leaflet-interactive").count() == 1
    assert messages == []
    page.close()


def open_page(browser, host, **options):
    """Open the webapp's page; return it with what its console shows."""
    page = browser.new_page(**options)
    messages = []
    page.on("console", lambda message: messages.append((message.type, message.text)))
    page.on("pageerror", lambda error: messages.append(("pageerror", str(error))))
    page.goto(host.origin + host.page_path)
    return page, messages
