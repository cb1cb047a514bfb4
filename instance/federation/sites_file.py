"""The file that names the instances of a federated training."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from instance.connection import Given
from instance.report import RefusedError

_SITE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_CONNECTION = ("url", "key_file", "instance", "ca")
_OF_CENTRE, _OF_SITE = ("project", "contributions", "shared"), ("name", "project", "contribution", "shared")


@dataclass(frozen=True)
class Party:
    """An instance that takes part: where it is, its project, and the folders by role, by name or id."""

    name: str
    given: Given
    project: str
    folders: dict[str, str]


def read_sites_file(path: Path, timeout: float) -> tuple[Party, list[Party]]:
    """Return the combining instance and those of the sites.

    Raises
    ------
    RefusedError
        With what is wrong in the file.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise RefusedError(f"--sites: {path} cannot be read as JSON: {error}.") from None
    centre = content.get("centre") if isinstance(content, dict) else None
    sites = content.get("sites") if isinstance(content, dict) else None
    if not isinstance(centre, dict) or not isinstance(sites, list) or not sites:
        raise RefusedError(f'--sites: {path} must hold an object "centre" and a list "sites".')
    parties = [_party(site, _OF_SITE, f"site {number}", timeout) for number, site in enumerate(sites, 1)]
    names = [party.name for party in parties]
    if len(set(names)) < len(names) or not all(map(_SITE_NAME.fullmatch, names)):
        raise RefusedError(
            "--sites: the names of the sites must differ, and be 1 to 40 letters, digits, hyphens and underscores. "
            f"Got {', '.join(names)}."
        )
    return _party({**centre, "name": "centre"}, ("name", *_OF_CENTRE), "centre", timeout), parties


def _party(entry: Any, needed: tuple[str, ...], where: str, timeout: float) -> Party:
    entry = entry if isinstance(entry, dict) else {}
    values = {key: value for key, value in entry.items() if isinstance(value, str) and value}
    missing = [key for key in needed if key not in values]
    unknown = sorted(set(entry) - {*needed, *_CONNECTION})
    if missing or unknown:
        faults = f"lacks {', '.join(missing)}" if missing else f"has {', '.join(unknown)}, which it may not"
        raise RefusedError(f"--sites: {where} {faults}. It may have: {', '.join((*needed, *_CONNECTION))}.")
    given = Given(
        url=values.get("url"),
        instance=values.get("instance"),
        key_file=Path(values["key_file"]) if "key_file" in values else None,
        ca=Path(values["ca"]) if "ca" in values else None,
        timeout=timeout,
    )
    folders = {key: values[key] for key in needed if key not in ("name", "project")}
    return Party(values["name"], given, values["project"], folders)
