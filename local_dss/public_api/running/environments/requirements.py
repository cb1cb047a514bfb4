"""Requirements checked against what is installed, and what is installed in an environment."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path
from typing import Optional

from packaging.requirements import InvalidRequirement, Requirement


def requirement_faults(text: str) -> list[str]:
    """Return a sentence for each requirement that the current interpreter does not meet; `text` as pip reads it."""
    lines = (line.split(" #")[0].strip() for line in text.splitlines())
    faults = (_fault(line) for line in lines if line and not line.startswith("#"))
    return [fault for fault in faults if fault is not None]


def installed_packages(site_packages: Optional[Path] = None) -> str:
    """Return what is installed as ``name==version`` lines, in a folder or in the current interpreter."""
    distributions = importlib.metadata.distributions
    items = distributions(path=[str(site_packages)]) if site_packages else distributions()
    found = {f"{item.metadata['Name']}=={item.version}" for item in items}
    return "\n".join(sorted(found, key=str.lower))


def _fault(line: str) -> Optional[str]:
    try:
        requirement = Requirement(line)
    except InvalidRequirement:
        return f'"{line}" cannot be checked against the current interpreter.'
    if requirement.marker is not None and not requirement.marker.evaluate():
        return None
    try:
        version = importlib.metadata.version(requirement.name)
    except importlib.metadata.PackageNotFoundError:
        return f'"{line}" is required and {requirement.name} is not installed.'
    if requirement.specifier.contains(version, prereleases=True):
        return None
    return f'"{line}" is required and {requirement.name} {version} is installed.'
