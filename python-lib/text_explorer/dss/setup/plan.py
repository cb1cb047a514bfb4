"""What a text exploration consists of: its objects by name, with their settings, before anything is created."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Union

from text_explorer.columns import unused_names
from text_explorer.dss.forms.setup import SetupSettings
from text_explorer.topics.columns import TOPIC_ID, TOPIC_PROBABILITY

PLUGIN_FOLDER = Path(__file__).resolve().parents[4]
WEBAPP_TYPE = "webapp_text-explorer_text-explorer-webapp"
RECIPE_TYPE = "CustomCode_{}"
SCENARIO_NAME = "Refresh topics"
_COLUMN_PARAMS = ("id_column", "date_column", "group_columns")


@dataclass(frozen=True)
class Folder:
    """A managed folder by name; recipes refer to it by an id that is known once it exists."""

    name: str


Reference = Union[str, Folder]
"""A dataset by name, or a folder."""


@dataclass(frozen=True)
class PlannedRecipe:
    """A recipe: `recipe_id` is the name of its folder in the plugin; one item a role."""

    name: str
    recipe_id: str
    inputs: Mapping[str, Reference]
    outputs: Mapping[str, Reference]
    config: Mapping[str, Any]

    @property
    def type(self) -> str:
        """Type of the recipe in the project."""
        return RECIPE_TYPE.format(self.recipe_id)

    @property
    def main_output(self) -> str:
        """The dataset that is built to run the recipe, which writes all outputs."""
        return next(output for output in self.outputs.values() if isinstance(output, str))


@dataclass(frozen=True)
class Plan:
    """All objects, in the order they are created."""

    prefix: str
    datasets: tuple[str, ...]
    own_tables: tuple[str, ...]
    folder: Folder
    recipes: tuple[PlannedRecipe, ...]
    webapp_name: str
    webapp_config: Mapping[str, Reference]
    zone_name: str
    scenario_name: str
    article_name: str

    @property
    def scored(self) -> str:
        """The dataset that the scenario refreshes and the webapp shows."""
        return str(self.webapp_config["document_topics"])


def plan_exploration(settings: SetupSettings, columns: Sequence[str]) -> Plan:
    """Return the objects of an exploration; names begin with the prefix, which is the dataset's name by default.

    Parameters
    ----------
    columns
        Columns of the dataset; recipes add a suffix to their own where the dataset has that name.
    """
    prefix = settings.name_prefix
    model = Folder(f"{prefix}_model")
    edits, stop_words = f"{prefix}_edits", f"{prefix}_stop_words"
    recipes = (
        _discover(settings, model, stop_words),
        _assign(settings, model),
        *(_summaries(settings, columns) if settings.summaries else ()),
    )
    written = [output for recipe in recipes for output in recipe.outputs.values() if isinstance(output, str)]
    shown: dict[str, Reference] = {
        "document_topics": f"{prefix}_scored",
        "topics": f"{prefix}_topics",
        "topic_terms": f"{prefix}_topic_terms",
        "model": model,
        "edits": edits,
        "stop_words": stop_words,
        "drift": f"{prefix}_drift",
    }
    if settings.summaries:
        shown.update(summaries=f"{prefix}_summaries", group_summaries=f"{prefix}_topic_summaries")
    return Plan(
        prefix=prefix,
        datasets=tuple(written),
        own_tables=(edits, stop_words),
        folder=model,
        recipes=recipes,
        webapp_name=f"Text Explorer: {settings.dataset}",
        webapp_config=shown,
        zone_name=f"Text exploration: {settings.dataset}" if settings.zone else "",
        scenario_name=f"{SCENARIO_NAME}: {settings.dataset}",
        article_name=f"Text Explorer: {settings.dataset}",
    )


def form_defaults(recipe_id: str) -> dict[str, Any]:
    """Return what the form of a recipe holds at first; a recipe created by the API has no value for any field."""
    content = (PLUGIN_FOLDER / "custom-recipes" / recipe_id / "recipe.json").read_text(encoding="utf-8")
    params = json.loads(content)["params"]
    defaults = {param["name"]: param["defaultValue"] for param in params if "defaultValue" in param}
    flags = {param["name"]: False for param in params if param["type"] == "BOOLEAN"}
    return {**flags, **defaults}


def _discover(settings: SetupSettings, model: Folder, stop_words: str) -> PlannedRecipe:
    prefix = settings.name_prefix
    columns = {name: getattr(settings, name) for name in _COLUMN_PARAMS if getattr(settings, name)}
    if "group_columns" in columns:
        columns["group_columns"] = list(columns["group_columns"])
    return PlannedRecipe(
        name=f"discover_topics_of_{prefix}",
        recipe_id="text-explorer-topics",
        inputs={"documents": settings.dataset, "stop_words": stop_words},
        outputs={
            "document_topics": f"{prefix}_document_topics",
            "topics": f"{prefix}_topics",
            "topic_terms": f"{prefix}_topic_terms",
            "model": model,
        },
        config={**form_defaults("text-explorer-topics"), **_text(settings), **columns},
    )


def _assign(settings: SetupSettings, model: Folder) -> PlannedRecipe:
    prefix = settings.name_prefix
    return PlannedRecipe(
        name=f"assign_topics_to_{prefix}",
        recipe_id="text-explorer-assign",
        inputs={"documents": settings.dataset, "model": model},
        outputs={"document_topics": f"{prefix}_scored", "drift": f"{prefix}_drift"},
        config={**form_defaults("text-explorer-assign"), **_text(settings)},
    )


def _summaries(settings: SetupSettings, columns: Sequence[str]) -> tuple[PlannedRecipe, PlannedRecipe]:
    prefix = settings.name_prefix
    key = {"id_column": settings.id_column} if settings.id_column else {}
    texts = PlannedRecipe(
        name=f"summarize_{prefix}",
        recipe_id="text-explorer-summarize",
        inputs={"documents": settings.dataset},
        outputs={"summaries": f"{prefix}_summaries"},
        config={**form_defaults("text-explorer-summarize"), **_text(settings), **key},
    )
    added = unused_names((TOPIC_ID, TOPIC_PROBABILITY), columns)
    by_topic = {"group_columns": [added[TOPIC_ID]], "weight_column": added[TOPIC_PROBABILITY]}
    topics = PlannedRecipe(
        name=f"summarize_topics_of_{prefix}",
        recipe_id="text-explorer-summarize-groups",
        inputs={"documents": f"{prefix}_document_topics"},
        outputs={"group_summaries": f"{prefix}_topic_summaries"},
        config={**form_defaults("text-explorer-summarize-groups"), **_text(settings), **by_topic, **key},
    )
    return texts, topics


def _text(settings: SetupSettings) -> dict[str, Any]:
    return {"text_column": settings.text_column, "language": settings.language}
