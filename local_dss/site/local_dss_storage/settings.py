"""Settings of the stand-in instance, read from ``HOME/instance.json``; every key has a default."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Optional

from .errors import StorageError

DEFAULT_PROJECT_KEY = "LOCAL"
SETTINGS_FILE = "instance.json"
CHOICES = {
    "int_params": ("int", "float"),
    "empty_reads": ("frame", "error"),
    "plugin_webapps_by_api": ("refuse", "accept"),
    "env": ("build", "reuse"),
}


@dataclass(frozen=True)
class InstanceSettings:
    """Settings of the instance.

    INT params reach Python as `int_params`, both being seen on real instances. With `local_folders`,
    ``Folder.get_path()`` works. `empty_reads` is what reading a dataset of 0 rows returns or raises. `plugin_config`
    holds the plugin-level params by plugin id, until the settings of the plugin are saved; `users` the ``groups`` and
    ``displayName`` of the visitors a webapp may meet by login; `visitor` the login when the request names none, None
    for an anonymous one.

    The public API: `api_keys` holds ``{"user", "admin", "may_create_projects", "projects": {KEY: [right, ...]}}`` by
    key; `connections` the names users may write to; `plugin_webapps_by_api` whether one can create a webapp of a
    plugin; `env` whether a code environment is built, or the interpreter of the stand-in used after a check of every
    requirement; `latency_s` the seconds before each answer; `llms` the language models; without `llm_mesh` neither the
    client nor the API knows any, as in older versions.

    Spark: `spark_configs` holds the named configurations, the default one first: the ``conf`` of Spark, the number of
    ``workers`` of a cluster started for the job, the ``python`` of Spark's workers.
    """

    default_project: str = DEFAULT_PROJECT_KEY
    int_params: str = "int"
    local_folders: bool = False
    empty_reads: str = "frame"
    plugin_config: dict[str, dict[str, Any]] = field(default_factory=dict)
    variables: dict[str, Any] = field(default_factory=dict)
    users: dict[str, dict[str, Any]] = field(
        default_factory=lambda: {"analyst": {"groups": ["data_team"], "displayName": "Analyst"}}
    )
    visitor: Optional[str] = None
    api_keys: dict[str, dict[str, Any]] = field(default_factory=dict)
    connections: list[str] = field(default_factory=lambda: ["filesystem_managed", "filesystem_folders"])
    dss_version: str = "14.2.0"
    plugin_webapps_by_api: str = "refuse"
    env: str = "build"
    latency_s: float = 0.0
    llms: list[dict[str, Any]] = field(default_factory=list)
    llm_mesh: bool = True
    spark_configs: dict[str, dict[str, Any]] = field(
        default_factory=lambda: {"local": {"conf": {"spark.master": "local[2]"}}, "two-workers": {"workers": 2}}
    )


def load_settings(home: Path) -> InstanceSettings:
    """Read the settings of a home folder; a missing file means the defaults."""
    path = Path(home) / SETTINGS_FILE
    if not path.exists():
        return InstanceSettings()
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise StorageError(f"The instance settings are not valid JSON: {path}: {error}.") from None
    if not isinstance(content, dict):
        raise StorageError(f"The instance settings must be a JSON object: {path}.")
    _check_content(content, path)
    return InstanceSettings(**content)


def write_default_settings(home: Path) -> None:
    """Write ``instance.json`` with all defaults when the home folder has none."""
    path = Path(home) / SETTINGS_FILE
    try:
        if not path.exists():
            Path(home).mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(asdict(InstanceSettings()), indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise StorageError(f"{home} cannot be used as home folder: {error.strerror}.") from None


def plugin_settings_path(home: Path, plugin_id: str) -> Path:
    """Return where the settings of a plugin are kept once they were saved."""
    return Path(home) / "plugins" / "settings" / f"{plugin_id}.json"


def plugin_config(home: Path, plugin_id: str) -> dict[str, Any]:
    """Return the plugin-level params: as saved with the settings of the plugin, else those of ``instance.json``."""
    path = plugin_settings_path(home, plugin_id)
    if path.is_file():
        return dict(json.loads(path.read_text(encoding="utf-8")).get("config") or {})
    return load_settings(home).plugin_config.get(plugin_id, {})


def _check_content(content: dict[str, Any], path: Path) -> None:
    known = {item.name: getattr(InstanceSettings(), item.name) for item in fields(InstanceSettings)}
    for key, value in content.items():
        if key not in known:
            raise StorageError(f'Unknown setting "{key}" in {path}. Known settings: {", ".join(sorted(known))}.')
        if key in CHOICES and value not in CHOICES[key]:
            raise StorageError(f'Setting "{key}" in {path} must be one of {", ".join(CHOICES[key])}. Got {value!r}.')
        kinds: dict[str, tuple[type, ...]] = {"visitor": (str, type(None)), "latency_s": (int, float)}
        if not isinstance(value, kinds.get(key, (type(known[key]),))):
            raise StorageError(f'Setting "{key}" in {path} has the wrong kind of value. Got {value!r}.')
