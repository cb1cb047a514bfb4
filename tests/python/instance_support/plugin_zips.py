"""Zips of the plugins in ``tests/plugins``, changed as a test needs them, and a wheel for them to require."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
PROBE = "environment-probe"


def plugin_zip(changes: dict[str, str | None] | None = None, *, plugin: str = PROBE, below: str = "") -> io.BytesIO:
    """Return the zip of a plugin with files replaced, added, or left out (None), all of it below a folder."""
    files = {
        path.relative_to(PLUGINS / plugin).as_posix(): path.read_text("utf-8")
        for path in sorted((PLUGINS / plugin).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    return zip_of({below + name: text for name, text in {**files, **(changes or {})}.items() if text is not None})


def zip_of(files: dict[str, str]) -> io.BytesIO:
    """Return a zip of texts by path."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    content.seek(0)
    return content


def descriptor(version: str = "1.0.0", plugin_id: str = PROBE) -> dict[str, str | None]:
    """Return the change that gives a plugin a version and an id."""
    return {"plugin.json": json.dumps({"id": plugin_id, "version": version})}


def requirements(text: str) -> dict[str, str | None]:
    """Return the change that gives a plugin requirements."""
    return {"code-env/python/spec/requirements.txt": text}


def accepted(*interpreters: str) -> dict[str, str | None]:
    """Return the change that makes a plugin accept these interpreters."""
    content = {"acceptedPythonInterpreters": interpreters, "installCorePackages": False}
    return {"code-env/python/desc.json": json.dumps(content)}


def write_wheel(folder: Path) -> None:
    """Write ``tiny-words`` 1.0, one module, as a wheel that pip installs without an index."""
    info = "tiny_words-1.0.dist-info"
    files = {
        "tiny_words.py": 'WORD = "tiny"\n',
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: tiny-words\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": f"tiny_words.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n",
    }
    (folder / "tiny_words-1.0-py3-none-any.whl").write_bytes(zip_of(files).getvalue())
