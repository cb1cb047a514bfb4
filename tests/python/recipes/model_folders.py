"""Model folders of the stand-in, and a plugin that reads them in small steps."""

from __future__ import annotations

from pathlib import Path

from tests.python.conftest import LocalInstance


def import_folder(instance: LocalInstance, name: str, files: dict[str, bytes]) -> None:
    """Put files into a managed folder of the stand-in, beside those it has."""
    source = instance.folder / f"{name}.imported"
    for path, content in files.items():
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).write_bytes(content)
    done = instance.call("import-folder", "--home", str(instance.home), name, str(source))
    assert done.returncode == 0, done.stderr


def plugin_with_chunks(folder: Path, plugin: Path, recipe_id: str, n_rows: int) -> Path:
    """Build a plugin of one recipe that reads chunks of another size."""
    for path in plugin.glob(f"custom-recipes/{recipe_id}/*"):
        target = folder / path.relative_to(plugin)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    (folder / "plugin.json").write_bytes((plugin / "plugin.json").read_bytes())
    (folder / "python-lib").symlink_to(plugin / "python-lib")
    recipe = folder / "custom-recipes" / recipe_id / "recipe.py"
    first_lines = f"from text_explorer.dss.io import datasets\n\ndatasets.CHUNK_ROWS = {n_rows}\n"
    docstring, code = recipe.read_text("utf-8").split("\n\n", 1)
    recipe.write_text(f"{docstring}\n\n{first_lines}\n{code}", "utf-8")
    return folder
