"""The form DSS shows and the table the code reads must agree."""

import importlib.util
import itertools
import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from local_dss.descriptors.visibility import is_visible
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.dss.forms.assign import PARAMS as ASSIGN_PARAMS
from text_explorer.dss.forms.compare import PARAMS as COMPARE_PARAMS
from text_explorer.dss.forms.evaluate import PARAMS as EVALUATE_PARAMS
from text_explorer.dss.forms.federated import COMBINE_PARAMS, CONTRIBUTE_PARAMS
from text_explorer.dss.forms.language_models.abstract import PARAMS as ABSTRACT_PARAMS
from text_explorer.dss.forms.language_models.embed import PARAMS as EMBED_PARAMS
from text_explorer.dss.forms.language_models.label import PARAMS as LABEL_PARAMS
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
from text_explorer.dss.forms.setup import PARAMS as SETUP_PARAMS
from text_explorer.dss.forms.shared import IGNORED, LANGUAGE, LANGUAGE_COLUMN, STOP_WORDS, TERMS
from text_explorer.dss.forms.summarize import GROUPS_PARAMS, TEXTS_PARAMS
from text_explorer.dss.forms.topics import PARAMS
from text_explorer.dss.forms.topics_spark import PARAMS as TOPICS_SPARK_PARAMS
from text_explorer.dss.io.dataset_rows import DATE_TYPES, INTEGER_BITS, REAL_TYPES
from text_explorer.errors import SettingsError

ROOT = Path(__file__).parents[3]
RECIPES = ROOT / "custom-recipes"
MACROS = ROOT / "python-runnables"
FORMS = sorted([*RECIPES.glob("*/recipe.json"), *ROOT.glob("webapps/*/webapp.json"), *MACROS.glob("*/runnable.json")])
LONGEST_HELP = 120
MOST_FIELDS, MOST_SEPARATORS = 8, 3
"""Shown when a form is opened for the first time."""

# By its path: the folder's name is that of a package everybody has.
_SPEC = importlib.util.spec_from_file_location("form_table", ROOT / "packaging" / "form_table.py")
form_table = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(form_table)
SAME_ON_SPARK = {
    "text-explorer-assign": ASSIGN_PARAMS,
    "text-explorer-summarize": TEXTS_PARAMS,
    "text-explorer-summarize-groups": GROUPS_PARAMS,
    "text-explorer-evaluate": EVALUATE_PARAMS,
}
TABLES = {
    **SAME_ON_SPARK,
    **{f"{recipe}-spark": params for recipe, params in SAME_ON_SPARK.items()},
    "text-explorer-topics": PARAMS,
    "text-explorer-topics-spark": TOPICS_SPARK_PARAMS,
    "text-explorer-compare": COMPARE_PARAMS,
    "text-explorer-label": LABEL_PARAMS,
    "text-explorer-abstract": ABSTRACT_PARAMS,
    "text-explorer-embed": EMBED_PARAMS,
    "text-explorer-contribute": CONTRIBUTE_PARAMS,
    "text-explorer-combine": COMBINE_PARAMS,
    "text-explorer-setup": SETUP_PARAMS,
}
FIELDS = [(recipe, param) for recipe, params in TABLES.items() for param in params]
TYPES = {
    Param: {"STRING", "TEXTAREA", "DATASET", "LLM"},
    IntegerParam: {"INT"},
    NumberParam: {"DOUBLE"},
    FlagParam: {"BOOLEAN"},
    ChoiceParam: {"SELECT"},
    ColumnParam: {"COLUMN", "DATASET_COLUMN"},
    ColumnsParam: {"COLUMNS", "DATASET_COLUMNS"},
    WordsParam: {"STRINGS", "TEXTAREA"},
    NumbersParam: {"INTS", "STRING"},
}
CHOOSERS = {"preset", "method", "sumy_compatible", "engine", "phrases", "add_noise"}
PREPARATION = [param.name for param in (STOP_WORDS, *TERMS, *IGNORED)]
READS_AS_TRAINED = ("text-explorer-assign", "text-explorer-assign-spark")
"""The recipes that take their preparation from a model, so 'Automatic' has another meaning in their forms."""

READ_NO_TEXTS = ("text-explorer-label", "text-explorer-abstract", "text-explorer-embed")
FEDERATED = ("text-explorer-contribute", "text-explorer-combine")
"""Recipes of which one reads texts, by the settings of the other."""

