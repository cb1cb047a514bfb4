"""From a file to an opened exploration: project, dataset, and the macro that sets up the rest."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

from instance.connection import FORBIDDEN, InstanceError, Target
from instance.csv_file import CsvFile, csv_params, read_csv_file
from instance.plugin.archive import PLUGIN_ID
from instance.records import note_project, note_upload, upload_facts
from instance.report import FailedError, RefusedError
from instance.waiting import AGAIN, Waiting, as_object, wait_for_macro

MACRO = f"pyrunnable_{PLUGIN_ID}_text-explorer-setup"
SAMPLE = "text-explorer-reviews"
SAMPLE_FOLDER = Path(__file__).parent.parent / "sample-datasets" / SAMPLE
_SAMPLE_COLUMNS = {"text_column": "review", "id_column": "review_id", "date_column": "review_date"}
_SAMPLE_GROUPS = ("hotel", "traveller")
_PROJECT_KEY = re.compile(r"[A-Za-z0-9_]+")
_WEBAPP, _FAILED = "webapp", "FAILED"


@dataclass(frozen=True)
class Wish:
    """What to try: a file, or the sample dataset of the plugin where there is none."""

    project_key: str
    file: Optional[Path] = None
    dataset: Optional[str] = None
    columns: dict[str, str] = field(default_factory=dict)
    group_columns: tuple[str, ...] = ()
    name_prefix: Optional[str] = None
    summaries: bool = False

    def macro_params(self, dataset: str) -> dict[str, Any]:
        """Return the form of the macro; what is left out has the default of the form."""
        columns = self.columns if self.file else {**_SAMPLE_COLUMNS, **self.columns}
        groups = list(self.group_columns or (() if self.file else _SAMPLE_GROUPS))
        params: dict[str, Any] = {
            "dataset": dataset,
            **columns,
            "summaries": self.summaries,
            "zone": True,
            "build": True,
        }
        if groups:
            params["group_columns"] = groups
        if self.name_prefix:
            params["name_prefix"] = self.name_prefix
        return params


def try_out(client: Any, target: Target, wish: Wish, waiting: Waiting) -> None:
    """Make project and dataset if they are missing, run the macro, print its table and the webapp's address.

    Raises
    ------
    RefusedError
        With all that is wrong, before anything is created.
    FailedError
        If the instance fails, or a row of the macro's table does.
    """
    csv_file = _checked(client, wish)
    project = _project(client, wish.project_key, waiting)
    dataset = _dataset_name(wish)
    try:
        outcome = _upload(project, dataset, csv_file) if csv_file else _make_sample(project, dataset)
        waiting.report.line(f"Dataset {dataset}: {outcome}.")
        rows = _run_macro(project, wish.macro_params(dataset), waiting)
    except InstanceError as error:
        if error.status != FORBIDDEN:
            raise
        raise RefusedError(f"{wish.project_key}: {error}. The key needs the right to write in the project.") from None
    _show_address(target, rows, waiting)


def _checked(client: Any, wish: Wish) -> Optional[CsvFile]:
    faults = [] if _PROJECT_KEY.fullmatch(wish.project_key) else [
        f"--project must be letters, digits and underscores. Got {wish.project_key!r}."
    ]  # fmt: skip
    csv_file = read_csv_file(wish.file) if wish.file else None
    if csv_file and "text_column" not in wish.columns:
        faults.append(f"--text-column is missing. {csv_file.path} has: {', '.join(csv_file.columns)}.")
    asked = (*wish.columns.values(), *wish.group_columns)
    faults += [
        f"{csv_file.path} has no column {name!r}. It has: {', '.join(csv_file.columns)}."
        for name in asked
        if csv_file and name not in csv_file.columns
    ]
    if not client.list_connections_names("all"):
        faults.append("The key may use no connection: an administrator must allow one, such as filesystem_managed.")
    if not faults and wish.project_key in client.list_project_keys():
        faults = _project_faults(client.get_project(wish.project_key), _dataset_name(wish), csv_file)
    if faults:
        raise RefusedError("\n".join(faults))
    return csv_file


def _project_faults(project: Any, dataset: str, csv_file: Optional[CsvFile]) -> list[str]:
    faults = []
    if MACRO not in {as_object(item).get("runnableType") for item in project.list_macros()}:
        faults.append(f"{PLUGIN_ID} with its macro is not installed on this instance: run `install` first.")
    found = {str(item["name"]): str(item["type"]) for item in project.list_datasets()}
    facts = upload_facts(project, dataset)
    if dataset in found and not facts and (csv_file or not found[dataset].startswith("Sample_")):
        faults.append(f"The project has a dataset {dataset} that is not of this tool: name another by --dataset.")
    if dataset in found and csv_file and facts.get("digest", csv_file.digest) != csv_file.digest:
        faults.append(f"The dataset {dataset} holds another file: name another by --dataset.")
    return faults


def _project(client: Any, key: str, waiting: Waiting) -> Any:
    if key not in client.list_project_keys():
        owner = str(as_object(client.get_auth_info()).get("authIdentifier"))
        try:
            client.create_project(key, f"Text exploration {key}", owner)
        except InstanceError as error:
            if error.status != FORBIDDEN:
                raise
            reason = "It does not exist, and the key may not create projects"
            raise RefusedError(f"Project {key}: {reason}. Name a project in which it may write.") from None
        note_project(client.get_project(key))
        waiting.report.line(f"Project {key}: created.")
    return client.get_project(key)


def _dataset_name(wish: Wish) -> str:
    name = wish.dataset or (wish.file.stem if wish.file else SAMPLE)
    return re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_") or "texts"


def _upload(project: Any, name: str, csv_file: CsvFile) -> str:
    """Upload a file as a dataset of text columns; nothing where it is there."""
    columns = [{"name": column, "type": "string"} for column in csv_file.columns]
    with open(csv_file.path, "rb") as content:
        content.seek(csv_file.start)
        return _fill(project, name, content.read(), csv_file.digest, csv_file.format_params(), columns)


def _make_sample(project: Any, name: str) -> str:
    """Create the sample dataset of the plugin, or upload its file where DSS has no sample datasets (before 14)."""
    facts, exists = upload_facts(project, name), _exists(project, name)
    if exists and (not facts or facts.get("complete")):
        return "kept"
    create = getattr(project, "create_sample_dataset", None)  # of clients from 14.3 on
    if create is not None and not exists:
        note_upload(project, name, digest=SAMPLE)
        try:
            create(name, PLUGIN_ID, SAMPLE)
        except InstanceError as error:
            if error.status == FORBIDDEN:
                raise
        else:
            note_upload(project, name, digest=SAMPLE, complete=True)
            return "created from the sample of the plugin"
    descriptor = SAMPLE_FOLDER / "dataset.json"
    if not descriptor.is_file():
        raise FailedError(f"The instance has no sample datasets, and {descriptor} is not here: use --file.")
    columns = json.loads(descriptor.read_text("utf-8"))["columns"]
    content = (SAMPLE_FOLDER / "data" / "reviews.csv").read_bytes()
    return _fill(project, name, content, SAMPLE, csv_params(",", "utf8", has_header=False), columns)


def _fill(
    project: Any, name: str, content: bytes, digest: str, format_params: dict[str, Any], columns: list[dict[str, Any]]
) -> str:
    facts, exists = upload_facts(project, name), _exists(project, name)
    if exists and facts.get("complete"):
        return "kept"
    note_upload(project, name, digest=digest)
    dataset = project.get_dataset(name) if exists else project.create_upload_dataset(name)
    dataset.uploaded_add_file(io.BytesIO(content), f"{name}.csv")
    settings = dataset.get_settings()
    settings.set_format("csv", format_params)
    settings.get_raw()["schema"] = {"columns": columns, "userModified": True}
    settings.save()
    note_upload(project, name, digest=digest, complete=True)
    return "uploaded"


def _exists(project: Any, name: str) -> bool:
    return any(item["name"] == name for item in project.list_datasets())


def _run_macro(project: Any, params: dict[str, Any], waiting: Waiting) -> list[dict[str, str]]:
    """Run the macro to its end, print its table, and return its rows by column."""
    macro = project.get_macro(MACRO)
    try:
        run_id = str(macro.run(params=params, wait=False))
        table = as_object(wait_for_macro(macro, run_id, "Setting up the exploration", waiting))
    except InstanceError as error:
        if error.status == FORBIDDEN:
            raise
        raise FailedError(f"The macro failed: {error}") from None
    columns = [as_object(column) for column in table.get("columns") or []]
    records = [[str(cell) for cell in record] for record in table.get("records") or []]
    waiting.report.table([str(column.get("label") or column.get("name") or "") for column in columns], records)
    names = [str(column.get("name") or "") for column in columns]
    return [dict(zip(names, record)) for record in records]


def _show_address(target: Target, rows: list[dict[str, str]], waiting: Waiting) -> None:
    if any(row.get("outcome", "").startswith(_FAILED) for row in rows):
        raise FailedError(f"Something was not made: see the rows with {_FAILED}. {AGAIN}")
    link = next((row["link"] for row in rows if row.get("kind") == _WEBAPP and row.get("link")), "")
    if link:
        waiting.report.line(f"Open {target.url}{link}")
    else:
        waiting.report.line("Create the webapp by the clicks in the table. Everything else is done.")
