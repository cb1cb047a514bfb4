"""What DSS reads before any code runs."""

import json
import re
from pathlib import Path

import pytest

import text_explorer

ROOT = Path(__file__).parents[3]
FOLDERS = ("code-env", "custom-recipes", "python-runnables", "sample-datasets", "webapps", "demo")
DESCRIPTORS = [ROOT / "plugin.json", *sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.json"))]


def strict(pairs):
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)), f"given twice: {names}"
    return dict(pairs)


@pytest.mark.parametrize("path", DESCRIPTORS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_json_is_strict_and_gives_no_key_twice(path):
    assert isinstance(json.loads(path.read_text("utf-8"), object_pairs_hook=strict), dict)


def test_plugin_and_library_have_one_version():
    plugin = json.loads((ROOT / "plugin.json").read_text("utf-8"))
    assert plugin["version"] == text_explorer.__version__
    assert f"## {plugin['version']} - " in (ROOT / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("kind", ["custom-recipes", "python-runnables", "sample-datasets", "webapps"])
def test_components_carry_the_plugin_id_in_their_names(kind):
    names = [folder.name for folder in (ROOT / kind).iterdir() if folder.is_dir()]
    assert names
    assert [name for name in names if not name.startswith("text-explorer-")] == []


def test_requirements_are_bounded_and_leave_pandas_and_numpy_to_dss():
    lines = (ROOT / "code-env/python/spec/requirements.txt").read_text("utf-8").split()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9-]+>=[\d.]+(,<[\d.]+)?", line)] == []
    assert not {re.split("[>=<]", line)[0] for line in lines} & {"pandas", "numpy", "requests"}


def test_every_dependency_has_its_reason_in_the_docs():
    lines = (ROOT / "code-env/python/spec/requirements.txt").read_text("utf-8").split()
    documented = set(re.findall(r"^\| ([\w-]+) \|", (ROOT / "docs/dependencies.md").read_text("utf-8"), flags=re.M))
    assert {re.split("[>=<]", line)[0] for line in lines} == documented - {"Package"}
