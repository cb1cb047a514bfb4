"""The zip an administrator uploads."""

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[3]
TEXTS = [{"text": text} for text in ["army navy battle", "gold silver bank", "army battle fleet", "gold bank coin"] * 3]


def test_its_name_holds_plugin_and_version(plugin_zip):
    plugin = json.loads((ROOT / "plugin.json").read_text("utf-8"))
    assert plugin_zip.name == f"dss-plugin-text-explorer-{plugin['version']}.zip"


def test_it_holds_the_plugin_at_its_root_and_nothing_of_the_repository_around_it(plugin_zip):
    names = zipfile.ZipFile(plugin_zip).namelist()
    assert {name.split("/")[0] for name in names} == {
        "plugin.json", "release_info.json", "README.md", "CHANGELOG.md", "LICENSE",
        "code-env", "custom-recipes", "docs", "python-lib", "python-runnables", "resource", "sample-datasets",
        "webapps",
    }  # fmt: skip
    assert "python-lib/text_explorer/__init__.py" in names
    sample = "sample-datasets/text-explorer-reviews"
    assert {f"{sample}/dataset.json", f"{sample}/data/reviews.csv"} <= set(names)
    assert [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".d.ts"))] == []


def test_it_says_from_which_commit_it_was_made(plugin_zip):
    info = json.loads(zipfile.ZipFile(plugin_zip).read("release_info.json"))
    command = ["git", "log", "-1", "--format=%H %cd", "--date=format-local:%Y-%m-%d"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "TZ": "UTC"}, capture_output=True, text=True, check=True
    )
    version = json.loads((ROOT / "plugin.json").read_text("utf-8"))["version"]
    assert [info["version"], info["last_commit_id"], info["last_commit_date"]] == [version, *done.stdout.split()]


def test_no_link_of_its_pages_leads_out_of_it(plugin_zip):
    names = set(zipfile.ZipFile(plugin_zip).namelist())
    pages = [name for name in names if name.endswith(".md")]
    targets = {
        (page, (Path(page).parent / link).as_posix())
        for page in pages
        for link in re.findall(r"\]\((?!https?://)([^)#]+)\)", zipfile.ZipFile(plugin_zip).read(page).decode("utf-8"))
    }
    assert targets
    assert {target for target in targets if target[1] not in names} == set()


def test_addresses_of_its_page_change_with_content_or_version(plugin_zip):
    archive = zipfile.ZipFile(plugin_zip)
    version = json.loads((ROOT / "plugin.json").read_text("utf-8"))["version"]
    webapp = "webapps/text-explorer-webapp"
    pages = [archive.read(f"{webapp}/{name}").decode("utf-8") for name in ("body.html", "app.js")]
    addresses = [address for page in pages for address in re.findall(r'"/plugins/text-explorer/([^"]+)"', page)]
    entries = [address for address in addresses if "/chunks/" not in address]
    assert sorted(set(entries)) == [f"resource/explorer/{name}?v={version}" for name in ("explorer.css", "main.js")]
    assert {address.split("?")[0] for address in addresses} <= set(archive.namelist())
    assert all(re.search(r"-[0-9A-Z]{8}\.js$", address) for address in addresses if "/chunks/" in address)
    assert len(addresses) > len(entries)


def test_no_part_of_its_page_imports_an_entry(plugin_zip):
    # Under an address without the version, the entry would be fetched and run a second time.
    archive = zipfile.ZipFile(plugin_zip)
    modules = [name for name in archive.namelist() if name.startswith("resource/explorer/chunks/")]
    assert modules
    assert [name for name in modules if b'main.js"' in archive.read(name)] == []


def test_its_page_fetches_few_files_at_first_and_one_for_all_other_screens(plugin_zip):
    archive = zipfile.ZipFile(plugin_zip)
    body = archive.read("webapps/text-explorer-webapp/body.html").decode("utf-8")
    preloaded = re.findall(r'<link rel="modulepreload" href="/plugins/text-explorer/([^"?]+)', body)
    assert len(preloaded) == 2
    built = {name for name in archive.namelist() if re.fullmatch(r"resource/explorer/(main|chunks/.*)\.js", name)}
    assert len(built - set(preloaded)) == 1


def test_the_same_files_make_the_same_bytes(plugin_zip, tmp_path):
    command = [sys.executable, ROOT / "packaging" / "make_plugin.py", tmp_path]
    subprocess.run(command, check=True, capture_output=True)
    assert (tmp_path / plugin_zip.name).read_bytes() == plugin_zip.read_bytes()


def test_recipes_run_from_the_unzipped_folder(built_plugin, instance):
    instance.plugin = built_plugin
    instance.import_rows("documents", TEXTS)
    outputs = {name: name for name in ("document_topics", "topics", "topic_terms", "model")}
    config = {"text_column": "text", "n_topics": 4}
    done = instance.run("text-explorer-topics", {"documents": "documents"}, outputs, config, "--form-defaults")
    assert done.returncode == 0, done.stderr
    assert len(instance.rows("document_topics")) == len(TEXTS)
    inputs = {"documents": "documents", "model": "model"}
    done = instance.run("text-explorer-assign", inputs, {"document_topics": "assigned"}, {"text_column": "text"})
    assert done.returncode == 0, done.stderr
    assert [row["topic_id"] for row in instance.rows("assigned")] == [
        row["topic_id"] for row in instance.rows("document_topics")
    ]


def test_numbers_of_topics_are_compared_from_the_unzipped_folder(built_plugin, instance):
    instance.plugin = built_plugin
    instance.import_rows("documents", TEXTS)
    outputs = {name: name for name in ("comparison", "suggestion", "fits")}
    config = {"text_column": "text", "n_topics_list": [2, 3], "n_seeds": 2}
    done = instance.run("text-explorer-compare", {"documents": "documents"}, outputs, config, "--form-defaults")
    assert done.returncode == 0, done.stderr
    assert len(instance.rows("comparison")) == 4
