"""Write a new version of the plugin wherever it stands: plugin.json and the library.

``python packaging/release.py 0.2.0`` refuses a version that the changelog does not describe.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSION = re.compile(r"\d+\.\d+\.\d+")


def main(version: str, root: Path = ROOT) -> None:
    """Write the version.

    Raises
    ------
    SystemExit
        With a sentence, for what is no version or has no heading in the changelog.
    """
    if not VERSION.fullmatch(version):
        raise SystemExit(f"A version is three numbers such as 0.2.0. Got {version!r}.")
    if f"## {version} - " not in (root / "CHANGELOG.md").read_text("utf-8"):
        raise SystemExit(f"CHANGELOG.md has no heading '## {version} - ...': describe the release there first.")
    plugin = root / "plugin.json"
    described = {**json.loads(plugin.read_text("utf-8")), "version": version}
    plugin.write_text(json.dumps(described, indent=2, ensure_ascii=False) + "\n", "utf-8")
    library = root / "python-lib" / "text_explorer" / "__init__.py"
    text = re.sub(r'__version__ = "[^"]*"', f'__version__ = "{version}"', library.read_text("utf-8"))
    library.write_text(text, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
