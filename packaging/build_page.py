"""Build what the zip serves of the webapp's page: few files, whose addresses change with their content or version.

The sources are native modules and style sheets, which the page can load as they are. From a distant server each costs a
round trip, and browsers fetch six at a time, so the zip holds them joined by esbuild: what the first view needs, all
other screens, fetched when the first of them is shown, what both share, and one style sheet.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

PACKAGING = Path(__file__).resolve().parent
ESBUILD = PACKAGING / "node_modules" / ".bin" / "esbuild"
ENTRIES = ("main.js", "explorer.css")
# The screen that opens without an address of its own is part of the first file.
FIRST_SCREEN = "screens/story/story.js"
LATER = "later.js"
IMPORTED_LATER = re.compile(r'import\("([^"]+)"\)')
OPTIONS = (
    "--bundle",
    "--splitting",
    "--format=esm",
    "--minify",
    "--target=es2020",
    "--charset=utf8",
    "--legal-comments=none",
    "--log-level=warning",
    "--chunk-names=chunks/[name]-[hash]",
    # d3's built files add to a global object unless they find the module systems of older tools.
    *(f"--define:{name}=undefined" for name in ("exports", "module", "define")),
)


def build_page(sources: Path, address: str, version: str, body: str) -> tuple[dict[str, bytes], str]:
    """Build the page's files and its body.

    Parameters
    ----------
    sources
        Folder of the modules and style sheets.
    address
        Address of that folder in DSS.
    version
        Version of the plugin.
    body
        HTML that links the style sheet of the sources.

    Returns
    -------
    tuple of dict and str
        Content of each file by its path below the folder, and the HTML that links them.

    Raises
    ------
    SystemExit
        Without esbuild, or when it finds a fault in the sources.
    """
    if not ESBUILD.exists():
        raise SystemExit("esbuild is missing: run 'make packaging-tools', which gets it by npm.")
    with tempfile.TemporaryDirectory() as folder:
        built, meta = Path(folder, "built"), Path(folder, "meta.json")
        joined = _with_joined_screens(sources, Path(folder, "sources"))
        command = [ESBUILD, *ENTRIES, *OPTIONS, f"--outdir={built}", f"--metafile={meta}"]
        if subprocess.run(command, cwd=joined, check=False).returncode:
            raise SystemExit("esbuild could not join the modules of the page.")
        files = {path.relative_to(built).as_posix(): path.read_bytes() for path in built.rglob("*") if path.is_file()}
        outputs = _below(json.loads(meta.read_text("utf-8"))["outputs"], joined, built)
    return files, _linked(body, outputs, address, version)


def stamped(text: str, address: str, version: str) -> str:
    """Write the version behind the addresses of the page's entries, so that an update is never read from a cache."""
    for name in ENTRIES:
        text = text.replace(f"{address}/{name}", f"{address}/{name}?v={version}")
    return text


def _with_joined_screens(sources: Path, copy: Path) -> Path:
    """Copy the sources; there the first screen is imported at once, and one module imports all others."""
    shutil.copytree(sources, copy)
    shutil.copy(sources.parent / "package.json", copy.parent)  # says that they are modules
    later: dict[str, str] = {}  # name of each module imported later, by its path
    for module in sorted(copy.rglob("*.js")):
        text = module.read_text("utf-8")
        imported = {given: (module.parent / given).resolve() for given in IMPORTED_LATER.findall(text)}
        for given, target in imported.items():
            path = target.relative_to(copy.resolve()).as_posix()
            if path == FIRST_SCREEN:
                text = f'import * as firstScreen from "{given}";\n' + text
                found = "Promise.resolve(firstScreen)"
            else:
                name = later.setdefault(path, f"part{len(later)}")
                address = os.path.relpath(copy / LATER, module.parent)
                found = f'import("./{address}").then(({{ {name} }}) => {name})'
            text = text.replace(f'import("{given}")', found)
        if imported:
            module.write_text(text, "utf-8")
    exported = (f'export * as {name} from "./{path}";\n' for path, name in later.items())
    (copy / LATER).write_text("".join(exported), "utf-8")
    return copy


def _below(outputs: dict, sources: Path, built: Path) -> dict[str, list[str]]:
    """Return which outputs each output imports at once, all by their path below the built folder."""

    def name(path: str) -> str:
        return (sources / path).resolve().relative_to(built.resolve()).as_posix()

    return {
        name(path): [name(item["path"]) for item in output["imports"] if item["kind"] == "import-statement"]
        for path, output in outputs.items()
    }


def _linked(body: str, outputs: dict[str, list[str]], address: str, version: str) -> str:
    """Return the body with links that fetch at once all modules of the first screen."""
    needed = dict.fromkeys(_reachable("main.js", outputs))
    links = "".join(f'<link rel="modulepreload" href="{address}/{path}">\n' for path in needed)
    style, rest = body.split("<div", maxsplit=1)
    return stamped(f"{style}{links}<div{rest}", address, version)


def _reachable(path: str, outputs: dict[str, list[str]]) -> Iterator[str]:
    """Yield a file and those it imports at once."""
    yield path
    for imported in outputs[path]:
        yield from _reachable(imported, outputs)
