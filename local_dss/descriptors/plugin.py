"""A plugin folder as DSS sees it: its descriptor, and the recipes, webapps and macros found in its layout."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local_dss.descriptors.json_comments import read_json_file
from local_dss.errors import LocalDssError

_PLUGIN_ID = re.compile(r"[A-Za-z0-9_-]+")
_COMPONENT_ID = re.compile(r"[A-Za-z0-9_.-]+")
RESULT_TYPES = ("NONE", "HTML", "URL", "RESULT_TABLE", "FILE", "FOLDER_FILE", "JSON_OBJECT")
RECIPE_KINDS = ("PYTHON", "PYSPARK")
WEBAPP_FILES = ("app.js", "body.html")  # style.css is optional; backend.py is needed where there is a backend


@dataclass(frozen=True)
class Plugin:
    """One plugin folder: its absolute path, the ``id`` of its ``plugin.json``, and all of that file."""

    folder: Path
    plugin_id: str
    descriptor: dict[str, Any]

    @property
    def python_lib(self) -> Path:
        """Folder of the modules shared by the plugin's components; it may not exist."""
        return (self.folder / "python-lib").resolve()

    @property
    def resource_folder(self) -> Path:
        """Folder of the static files; it may not exist."""
        return self.folder / "resource"

    def recipe_ids(self) -> list[str]:
        """List the recipes found in the plugin, sorted."""
        return _component_ids(self.folder / "custom-recipes", "recipe.json")

    def webapp_ids(self) -> list[str]:
        """List the webapps found in the plugin, sorted."""
        return _component_ids(self.folder / "webapps", "webapp.json")

    def macro_ids(self) -> list[str]:
        """List the macros found in the plugin, sorted."""
        return _component_ids(self.folder / "python-runnables", "runnable.json")

    def recipe_folder(self, recipe_id: str) -> Path:
        """Return the folder of a recipe."""
        return self._component_folder("recipe", "custom-recipes", recipe_id, self.recipe_ids())

    def webapp_folder(self, webapp_id: str) -> Path:
        """Return the folder of a webapp."""
        return self._component_folder("webapp", "webapps", webapp_id, self.webapp_ids())

    def macro_folder(self, macro_id: str) -> Path:
        """Return the folder of a macro."""
        return self._component_folder("macro", "python-runnables", macro_id, self.macro_ids())

    def recipe_descriptor(self, recipe_id: str) -> dict[str, Any]:
        """Read the ``recipe.json`` of a recipe; refuse a kind that cannot be run, and a recipe without code."""
        folder = self.recipe_folder(recipe_id)
        what = f'The descriptor of recipe "{recipe_id}"'
        descriptor = _with_lists(
            _read_object(folder / "recipe.json", what), ("inputRoles", "outputRoles", "params"), what
        )
        roles = [*descriptor.get("inputRoles", []), *descriptor.get("outputRoles", [])]
        if not all(isinstance(role.get("name"), str) for role in roles):
            raise LocalDssError(f"{what}: each role needs a name.")
        if descriptor.get("kind") not in RECIPE_KINDS:
            raise LocalDssError(
                f'Recipe "{recipe_id}" is of kind {descriptor.get("kind")!r}. Only {" and ".join(RECIPE_KINDS)} can be '
                "run here."
            )
        if not (folder / "recipe.py").is_file():
            raise LocalDssError(f'Recipe "{recipe_id}" has no recipe.py next to its recipe.json.')
        return descriptor

    def webapp_descriptor(self, webapp_id: str) -> dict[str, Any]:
        """Read the ``webapp.json`` of a webapp; refuse another type than STANDARD, a chart, and missing files."""
        folder = self.webapp_folder(webapp_id)
        what = f'The descriptor of webapp "{webapp_id}"'
        descriptor = _with_lists(_read_object(folder / "webapp.json", what), ("params", "roles"), what)
        if descriptor.get("baseType") != "STANDARD":
            raise LocalDssError(
                f'Webapp "{webapp_id}" has baseType {descriptor.get("baseType")!r}. Only STANDARD can be served here.'
            )
        if descriptor.get("chart"):
            raise LocalDssError(
                f'Webapp "{webapp_id}" is a chart ("chart" in its webapp.json), which DSS draws in the charts of a '
                "dataset. Only webapps with a page of their own can be served here."
            )
        check_files("Webapp", webapp_id, folder, WEBAPP_FILES)
        return descriptor

    def macro_descriptor(self, macro_id: str) -> dict[str, Any]:
        """Read the ``runnable.json`` of a macro; refuse an unknown type of result, and a macro without code."""
        folder = self.macro_folder(macro_id)
        what = f'The descriptor of macro "{macro_id}"'
        descriptor = _with_lists(_read_object(folder / "runnable.json", what), ("params", "adminParams"), what)
        if descriptor.get("resultType") not in RESULT_TYPES:
            raise LocalDssError(
                f'{what}: "resultType" must be one of {", ".join(RESULT_TYPES)}. Got {descriptor.get("resultType")!r}.'
            )
        check_files("Macro", macro_id, folder, ("runnable.py",))
        return descriptor

    def _component_folder(self, kind: str, parent: str, component_id: str, known: list[str]) -> Path:
        if not _COMPONENT_ID.fullmatch(component_id) or component_id not in known:
            listed = ", ".join(known) if known else "none"
            raise LocalDssError(
                f'Unknown {kind} "{component_id}" in plugin "{self.plugin_id}". Its {kind}s are: {listed}.'
            )
        return self.folder / parent / component_id


def check_files(kind: str, component_id: str, folder: Path, names: tuple[str, ...]) -> None:
    """Check that a component has files it cannot do without."""
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise LocalDssError(f'{kind} "{component_id}" lacks {", ".join(missing)}: it must exist, empty or not.')


def load_plugin(folder: Path) -> Plugin:
    """Open a plugin by its folder, which holds ``plugin.json``."""
    folder = Path(folder).resolve()
    if not folder.is_dir():
        raise LocalDssError(f"There is no plugin folder {folder}.")
    descriptor = _read_object(folder / "plugin.json", "The plugin descriptor")
    plugin_id = descriptor.get("id")
    if not isinstance(plugin_id, str) or not _PLUGIN_ID.fullmatch(plugin_id):
        raise LocalDssError(
            f'The "id" in {folder / "plugin.json"} may hold letters, digits, "_" and "-" only. Got {plugin_id!r}.'
        )
    return Plugin(folder=folder, plugin_id=plugin_id, descriptor=descriptor)


def _component_ids(parent: Path, descriptor_name: str) -> list[str]:
    if not parent.is_dir():
        return []
    return sorted(child.name for child in parent.iterdir() if (child / descriptor_name).is_file())


def _read_object(path: Path, what: str) -> dict[str, Any]:
    content = read_json_file(path, what)
    if not isinstance(content, dict):
        raise LocalDssError(f"{what} must be a JSON object: {path}.")
    return content


def _with_lists(descriptor: dict[str, Any], keys: tuple[str, ...], what: str) -> dict[str, Any]:
    """Return the descriptor after a check that these keys hold lists of objects; null counts as an empty list."""
    lists = {key: descriptor[key] if descriptor[key] is not None else [] for key in keys if key in descriptor}
    for key, entries in lists.items():
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise LocalDssError(f'{what}: "{key}" must be a list of objects.')
    return {**descriptor, **lists}