PREPARES = [
    recipe
    for recipe in TABLES
    if recipe not in (*READS_AS_TRAINED, *READ_NO_TEXTS, *FEDERATED) and (RECIPES / recipe).is_dir()
]
SHARED = [LANGUAGE.name, LANGUAGE_COLUMN.name, *PREPARATION]


def form(recipe):
    path = next(path for path in FORMS if path.parent.name == recipe)
    params = json.loads(path.read_text("utf-8"))["params"]
    return {param["name"]: param for param in params if param["type"] != "SEPARATOR"}


def test_every_recipe_and_macro_has_a_table():
    assert sorted(TABLES) == sorted(folder.name for parent in (RECIPES, MACROS) for folder in parent.iterdir())


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
        assert (field["minI"], field["maxI"]) == (param.minimum, param.maximum)
    if isinstance(param, NumberParam):
        assert (field["minD"], field["maxD"]) == (param.minimum, param.maximum)
    if isinstance(param, ChoiceParam):
        assert [(choice["value"], choice["label"]) for choice in field["selectChoices"]] == list(param.choices.items())


def nodes(value):
    """Yield every object of a descriptor."""
    if isinstance(value, dict):
        yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(child)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.parent.name)
def test_labels_and_help_are_short_and_labels_are_unique(path):
    descriptor = json.loads(path.read_text("utf-8"))
    texts = list(nodes(descriptor))
    assert [node["description"] for node in texts if len(node.get("description", "")) > LONGEST_HELP] == []
    assert [node["label"] for node in texts if node.get("label", "").endswith(".")] == []
    labels = [param["label"] for param in descriptor["params"]]
    assert sorted(labels) == sorted(set(labels))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.parent.name)
def test_a_form_opens_with_few_fields_and_one_of_them_shows_the_others(path):
    params = json.loads(path.read_text("utf-8"))["params"]
    shown = form_table.shown_at_first(params)
    fields = [param["name"] for param in shown if param["type"] != "SEPARATOR"]
    assert len(fields) <= MOST_FIELDS
    assert len(shown) - len(fields) <= MOST_SEPARATORS
    assert fields[-1] == "show_advanced"
    behind = params[[param["name"] for param in params].index("show_advanced") + 1 :]
    assert behind
    assert [param["name"] for param in behind if "model.show_advanced" not in param["visibilityCondition"]] == []


ADVANCED_SECTIONS = [
    {"preset": preset, "method": "lead", "phrases": "none", "engine": "auto", "show_advanced": True}
    for preset in ("custom", "article")
]


@pytest.mark.parametrize("model", ADVANCED_SECTIONS, ids=lambda model: model["preset"])
@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.parent.name)
def test_no_section_is_empty(path, model):
    params = json.loads(path.read_text("utf-8"))["params"]
    types = [param["type"] for param in params if is_visible(param.get("visibilityCondition"), model)]
    assert types[0] == "SEPARATOR"
    assert [pair for pair in zip(types, [*types[1:], "SEPARATOR"]) if pair == ("SEPARATOR", "SEPARATOR")] == []


@pytest.mark.parametrize("name", sorted({param.name for _, param in FIELDS}))
def test_the_same_field_has_the_same_help_in_all_recipes(name):
    assert len({form(recipe)[name]["description"] for recipe in TABLES if name in form(recipe)}) == 1


def test_dates_and_weights_are_columns_of_types_that_hold_them():
    dates = form("text-explorer-topics")["date_column"]["allowedColumnTypes"]
    weights = form("text-explorer-summarize-groups")["weight_column"]["allowedColumnTypes"]
    assert {*DATE_TYPES, "string", *INTEGER_BITS, *REAL_TYPES} == set(dates)
    assert {*REAL_TYPES, *INTEGER_BITS} == set(weights)


def test_the_table_of_forms_is_the_one_the_script_writes():
    page = (ROOT / "docs/forms.md").read_text("utf-8")
    assert form_table.with_table(page) == page, "run: python packaging/form_table.py"


def test_a_page_without_the_markers_of_the_table_is_refused():
    with pytest.raises(SystemExit, match="form table: start"):
        form_table.with_table("# Forms\n")


