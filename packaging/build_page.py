"""Build what the zip serves of the webapp's page: few files, whose addresses change with their content or version.

The sources are native modules and style sheets, which the page can load as they are. From a distant server each costs a
round trip, so the zip holds them joined by esbuild: one file for what the first view needs, one for each screen, parts
that several share, and one style sheet. Screens are still fetched when first shown.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

PACKAGING = Path(__file__).resolve().parent
ESBUILD = PACKAGING / "node_modules" / ".bin" / "esbuild"
ENTRIES = ("main.js", "explorer.css")
# The screen that opens without an address of its own: its files are fetched beside the first ones.
FIRST_SCREEN = "story"
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
        command = [ESBUILD, *ENTRIES, *OPTIONS, f"--outdir={built}", f"--metafile={meta}"]
        if subprocess.run(command, cwd=sources, check=False).returncode:
            raise SystemExit("esbuild could not join the modules of the page.")
        files = {path.relative_to(built).as_posix(): path.read_bytes() for path in built.rglob("*") if path.is_file()}
        outputs = _below(json.loads(meta.read_text("utf-8"))["outputs"], sources, built)
    return files, _linked(body, outputs, address, version)


def stamped(text: str, address: str, version: str) -> str:
    """Write the version behind the addresses of the page's entries, so that an update is never read from a cache."""
    for name in ENTRIES:
        text = text.replace(f"{address}/{name}", f"{address}/{name}?v={version}")
    return text


def _below(outputs: dict, sources: Path, built: Path) -> dict:
    """Name outputs, and the outputs they import at once, by their path below the built folder."""

    def name(path: str) -> str:
        return (sources / path).resolve().relative_to(built.resolve()).as_posix()

    return {
        name(path): {
            "entry": Path(output.get("entryPoint", "")).stem,
            "imports": [name(item["path"]) for item in output["imports"] if item["kind"] == "import-statement"],
        }
        for path, output in outputs.items()
    }


def _linked(body: str, outputs: dict, address: str, version: str) -> str:
    """Return the body with links that fetch at once all modules of the first screen."""
    (screen,) = (path for path, output in outputs.items() if output["entry"] == FIRST_SCREEN)
    needed = dict.fromkeys([*_reachable("main.js", outputs), *_reachable(screen, outputs)])
    links = "".join(f'<link rel="modulepreload" href="{address}/{path}">\n' for path in needed)
    style, rest = body.split("<div", maxsplit=1)
    return stamped(f"{style}{links}<div{rest}", address, version)


def _reachable(path: str, outputs: dict) -> Iterator[str]:
    """Yield a file and those it imports at once."""
    yield path
    for imported in outputs[path]["imports"]:
        yield from _reachable(imported, outputs)
