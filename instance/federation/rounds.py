"""Drive the rounds: bring the shared folder to every site, run the recipes, bring the counts back.

Only files of known names are copied, whatever else a folder holds. A site that does not answer, or whose job fails,
misses the round; the next round asks it again.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Optional

from instance.connection import InstanceError, Target, connect, find_target, spoken
from instance.federation.sites_file import Party
from instance.report import FailedError, RefusedError, Report
from instance.waiting import AGAIN, Waiting, as_object, wait_for_job

ROUND = "federated/round.json"
OF_ROUND = ("federated/vocabulary.json", "federated/shared.npz", "federated/final.npz", ROUND)
OF_MODEL = ("vocabulary.json", "model.npz", "manifest.json")
FINISHED = "finished"
_FOLDER = "MANAGED_FOLDER"
_AWAY_SECONDS = 20.0


@dataclass
class Folder:
    """A managed folder of a party."""

    project: Any
    identifier: str

    def read(self, path: str) -> bytes:
        """Return a file."""
        content: bytes = self.project.get_managed_folder(self.identifier).get_file(path).content
        return content

    def copy_to(self, other: Folder, paths: Sequence[str]) -> int:
        """Copy those of the files that exist, in order; return their bytes."""
        present, n_bytes = self.paths(), 0
        for path in paths:
            if path in present:
                content = self.read(path)
                other.project.get_managed_folder(other.identifier).put_file(path, io.BytesIO(content))
                n_bytes += len(content)
        return n_bytes

    def paths(self) -> set[str]:
        """Return the paths of all files, without a slash at the beginning."""
        items = as_object(self.project.get_managed_folder(self.identifier).list_contents()).get("items") or []
        return {str(as_object(item).get("path")).lstrip("/") for item in items}

    def build(self) -> Any:
        """Start the recipe that writes the folder, and return its job."""
        return self.project.new_job("NON_RECURSIVE_FORCED_BUILD").with_output(self.identifier, _FOLDER).start()


@dataclass
class Connected:
    """A party that answered, and its folders by role."""

    party: Party
    target: Target
    project: Any
    folders: dict[str, Folder] = field(default_factory=dict)


def federate(centre: Party, sites: Sequence[Party], waiting: Waiting) -> None:
    """Run the rounds that are left, and bring the model to every site.

    Raises
    ------
    RefusedError
        Where the combining instance cannot be asked.
    FailedError
        Where a round cannot be combined, as for too few contributions.
    """
    with _connected(centre, waiting.report) as combining:
        number, stage = _open_round(combining)
        if number is None:
            number, stage = _combine(combining, waiting)
        while stage != FINISHED:
            waiting.report.line(f"Round {number} ({stage})")
            _collect(combining, sites, number, waiting)
            after, stage = _combine(combining, waiting)
            if after == number:
                raise FailedError(f"Round {number} was combined, but no other round was opened. {AGAIN}")
            number = after
        for site in sites:
            with (
                _reported(site, waiting.report, "has no copy of the model yet"),
                _connected(site, waiting.report) as to,
            ):
                combining.folders["shared"].copy_to(to.folders["shared"], (*OF_ROUND, *OF_MODEL))
    waiting.report.line(f"The training is finished. Its model is in the folder {centre.folders['shared']}.")


def _collect(combining: Connected, sites: Sequence[Party], number: Any, waiting: Waiting) -> None:
    """Start the jobs of all sites, then bring their contributions back in the order of the sites."""
    jobs: dict[str, tuple[Connected, Any]] = {}
    for site in sites:
        with _reported(site, waiting.report, f"misses round {number}"), _connected(site, waiting.report) as asked:
            combining.folders["shared"].copy_to(asked.folders["shared"], OF_ROUND)
            jobs[site.name] = asked, asked.folders["contribution"].build()
    brief = Waiting(waiting.report, waiting.seconds, away_seconds=_AWAY_SECONDS)
    for name, (asked, job) in jobs.items():
        with _reported(asked.party, waiting.report, f"misses round {number}"), spoken(asked.target):
            wait_for_job(job, f"Round {number} at site {name}", brief)
            paths = (f"contributions/{name}.bin", f"contributions/{name}.json")
            n_bytes = asked.folders["contribution"].copy_to(combining.folders["contributions"], paths)
            waiting.report.line(f"  {name}: {n_bytes:,} bytes of counts")


def _combine(combining: Connected, waiting: Waiting) -> tuple[Optional[int], str]:
    job = combining.folders["shared"].build()
    try:
        wait_for_job(job, "Combining the contributions", waiting)
    except FailedError as error:
        raise FailedError(f"{error} {_reason_in(job.get_log())}") from None
    number, stage = _open_round(combining)
    if number is None:
        raise FailedError(f"The recipe ran, but wrote no {ROUND} into {combining.party.folders['shared']}.")
    return number, stage


def _open_round(combining: Connected) -> tuple[Optional[int], str]:
    folder = combining.folders["shared"]
    if ROUND not in folder.paths():
        return None, ""
    content = as_object(json.loads(folder.read(ROUND)))
    return content.get("round"), str(content.get("stage"))


def _reason_in(log: str) -> str:
    """Return the sentence of the last error in the log of the recipe that combines, which sees no text."""
    lines = [line.partition("Error: ")[2].strip() for line in str(log).splitlines() if "Error: " in line]
    return lines[-1] if lines else "See the log of the job."


@contextmanager
def _connected(party: Party, report: Report) -> Iterator[Connected]:
    target = find_target(party.given)
    report.secrets.add(target.key)
    with spoken(target):
        project = connect(target).get_project(party.project)
        known = {str(item["name"]): str(item["id"]) for item in project.list_managed_folders()}
        missing = [name for name in party.folders.values() if name not in {*known, *known.values()}]
        if missing:
            raise RefusedError(f"{party.name}: the project {party.project} has no folder {', '.join(missing)}.")
        folders = {role: Folder(project, known.get(name, name)) for role, name in party.folders.items()}
        yield Connected(party, target, project, folders)


@contextmanager
def _reported(party: Party, report: Report, outcome: str) -> Iterator[None]:
    """Report what went wrong at a site, without which the round goes on."""
    try:
        yield
    except (FailedError, InstanceError, RefusedError) as error:
        report.line(f"  {party.name} {outcome}: {error}")
