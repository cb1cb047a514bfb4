"""The form DSS shows and the table the code reads must say the same."""

import itertools
import json
from dataclasses import fields
from pathlib import Path

import pytest

from local_dss.descriptors.visibility import is_visible
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.dss.forms.assign import PARAMS as ASSIGN_PARAMS
from text_explorer.dss.forms.compare import PARAMS as COMPARE_PARAMS
from text_explorer.dss.forms.evaluate import PARAMS as EVALUATE_PARAMS
from text_explorer.dss.forms.params import (
    REQUIRED,
    ChoiceParam,
    ColumnParam,
    ColumnsParam,
    FlagParam,
    IntegerParam,
    NumberParam,
    NumbersParam,
    Param,
    WordsParam,
    read_settings,
)
from text_explorer.dss.forms.preparation import ADVANCED_TERMS, LANGUAGE, PASSED_OVER, STOP_WORDS, TERMS
from text_explorer.dss.forms.summarize import GROUPS_PARAMS, TEXTS_PARAMS
from text_explorer.dss.forms.topics import PARAMS
from text_explorer.errors import SettingsError

RECIPES = Path(__file__).parents[3] / "custom-recipes"
TABLES = {
    "text-explorer-assign": ASSIGN_PARAMS,
    "text-explorer-topics": PARAMS,
    "text-explorer-compare": COMPARE_PARAMS,
    "text-explorer-summarize": TEXTS_PARAMS,
    "text-explorer-summarize-groups": GROUPS_PARAMS,
    "text-explorer-evaluate": EVALUATE_PARAMS,
}
FIELDS = [(recipe, param) for recipe, params in TABLES.items() for param in params]
TYPES = {
    Param: {"STRING", "TEXTAREA"},
    IntegerParam: {"INT"},
    NumberParam: {"DOUBLE"},
    FlagParam: {"BOOLEAN"},
    ChoiceParam: {"SELECT"},
    ColumnParam: {"COLUMN"},
    ColumnsParam: {"COLUMNS"},
    WordsParam: {"STRINGS", "TEXTAREA"},
    NumbersParam: {"INTS", "STRING"},
}
CHOOSERS = {"preset", "method", "sumy_compatible", "engine", "phrases"}
PREPARATION = [param.name for param in (STOP_WORDS, *TERMS, *ADVANCED_TERMS, *PASSED_OVER)]
READS_AS_TRAINED = "text-explorer-assign"
"""The recipe that has its preparation from a model, so that 'Automatic' means another thing in its form."""

PREPARES = [recipe for recipe in TABLES if recipe != READS_AS_TRAINED]
SHARED = [param.name for param in LANGUAGE] + PREPARATION


def form(recipe):
    params = json.loads((RECIPES / recipe / "recipe.json").read_text("utf-8"))["params"]
    return {param["name"]: param for param in params if param["type"] != "SEPARATOR"}


def test_every_recipe_has_a_table():
    assert sorted(TABLES) == sorted(folder.name for folder in RECIPES.iterdir())


@pytest.mark.parametrize("recipe", TABLES)
def test_form_and_table_have_the_same_fields_in_the_same_order(recipe):
    assert list(form(recipe)) == [param.name for param in TABLES[recipe]]


@pytest.mark.parametrize(("recipe", "param"), FIELDS, ids=[f"{recipe}-{param.name}" for recipe, param in FIELDS])
def test_a_field_of_the_form_agrees_with_the_table(recipe, param):
    field = form(recipe)[param.name]
    assert field["label"] == param.label
    assert field["type"] in TYPES[type(param)]
    assert field["mandatory"] or param.default is not REQUIRED
    if "defaultValue" in field:
        assert field["defaultValue"] == (list(param.default) if isinstance(param, NumbersParam) else param.default)
    else:
        assert param.default in (REQUIRED, None, ())
    if isinstance(param, IntegerParam):
        assert (field["minI"], field["maxI"]) == (param.least, param.most)
    if isinstance(param, NumberParam):
        assert (field["minD"], field["maxD"]) == (param.least, param.most)
    if isinstance(param, ChoiceParam):
        assert [(choice["value"], choice["label"]) for choice in field["selectChoices"]] == list(param.choices.items())


def values_of(field):
    return [False, True] if field["type"] == "BOOLEAN" else [choice["value"] for choice in field["selectChoices"]]


