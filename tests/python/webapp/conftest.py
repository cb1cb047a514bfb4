"""The webapp as DSS would serve it, on a small corpus full of traps, and pages that allow no fault."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from local_dss.command_line import main
from tests.python.conftest import ROOT, built_once
from tests.python.local_dss.webapp_host.running_host import RunningHost, write_config
from tests.python.unit.explorer.memory_source import MemorySource, small_source
from tests.python.webapp import studio

# What a page needs a moment for, it may need longer for on a machine that is busy with other tests.
expect.set_options(timeout=20_000)

WEBAPP = "text-explorer-webapp"
TYPES = {
    "topic_id": "bigint",
    "topic_probability": "double",
    "rank": "bigint",
    "probability": "double",
    "lift": "double",
    "relevance": "double",
    "count": "bigint",
    "document_count": "bigint",
    "n_documents": "bigint",
    "n_sentences": "bigint",
    "document_share": "double",
    "token_share": "double",
    "stars": "bigint",
    "date": "date",
}
# More than two pages of documents in topic 0.
N_FILLERS = 60


def large_source() -> MemorySource:
    """Return the small corpus with enough further documents and topics to page and scroll."""
    source = small_source()
    documents = source.tables["document_topics"]
    for number in range(N_FILLERS):
        documents.append({**documents[0], "id": f"filler-{number:02}", "topic_probability": 0.5 - number / 1000})
    first = source.tables["topics"][0]
    source.tables["topics"] += [
        {**first, "topic_id": topic, "label": f"quiet topic {topic}", "representative_documents": "[]"}
        for topic in range(2, 30)
    ]
    return source


def import_source(source: MemorySource, home: Path, files: Path) -> None:
    """Write the datasets of a source as CSV files and import them into a home folder of the stand-in."""
    files.mkdir(exist_ok=True)
    assert source.tables
    for role, rows in source.tables.items():
        columns = list(rows[0])
        with (files / f"{role}.csv").open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, columns)
            writer.writeheader()
            writer.writerows(rows)
        schema = [{"name": name, "type": TYPES.get(name, "string")} for name in columns]
        (files / f"{role}.json").write_text(json.dumps(schema), "utf-8")
        arguments = ["--home", str(home), role, str(files / f"{role}.csv"), "--schema", str(files / f"{role}.json")]
        assert main(["import", *arguments]) in (0, None)


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """Create a home folder with all datasets and the model folder."""
    folder = tmp_path_factory.mktemp("webapp")
    source = large_source()
    import_source(source, folder / "home", folder / "files")
    (folder / "model").mkdir()
    (folder / "model" / "manifest.json").write_text(json.dumps(source.model), "utf-8")
    assert main(["import-folder", "--home", str(folder / "home"), "model", str(folder / "model")]) in (0, None)
    return folder / "home"


@pytest.fixture(scope="session")
def studio_home(tmp_path_factory, built_plugin):
    """Build the small real project; tests that change it take `own_studio`.

    The zip's recipes build it, so that its kernels are compiled before a page waits for them.
    """
    return built_once(tmp_path_factory, "studio", lambda folder: studio.build(folder, built_plugin)) / "home"


@pytest.fixture(scope="session")
def serve(home, built_plugin, tmp_path_factory):
    """Start hosts of the webapp with the given settings; they keep their indexes in a folder of the test.

    The visitor is anonymous unless the options name one.
    """
    hosts = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(tmp_path_factory.mktemp("temporary")))

        def start(*options, home=home, plugin=built_plugin, policy=True, **settings):
            config = write_config(tmp_path_factory.mktemp("config"), **settings)
            options = [*options, "--csp"] if policy else [*options]
            options += [] if "--user" in options else ["--anonymous"]
            hosts.append(RunningHost(WEBAPP, home, "--config", config, *options, plugin=plugin))
            return hosts[-1].wait_until_serving()

        yield start
        for host in hosts:
            host.stop()


@pytest.fixture(scope="session")
def host(serve):
    """Serve the webapp with every dataset; the text column comes from the model."""
    roles = ("document_topics", "topics", "topic_terms", "summaries", "group_summaries", "model")
    return serve(**{role: role for role in roles}, id_column="id")


@pytest.fixture(scope="session")
def studio_host(serve, studio_home):
    """Serve the real project to its analyst; tests that change it take `own_studio`."""
    return serve("--user", studio.USER, home=studio_home, **studio.ROLES)


@pytest.fixture(scope="session")
def source_host(serve, studio_home):
    """Serve the real project with the page's sources as they are, not as the zip holds them."""
    return serve("--user", studio.USER, home=studio_home, plugin=ROOT, **studio.ROLES)


@pytest.fixture
def own_studio(serve, studio_home, tmp_path):
    """Serve a copy of the real project that a test may change, to a visitor of one's choice (None: anonymous)."""
    home = shutil.copytree(studio_home, tmp_path / "home")

    def start(user=studio.USER, **settings):
        options = ["--user", user] if user else []
        return serve(*options, home=home, **{**studio.ROLES, **settings})

    start.home = home
    return start


@pytest.fixture
def open_page(browser):
    """Open addresses in pages that must show no error and call no other machine."""
    contexts, faults = [], []

    def note_request(request):
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname != "127.0.0.1":
            faults.append(f"request to {request.url}")

    def open_address(address, *, width=1440, height=900, tolerant=False, init_script="", **options):
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, **options))
        contexts[-1].add_init_script(init_script)
        page = contexts[-1].new_page()
        page.on("request", note_request)
        page.on("pageerror", lambda error: faults.append(f"page error {error}"))
        if not tolerant:
            page.on("console", lambda message: message.type == "error" and faults.append(message.text))
        page.goto(address)
        return page

    yield open_address
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def explorer(open_page, host):
    """Open the explorer at a hash and wait until it shows something to explore."""

    def open_explorer(fragment="#screen=overview", **options):
        page = open_page(host.origin + host.page_path + fragment, **options)
        page.locator(".tx-body").wait_for()
        return page

    return open_explorer


@pytest.fixture
def in_studio(open_page, studio_host):
    """Open the explorer of the real project at a hash and wait until it shows something to explore."""

    def open_studio(fragment="#screen=overview", host=studio_host, **options):
        page = open_page(host.origin + host.page_path + fragment, **options)
        page.locator(".tx-body").wait_for()
        return page

    return open_studio


def check_accessibility(page):
    """Fail on what axe finds serious or critical (rules of WCAG 2.1 A and AA, and good practice)."""
    found = Axe().run(page).response["violations"]
    grave = [violation for violation in found if violation["impact"] in ("serious", "critical")]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]][:3]) for fault in grave] == []