def test_the_glossary_names_labels_of_forms():
    labels = {node.get("label") for path in FORMS for node in nodes(json.loads(path.read_text("utf-8")))}
    rows = re.findall(r"^\| .* \| .* \| (.*) \|$", (ROOT / "docs/glossary.md").read_text("utf-8"), flags=re.M)
    named = re.findall(r"\*([^*]+)\*", " ".join(rows))
    assert len(named) > 20
    assert sorted(set(named) - labels) == []


def values_of(field):
    return [False, True] if field["type"] == "BOOLEAN" else [choice["value"] for choice in field["selectChoices"]]


@pytest.mark.parametrize(("recipe", "param"), FIELDS, ids=[f"{recipe}-{param.name}" for recipe, param in FIELDS])
def test_a_field_is_shown_exactly_where_it_applies(recipe, param):
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


def test_every_recipe_on_texts_has_fields_for_language_stop_words_and_ignored_text():
    in_every_recipe = set.intersection(*(set(form(recipe)) for recipe in PREPARES))
    assert {param.name for param in (LANGUAGE, LANGUAGE_COLUMN, STOP_WORDS, *IGNORED)} <= in_every_recipe


def test_a_recipe_that_reads_texts_as_at_training_asks_only_for_the_language():
    assert {LANGUAGE.name, LANGUAGE_COLUMN.name} <= set(form(READS_AS_TRAINED[0]))
    assert not set(PREPARATION) & set(form(READS_AS_TRAINED[0]))
    choices = form(READS_AS_TRAINED[0])["language"]["selectChoices"]
    assert choices == form("text-explorer-topics")["language"]["selectChoices"]


SETTINGS = [field for field in fields(Preparation) if field.name not in ("reading_rules", "repeated_lines")]


@pytest.mark.parametrize("field", SETTINGS, ids=lambda field: field.name)
def test_each_setting_of_the_preparation_is_in_the_form_of_topics_with_its_default(field):
    default = form("text-explorer-topics")[field.name].get("defaultValue", ())
    assert (default, type(default)) == (field.default, type(field.default))


WRONG = {
    IntegerParam: "many", NumberParam: "much", FlagParam: "perhaps", ChoiceParam: "no such choice",
    ColumnParam: "no such column", ColumnsParam: ["no such column"], WordsParam: [5], NumbersParam: "x", Param: ["x"],
}  # fmt: skip


@pytest.mark.parametrize("recipe", TABLES)
def test_all_faults_of_a_form_are_reported_at_once(recipe):
    params = TABLES[recipe]
    with pytest.raises(SettingsError) as caught:
        read_settings(params, {param.name: WRONG[type(param)] for param in params}, ["text"])
    reported = zip(caught.value.faults, params)
    assert [fault for fault, param in reported if not fault.startswith(f"'{param.label}' must")] == []
    assert len(caught.value.faults) == len(params)


CHOICES = [(recipe, param) for recipe, param in FIELDS if isinstance(param, ChoiceParam)]


@pytest.mark.parametrize(("recipe", "param"), CHOICES, ids=[f"{recipe}-{param.name}" for recipe, param in CHOICES])
def test_a_wrong_choice_is_reported_by_label_with_all_fields_that_depend_on_it(recipe, param):
    params = TABLES[recipe]
    base = {"text_column": "text", "phrases": "bigrams", "preset": "custom", param.name: "no such choice"}
    with pytest.raises(SettingsError) as caught:
        read_settings(params, base, ["text"])
    fault = next(fault for fault in caught.value.faults if fault.startswith(f"'{param.label}'"))
    labels = [choice["label"] for choice in form(recipe)[param.name]["selectChoices"]]
    listed = {f"'{param.label}' must be one of {mark.join(labels)}. Got 'no such choice'." for mark in (", ", "; ")}
    assert fault in listed
    dependent = [
        other for other in params
        if other.applies is not None and any(_applies(other, recipe, param, choice) for choice in param.choices)
    ]  # fmt: skip
    config = {**base, **{other.name: WRONG[type(other)] for other in dependent}}
    with pytest.raises(SettingsError) as caught:
        read_settings(params, config, ["text"])
    faults = tuple(caught.value.faults)
    assert [each.label for each in dependent if not any(fault.startswith(f"'{each.label}'") for fault in faults)] == []


def _applies(other, recipe, param, choice):
    """Return whether a field is shown with all other fields at their defaults, those of 'Custom' shown."""
    defaults = {each.name: each.default for each in TABLES[recipe]}
    return other.applies({**defaults, "preset": "custom", param.name: choice})
