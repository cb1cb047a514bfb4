"""Set up an exploration from the macro's form to its report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from text_explorer.columns import names_of, schema_of
from text_explorer.dss.forms.setup import SetupSettings, read_setup_settings
from text_explorer.dss.io.datasets import write_rows
from text_explorer.dss.setup.builder import Builder, check_columns
from text_explorer.dss.setup.guessing import guessed_settings
from text_explorer.dss.setup.plan import plan_exploration
from text_explorer.dss.setup.record import RECIPE, SetupRecord
from text_explorer.errors import SettingsError
from text_explorer.explorer.feedback.stop_words import COLUMNS as STOP_WORD_COLUMNS
from text_explorer.topics.edits.columns import EDITS as EDIT_COLUMNS


def prepare_exploration(client: Any, project_key: str, config: Mapping[str, Any]) -> Builder:
    """Read the form and return what carries it out.

    Parameters
    ----------
    client
        Client of the public API, with the rights of who runs the macro.
    config
        Values of the macro's form.

    Raises
    ------
    SettingsError
        With all faults of the form.
    DataError
        If there is no such dataset.
    """
    dataset = config.get("dataset")
    if not isinstance(dataset, str) or not dataset:
        raise SettingsError(["'Dataset' is empty: select the dataset with the texts."])
    columns = check_columns(client, project_key, dataset)
    project = client.get_project(project_key)
    settings = _with_columns(read_setup_settings(config, columns), columns, project)
    plan = plan_exploration(settings, columns)
    tables = dict(zip(plan.own_tables, (EDIT_COLUMNS, STOP_WORD_COLUMNS)))

    def write_table(full_name: str) -> None:
        table = tables[full_name.partition(".")[2]]
        write_rows(full_name, schema_of(table), [pd.DataFrame(columns=names_of(table))])

    return Builder(client, project_key, plan, settings, write_table)


def _with_columns(settings: SetupSettings, columns: Sequence[str], project: Any) -> SetupSettings:
    """Return the settings with columns for the fields left empty: those of the run before, else guessed ones."""
    recipe = plan_exploration(settings, columns).recipes[0].name
    before = SetupRecord(project, settings.name_prefix).facts(RECIPE, recipe).get("config")
    if before is None:
        return guessed_settings(settings, columns, project.get_dataset(settings.dataset))
    return replace(
        settings,
        id_column=settings.id_column or before.get("id_column"),
        date_column=settings.date_column or before.get("date_column"),
        group_columns=settings.group_columns or tuple(before.get("group_columns", ())),
    )
