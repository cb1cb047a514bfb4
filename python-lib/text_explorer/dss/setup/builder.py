"""Carry out a plan in a project, object by object: what exists is kept, what is missing is created.

A run that was stopped anywhere is finished by the next one: each object is recorded before it is created, and read back
after it was configured.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Callable

from text_explorer.dss.forms.setup import SetupSettings
from text_explorer.dss.setup import flow, ways_in
from text_explorer.dss.setup.context import Setup, WriteTable
from text_explorer.dss.setup.plan import Plan
from text_explorer.dss.setup.present import faults_of, list_present
from text_explorer.dss.setup.record import ARTICLE, DATASET, FOLDER, RECIPE, SCENARIO, WEBAPP, ZONE, SetupRecord
from text_explorer.errors import DataError, SettingsError, caught

NOT_REACHED, FAILED = "not reached", "FAILED: "
_RUN = "run of the recipe"


@dataclass(frozen=True)
class Row:
    """One row of the report: an object, what happened to it, and its address on the instance."""

    kind: str
    name: str
    outcome: str
    link: str = ""


@dataclass(frozen=True)
class _Step:
    """One object: how it is made, and whether it exists, for a run that changes nothing."""

    kind: str
    name: str
    make: Callable[[], str]
    exists: bool
    link: Callable[[], str] = str


class Builder:
    """Makes the objects of one plan; `write_table` writes the tables that only the webapp writes later."""

    def __init__(self, client: Any, project_key: str, plan: Plan, settings: SetupSettings, write_table: WriteTable):
        project = client.get_project(project_key)
        self._setup = Setup(
            client=client,
            project=project,
            plan=plan,
            settings=settings,
            record=SetupRecord(project, plan.prefix),
            present=list_present(client, project),
            write_table=write_table,
        )

    @property
    def n_steps(self) -> int:
        """Number of objects and runs."""
        return len(_steps(self._setup))

    def run(self, progress: Callable[[int], None]) -> list[Row]:
        """Make everything, and return a row for each object; the first failure stops the run, in its row.

        Raises
        ------
        SettingsError
            With all faults that are known before anything is created.
        """
        setup = self._setup
        faults = faults_of(setup.plan, setup.settings, setup.present, setup.record)
        if faults:
            raise SettingsError(faults)
        if setup.settings.dry_run:
            return [Row(step.kind, step.name, _intention(step)) for step in _steps(setup)]
        return list(_carried_out(setup, progress))


def check_columns(client: Any, project_key: str, dataset: str) -> list[str]:
    """Return the columns of a dataset.

    Raises
    ------
    DataError
        If the project has no such dataset, or it has no columns yet.
    """
    project = client.get_project(project_key)
    names = [item["name"] for item in project.list_datasets()]
    if dataset not in names:
        raise DataError(f"The project {project_key} has no dataset '{dataset}'. It has: {', '.join(names) or 'none'}.")
    columns = [column["name"] for column in project.get_dataset(dataset).get_schema().get("columns", [])]
    if not columns:
        raise DataError(f"The dataset '{dataset}' has no columns yet: build it, or detect its format, first.")
    return columns


def _carried_out(setup: Setup, progress: Callable[[int], None]) -> Iterator[Row]:
    has_failed = False
    for position, step in enumerate(_steps(setup), start=1):
        if has_failed:
            yield Row(step.kind, step.name, NOT_REACHED)
            continue
        outcome = ""
        with caught() as fault:
            outcome = step.make()
        has_failed = fault.error is not None
        yield Row(step.kind, step.name, f"{FAILED}{fault.error}" if has_failed else outcome, step.link())
        yield from (Row(WEBAPP, "", click) for click in setup.clicks if step.kind == WEBAPP)
        progress(position)


def _steps(setup: Setup) -> list[_Step]:
    """Return the steps in their order."""
    plan, present, base = setup.plan, setup.present, f"/projects/{setup.key}"
    zone = _Step(ZONE, plan.zone_name, partial(flow.make_zone, setup), plan.zone_name in present.zones)
    datasets = [
        _Step(
            DATASET,
            name,
            partial(flow.make_dataset, setup, name),
            name in present.datasets,
            partial(str, f"{base}/datasets/{name}/explore/"),
        )
        for name in (*plan.own_tables, *plan.datasets)
    ]
    folder = _Step(
        FOLDER,
        plan.folder.name,
        partial(flow.make_folder, setup),
        plan.folder.name in present.folders,
        lambda: f"{base}/managedfolder/{setup.folder_id()}/view/",
    )
    recipes = [
        _Step(
            RECIPE,
            recipe.name,
            partial(flow.make_recipe, setup, recipe),
            recipe.name in present.recipes,
            partial(str, f"{base}/recipes/{recipe.name}/"),
        )
        for recipe in plan.recipes
    ]
    runs = [
        _Step(_RUN, recipe.name, partial(flow.run_recipe, setup, recipe), flow.is_built(setup, recipe))
        for recipe in plan.recipes
    ]
    return [
        *([zone] if plan.zone_name else []),
        *datasets,
        folder,
        *recipes,
        *(runs if setup.settings.build else []),
        *_ways_in(setup),
    ]


def _ways_in(setup: Setup) -> list[_Step]:
    plan = setup.plan
    return [
        _Step(
            WEBAPP,
            plan.webapp_name,
            partial(ways_in.make_webapp, setup),
            ways_in.found_webapp(setup) is not None,
            partial(ways_in.webapp_link, setup),
        ),
        _Step(
            SCENARIO,
            plan.scenario_name,
            partial(ways_in.make_scenario, setup),
            plan.scenario_name in setup.present.scenarios,
        ),
        _Step(
            ARTICLE,
            plan.article_name,
            partial(ways_in.make_article, setup),
            setup.record.holds(ARTICLE, plan.article_name),
        ),
    ]


def _intention(step: _Step) -> str:
    return "exists" if step.exists else "would be " + ("run" if step.kind == _RUN else "created")
