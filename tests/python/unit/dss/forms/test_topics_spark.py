"""The form of 'Discover topics (Spark)'."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from text_explorer.dss.forms.topics import read_topics_settings
from text_explorer.dss.forms.topics_spark import NOT_ON_SPARK, SparkTopicsSettings, read_topics_spark_settings
from text_explorer.errors import SettingsError

RECIPES = Path(__file__).parents[5] / "custom-recipes"
OWN = ("parts", "checkpoint_folder", "driver_memory_for_assignments", "sweeps_between_sums")
CONFIG = {"text_column": "text", "engine": "lda_gibbs", "n_topics": 7, "several_processes": True}


def test_settings_are_those_of_the_recipe_without_spark():
    settings, on_spark = read_topics_spark_settings({**CONFIG, "parts": 3, "sweeps_between_sums": 2}, ["text"])
    assert settings == replace(read_topics_settings(CONFIG, ["text"]), several_processes=False)
    assert on_spark == SparkTopicsSettings(3, None, 2_000, 2)


@pytest.mark.parametrize(
    ("config", "fault"),
    [
        ({"engine": "lda_gensim"}, "'Method' must be one of"),
        ({"parts": 2_000}, "'Parts of the documents' must be a whole number from 0 to 1,024"),
        ({"sweeps_between_sums": 6}, "'Sweeps between sums' must be a whole number from 1 to 5"),
        ({"alpha": 1e-9}, "alpha"),
    ],
)
def test_what_spark_cannot_do_is_refused(config, fault):
    with pytest.raises(SettingsError, match=fault):
        read_topics_spark_settings({**CONFIG, **config}, ["text"])


def descriptor(recipe):
    return json.loads((RECIPES / recipe / "recipe.json").read_text("utf-8"))


def test_roles_and_fields_are_those_of_the_recipe_without_spark():
    twin, found = descriptor("text-explorer-topics"), descriptor("text-explorer-topics-spark")
    for roles in ("inputRoles", "outputRoles"):
        assert found[roles] == twin[roles]
    assert found["selectableFromDataset"] == twin["selectableFromDataset"]
    assert (found["kind"], twin["kind"]) == ("PYSPARK", "PYTHON")
    expected = {param["name"]: param for param in twin["params"] if param["name"] not in NOT_ON_SPARK}
    choices = expected["engine"]["selectChoices"]
    expected["engine"]["selectChoices"] = [choice for choice in choices if choice["value"] != "lda_gensim"]
    fields = {param["name"]: param for param in found["params"]}
    assert list(fields) == [*expected, "spark_separator", *OWN]
    assert {name: fields[name] for name in expected} == expected