@pytest.mark.parametrize(("recipe", "param"), FIELDS, ids=[f"{recipe}-{param.name}" for recipe, param in FIELDS])
def test_a_field_is_shown_just_where_it_means_something(recipe, param):
    fields = form(recipe)
    choosers = {name: values_of(fields[name]) for name in CHOOSERS & set(fields)}
    models = [
        {"show_advanced": show_advanced, **dict(zip(choosers, choices))}
        for show_advanced, *choices in itertools.product((True, False), *choosers.values())
    ]
    applies = [param.applies is None or param.applies(model) for model in models]
    expected = [which and (model["show_advanced"] or not param.advanced) for which, model in zip(applies, models)]
    condition = fields[param.name].get("visibilityCondition")
    assert models
    assert [is_visible(condition, model) for model in models] == expected


def without_its_place(field):
    return {key: value for key, value in field.items() if key not in ("visibilityCondition", "columnRole")}


@pytest.mark.parametrize("name", SHARED)
def test_a_field_several_recipes_share_is_the_same_in_each_its_visibility_and_input_aside(name):
    topics, *others = [without_its_place(form(recipe)[name]) for recipe in PREPARES if name in form(recipe)]
    assert others == [topics] * len(others)


def test_the_fields_of_every_recipe_on_texts_are_its_language_stop_words_and_what_it_passes_over():
    in_every_recipe = set.intersection(*(set(form(recipe)) for recipe in PREPARES))
    assert {param.name for param in (*LANGUAGE, STOP_WORDS, *PASSED_OVER)} <= in_every_recipe


def test_a_recipe_that_reads_texts_as_trained_asks_for_the_language_alone():
    assert {param.name for param in LANGUAGE} <= set(form(READS_AS_TRAINED))
    assert not set(PREPARATION) & set(form(READS_AS_TRAINED))
    choices = form(READS_AS_TRAINED)["language"]["selectChoices"]
    assert choices == form("text-explorer-topics")["language"]["selectChoices"]


@pytest.mark.parametrize("field", fields(Preparation), ids=lambda field: field.name)
def test_each_setting_of_the_preparation_is_in_the_form_of_topics_with_its_default(field):
    default = form("text-explorer-topics")[field.name].get("defaultValue", ())
    assert (default, type(default)) == (field.default, type(field.default))


WRONG = {
    IntegerParam: "many", NumberParam: "much", FlagParam: "perhaps", ChoiceParam: "no such choice",
    ColumnParam: "no such column", ColumnsParam: ["no such column"], WordsParam: [5], NumbersParam: "x", Param: ["x"],
}  # fmt: skip


@pytest.mark.parametrize("recipe", TABLES)
def test_a_form_that_is_wrong_in_every_field_has_all_its_faults_told_at_once(recipe):
    params = TABLES[recipe]
    with pytest.raises(SettingsError) as caught:
        read_settings(params, {param.name: WRONG[type(param)] for param in params}, ["text"])
    told = zip(caught.value.faults, params)
    assert [fault for fault, param in told if not fault.startswith(f"'{param.label}' must")] == []
    assert len(caught.value.faults) == len(params)


CHOICES = [(recipe, param) for recipe, param in FIELDS if isinstance(param, ChoiceParam)]


@pytest.mark.parametrize(("recipe", "param"), CHOICES, ids=[f"{recipe}-{param.name}" for recipe, param in CHOICES])
def test_a_wrong_choice_is_told_by_the_labels_of_the_form_and_with_all_that_depends_on_it(recipe, param):
    params = TABLES[recipe]
    base = {"text_column": "text", "phrases": "bigrams", param.name: "no such choice"}
    with pytest.raises(SettingsError) as caught:
        read_settings(params, base, ["text"])
    told = next(fault for fault in caught.value.faults if fault.startswith(f"'{param.label}'"))
    labels = [choice["label"] for choice in form(recipe)[param.name]["selectChoices"]]
    listed = {f"'{param.label}' must be one of {mark.join(labels)}. Got 'no such choice'." for mark in (", ", "; ")}
    assert told in listed
    dependent = [
        other for other in params
        if other.applies is not None and any(_applies(other, recipe, param, choice) for choice in param.choices)
    ]  # fmt: skip
    config = {**base, **{other.name: WRONG[type(other)] for other in dependent}}
    with pytest.raises(SettingsError) as caught:
        read_settings(params, config, ["text"])
    told = tuple(caught.value.faults)
    assert [each.label for each in dependent if not any(fault.startswith(f"'{each.label}'") for fault in told)] == []


def _applies(other, recipe, param, choice):
    """Tell whether a field is shown where all else is at its default."""
    defaults = {each.name: each.default for each in TABLES[recipe]}
    return other.applies({**defaults, param.name: choice})
