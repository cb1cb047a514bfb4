"""Write the zip a DSS administrator uploads: the plugin's own folders, nothing of the repository around them.

The same commit gives the same bytes: names are sorted, and all files have the date of the commit.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from build_page import build_page, stamped

ROOT = Path(__file__).resolve().parent.parent
FILES = ("plugin.json", "README.md", "CHANGELOG.md", "LICENSE")
USER_DOCS = (
    "abstracts", "assign", "compare", "cost", "dependencies", "embed", "evaluate", "federated", "forms", "glossary",
    "instance", "labels", "languages", "meaning", "monitoring", "quality", "scale", "summaries", "topics", "webapp",
)  # fmt: skip
FOLDERS = ("code-env", "custom-recipes", "python-lib", "python-runnables", "resource", "sample-datasets", "webapps")
LEFT_OUT = {"__pycache__", ".DS_Store"}
PAGE = "resource/explorer"
WEBAPP = "webapps/text-explorer-webapp"


def main(folder: Path) -> Path:
    """Write the zip into a folder, and print its path."""
    plugin = json.loads((ROOT / "plugin.json").read_text("utf-8"))
    commit, date = last_commit()
    target = folder / f"dss-plugin-{plugin['id']}-{plugin['version']}.zip"
    folder.mkdir(parents=True, exist_ok=True)
    files = {**contents(plugin), "release_info.json": release_info(plugin["version"], commit, date)}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, date)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    print(target)  # noqa: T201 - the one thing this command says
    return target


def contents(plugin: dict) -> dict[str, bytes]:
    """Return the content of every file of the zip by its path: the repository's, but for the page, which is built."""
    address = f"/plugins/{plugin['id']}/{PAGE}"
    body, script = f"{WEBAPP}/body.html", f"{WEBAPP}/app.js"
    built, page = build_page(ROOT / PAGE, address, plugin["version"], (ROOT / body).read_text("utf-8"))
    files = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in plugin_files()}
    kept = {name: content for name, content in files.items() if not is_source_of_page(name)}
    start = stamped(files[script].decode("utf-8"), address, plugin["version"])
    return {
        **kept,
        **{f"{PAGE}/{name}": content for name, content in built.items()},
        body: page.encode("utf-8"),
        script: start.encode("utf-8"),
    }


def is_source_of_page(name: str) -> bool:
    """Return whether a file is a module, style sheet or type declaration, which the built ones replace."""
    return name.startswith(f"{PAGE}/") and name.endswith((".js", ".css", ".d.ts"))


def last_commit() -> tuple[str, tuple[int, ...]]:
    """Return the id of the last commit, and its time in UTC: the same commit makes the same zip."""
    commit, seconds = subprocess.run(
        ["git", "log", "-1", "--format=%H %ct"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()  # fmt: skip
    return commit, time.gmtime(int(seconds))[:6]


def release_info(version: str, commit: str, date: tuple[int, ...]) -> bytes:
    """Return what an administrator finds in an installed plugin: from which commit it was made."""
    day = f"{date[0]:04}-{date[1]:02}-{date[2]:02}"
    return (
        json.dumps({"version": version, "last_commit_id": commit, "last_commit_date": day}, indent=2).encode() + b"\n"
    )


def plugin_files() -> Iterator[Path]:
    """Yield every file of the plugin."""
    for name in (*FILES, *(f"docs/{page}.md" for page in USER_DOCS)):
        yield ROOT / name
    for name in FOLDERS:
        for path in (ROOT / name).rglob("*"):
            if path.is_file() and path.suffix != ".pyc" and not LEFT_OUT & set(path.parts):
                yield path


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "dist"))
