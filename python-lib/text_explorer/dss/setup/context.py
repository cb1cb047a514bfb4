"""One set-up under way: the project, the plan, what is there already, and what was made so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable, Optional

from text_explorer.dss.forms.setup import SetupSettings
from text_explorer.dss.setup.plan import Folder, Plan, Reference
from text_explorer.dss.setup.present import Present
from text_explorer.dss.setup.record import FOLDER, SetupRecord

WriteTable = Callable[[str], None]
"""Writes one of the webapp's own tables without rows, so that it counts as built."""

CREATED, KEPT, UPDATED, BY_HAND = "created", "kept", "updated", "by hand"


@dataclass
class Setup:
    """What every step needs; `clicks` are those with which the webapp is created by hand."""

    client: Any
    project: Any
    plan: Plan
    settings: SetupSettings
    record: SetupRecord
    present: Present
    write_table: WriteTable
    zone: Any = None
    webapp_id: Optional[str] = None
    clicks: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Key of the project."""
        return str(self.project.project_key)

    def folder_id(self) -> str:
        """Return the recorded id, else that of the folder of the name: it was created just before a run was stopped."""
        name = self.plan.folder.name
        known = self.present.folders.get(name, [])
        recorded = self.record.facts(FOLDER, name).get("id")
        return recorded if recorded in known else (known or [""])[0]

    def put_into_zone(self, kind: str, name: str, handle: Any) -> None:
        """Put an object into the zone once: where a user moves it later, it stays."""
        if self.zone is not None and not self.record.facts(kind, name).get("in_zone"):
            self.zone.add_item(handle)
            self.record.note(kind, name, in_zone=True)

    def reference(self, item: Reference) -> str:
        """Return how recipes and the webapp refer to a dataset or a folder."""
        return self.folder_id() if isinstance(item, Folder) else item
