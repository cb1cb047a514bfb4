"""A standard webapp as its ``webapp.json`` and its files describe it."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local_dss.descriptors.plugin import Plugin, check_files
from local_dss.errors import LocalDssError

INSTANCE_ID_LENGTH = 8
# Official webapps without the key "standardWebAppLibraries" use this library; an empty list means none.
LIBRARIES_UNLESS_LISTED = ("dataiku",)


@dataclass(frozen=True)
class Webapp:
    """One webapp of a plugin, by the name of its folder, with its params as in ``webapp.json``.

    Keys of the config in `role_keys` are filled by the object the webapp is opened from; they need no param. Datasets
    can be authorised for its page if it `has_security_panel`.
    """

    webapp_id: str
    folder: Path
    label: str
    libraries: tuple[str, ...]
    uses_modules: bool
    has_backend: bool
    params: tuple[dict[str, Any], ...]
    role_keys: tuple[str, ...] = ()
    has_security_panel: bool = True

    @property
    def has_style(self) -> bool:
        """Whether it has a style sheet: ``style.css`` is optional."""
        return (self.folder / "style.css").is_file()

    def read(self, name: str) -> str:
        """Read one of its text files again, so that a reload of the page shows an edit."""
        try:
            return (self.folder / name).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise LocalDssError(f'{name} of webapp "{self.webapp_id}" cannot be read as UTF-8 text: {error}.') from None


def load_webapp(plugin: Plugin, webapp_id: str) -> Webapp:
    """Read a webapp of a plugin."""
    descriptor = plugin.webapp_descriptor(webapp_id)
    folder = plugin.webapp_folder(webapp_id)
    has_backend = _switch(descriptor, "hasBackend")
    if has_backend:
        check_files("Webapp", webapp_id, folder, ("backend.py",))
    return Webapp(
        webapp_id=webapp_id,
        folder=folder,
        label=(descriptor.get("meta") or {}).get("label") or webapp_id,
        libraries=_libraries(descriptor),
        uses_modules=_switch(descriptor, "enableJavascriptModules"),
        has_backend=has_backend,
        params=tuple(descriptor.get("params") or ()),
        role_keys=_role_keys(descriptor),
        has_security_panel=not _switch(descriptor, "noJSSecurity"),
    )


def instance_webapp_id(plugin: Plugin, webapp: Webapp) -> str:
    """Compute the identifier of the webapp on an instance: always the same, and unlike the name of its folder."""
    digest = hashlib.sha256(f"{plugin.plugin_id}/{webapp.webapp_id}".encode()).digest()
    return base64.b32encode(digest).decode("ascii")[:INSTANCE_ID_LENGTH]


def _libraries(descriptor: dict[str, Any]) -> tuple[str, ...]:
    listed = descriptor.get("standardWebAppLibraries", LIBRARIES_UNLESS_LISTED) or ()
    if not isinstance(listed, (list, tuple)) or not all(isinstance(name, str) for name in listed):
        raise LocalDssError(f'"standardWebAppLibraries" in webapp.json must be a list of names. Got {listed!r}.')
    return tuple(dict.fromkeys(listed))


def _role_keys(descriptor: dict[str, Any]) -> tuple[str, ...]:
    """List the keys named by ``targetParamsKey``, ``pathParamsKey`` and the like of the webapp's roles."""
    roles = descriptor.get("roles", ())
    return tuple(value for role in roles for key, value in role.items() if key.endswith("ParamsKey"))


def _switch(descriptor: dict[str, Any], key: str) -> bool:
    """Read a switch; official files write the string, others the boolean."""
    value = descriptor.get(key)
    if value is None or isinstance(value, bool):
        return bool(value)
    if value in ("true", "false"):
        return value == "true"
    raise LocalDssError(f'"{key}" in webapp.json must be "true" or "false". Got {value!r}.')
