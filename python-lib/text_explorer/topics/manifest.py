"""The first file of a model folder: what the model is, and whether this version can read it.

Apart from the model's other files, so that the webapp can ask without loading a topic model's libraries.
"""

from __future__ import annotations

import json
from typing import Any, Optional

from text_explorer.errors import DataError

FORMAT_VERSION = 1
MANIFEST = "manifest.json"


def parse_manifest(content: Optional[bytes]) -> dict[str, Any]:
    """Read the manifest.

    Parameters
    ----------
    content
        The file, None where there is none.

    Raises
    ------
    DataError
        Where the folder holds no whole model, or one of a newer format.
    """
    manifest = parse_object(MANIFEST, content)
    version = manifest.get("format_version")
    if not isinstance(version, int):
        raise DataError(
            f"The folder holds no model of Text Explorer ({MANIFEST} names no format_version). Choose the folder that "
            "'Discover topics' wrote."
        )
    if version > FORMAT_VERSION:
        raise DataError(
            f"The model folder was written by Text Explorer {manifest.get('plugin_version', 'of unknown version')} in "
            f"format {version}; this version reads up to format {FORMAT_VERSION}. Update the plugin."
        )
    return manifest


def parse_object(path: str, content: Optional[bytes]) -> dict[str, Any]:
    """Read a file of the model folder that holds a JSON object.

    Raises
    ------
    DataError
        Where the file is missing or damaged.
    """
    if content is None:
        raise DataError(missing_file(path))
    try:
        parsed = json.loads(content)
    except ValueError as error:
        raise DataError(f"The model folder's {path} is damaged ({error}). Run 'Discover topics' again.") from error
    if not isinstance(parsed, dict):
        raise DataError(f"The model folder's {path} is damaged. Run 'Discover topics' again.")
    return parsed


def missing_file(path: str) -> str:
    """Say that a file of the model folder is missing."""
    return f"The model folder holds no whole model ({path} is missing). Run 'Discover topics' first."
