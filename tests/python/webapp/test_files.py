"""The webapp's files agree with each other and with the plugin."""

from __future__ import annotations

import json
import re
from pathlib import Path

from text_explorer.explorer.shared.roles import ROLE_LABELS
from text_explorer.topics.describing.terms import TERMS_BY_LAMBDA

ROOT = Path(__file__).resolve().parents[3]
WEBAPP = ROOT / "webapps" / "text-explorer-webapp"
FRONT = ROOT / "resource" / "explorer"
MODULES = sorted(FRONT.rglob("*.js"))
PAGES = [WEBAPP / "app.js", WEBAPP / "body.html", *MODULES]
IMPORT = re.compile(r'(?:from |import |=> import\()"([^"]+)"')


def test_sources_carry_no_version():
    # The zip's addresses change with their content or with the version (tests/python/repository/test_zip.py).
    assert [path.name for path in PAGES if "?v=" in path.read_text("utf-8")] == []


def test_every_import_names_a_file():
    missing = [
        (path.name, name)
        for path in MODULES
        for name in IMPORT.findall(path.read_text("utf-8"))
        if not (path.parent / name.split("?")[0]).is_file()
    ]
    assert missing == []


def test_every_style_sheet_is_linked():
    linked = re.findall(r'@import "./([^"]+)";', (FRONT / "explorer.css").read_text("utf-8"))
    assert sorted(["explorer.css", *linked]) == sorted(
        path.relative_to(FRONT).as_posix() for path in FRONT.rglob("*.css")
    )


def test_the_page_holds_neither_script_nor_style_inline():
    assert not re.search(r"<script|<style|style=|\son\w+=", (WEBAPP / "body.html").read_text("utf-8"))


def test_files_stay_short_enough_to_read():
    lines = {path.name: len(path.read_text("utf-8").splitlines()) for path in [*MODULES, *FRONT.rglob("*.css")]}
    assert {name: n for name, n in lines.items() if n > (400 if name.endswith(".css") else 250)} == {}


def test_messages_name_settings_as_the_form_does():
    params = json.loads((WEBAPP / "webapp.json").read_text("utf-8"))["params"]
    labels = {param["name"]: param["label"] for param in params}
    assert {role: labels[role] for role in ROLE_LABELS} == ROLE_LABELS
    assert (labels["text_column"], labels["id_column"], labels["model"]) == (
        "Text column",
        "Document id column",
        "Model",
    )


def test_the_bar_chart_shows_no_more_terms_than_the_recipe_keeps():
    shown = re.search(r"const MANY = (\d+);", (ROOT / "resource/explorer/panels/term-bars.js").read_text("utf-8"))
    assert int(shown.group(1)) == TERMS_BY_LAMBDA
