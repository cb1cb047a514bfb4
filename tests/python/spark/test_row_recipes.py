"""Recipes that work row by row write the same rows on Spark as without it, in another order."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.python.conftest import ROOT
from tests.python.recipes import test_meaning as meaning
from tests.python.recipes.model_folders import import_folder
from tests.python.spark.conftest import CLUSTER, THREADS
from tests.python.unit.topics.theme_models import THEMES, theme_files

TYPES = {
    "id": "bigint", "text": "string", "written": "date", "share": "double", "single": "float", "flag": "boolean",
    "topic_id": "string", "day": "dateonly", "Text": "string", "tags": "array",
}  # fmt: skip
N_DOCUMENTS = 60
ODD = ("", "zebras and giraffes", "the of and", "null", " \n ", 'army, "gold"\nmoney\x00 whale 😀', "war " * 50_000)
TWINS = {
    "text-explorer-assign": (
        {"documents": "documents", "model": "model"}, ("document_topics", "drift"),
        {"text_column": "text", "share_columns": True},
    ),
    "text-explorer-summarize": (
        {"documents": "documents"}, ("summaries", "sentences"),
        {"text_column": "text", "id_column": "id", "budget": 2, "keyphrases": 3, "preset": "article"},
    ),
    "text-explorer-evaluate": (
        {"summaries": "documents"}, ("evaluation", "evaluation_overall"),
        {"text_column": "text", "summary_column": "Text", "reference_columns": ["tags"]},
    ),
    "text-explorer-summarize-groups": (
        {"documents": "documents"}, ("group_summaries", "sentences"),
        {"text_column": "text", "id_column": "id", "group_columns": ["flag", "topic_id"], "max_documents": 9},
    ),
}  # fmt: skip
RUNS = [("text-explorer-assign", THREADS), *((recipe, CLUSTER) for recipe in TWINS)]


def documents():
    """Return documents of every theme, and some that are empty, unknown, or odd."""
    rows = []
    for number in range(N_DOCUMENTS):
        theme = list(THEMES)[number % len(THEMES)]
        rows.append({
            "id": number, "text": f"The {THEMES[theme]} of {theme}. Row {number}. And {THEMES[theme]} again.",
            "written": f"19{number + 10:02}-03-29T01:{number:02}:07.50{number % 10}Z", "share": number / 7,
            "single": 0.1, "flag": str(number % 2 == 0).lower(), "topic_id": f"00{number % 3}", "day": "2020-02-29",
            "Text": f"The {THEMES[theme]} of {theme}.", "tags": json.dumps([f"The {theme} is {THEMES[theme]}.", theme]),
        })  # fmt: skip
    empty = dict.fromkeys(TYPES, "")
    return [*rows, *({**empty, "id": N_DOCUMENTS + number, "text": text} for number, text in enumerate(ODD))]


@pytest.fixture(scope="session")
def flow(on_spark):
    """Import documents, none at all, and a model."""
    on_spark.import_rows("documents", documents(), TYPES)
    on_spark.import_rows("nothing", [], TYPES)
    import_folder(on_spark, "model", theme_files("lda_gibbs"))
    return on_spark


@pytest.fixture(scope="session")
def written_without_spark(flow):
    """Run the recipes without Spark; return the names of their outputs."""
    return {recipe: run(flow, recipe, *TWINS[recipe]) for recipe in TWINS}


def run(instance, recipe, inputs, roles, config, *options):
    """Run a recipe; return the names of its outputs."""
    of = f"{next(iter(inputs.values()))}-{recipe}"
    names = {role: f"{of}-{role}{''.join(options)}".replace("-", "_") for role in roles}
    done = instance.run(recipe, inputs, names, config, "--form-defaults", *options)
    assert done.returncode == 0, done.stderr
    return list(names.values())


def columns_of(instance, name):
    path = instance.home / "projects" / "LOCAL" / "datasets" / name / "schema.json"
    return json.loads(path.read_text("utf-8"))["columns"]


def any_order(rows):
    return sorted(tuple(row.items()) for row in rows)


@pytest.mark.parametrize(("recipe", "configuration"), RUNS)
def test_rows_and_columns_are_those_without_spark(flow, written_without_spark, recipe, configuration):
    names = run(flow, f"{recipe}-spark", *TWINS[recipe], "--spark-config", configuration)
    twins = written_without_spark[recipe]
    assert [columns_of(flow, name) for name in names] == [columns_of(flow, twin) for twin in twins]
    assert [any_order(flow.rows(name)) for name in names] == [any_order(flow.rows(twin)) for twin in twins]


def test_rows_scored_by_words_and_embeddings_are_those_without_spark(flow):
    rows = [{**row, "vector_model": "a"} for row in meaning.documents()[:12]]
    rows.append({**rows[0], "id": "no vector", "text": "army navy", "vector": "[1, 2]"})
    rows.append({**rows[0], "id": "of another model", "text": "army battle", "vector_model": "b"})
    flow.import_rows("with_vectors", rows)
    inputs = {"documents": "with_vectors"}
    outputs = {role: f"of_meaning_{role}" for role in meaning.OUTPUTS}
    assert flow.run("text-explorer-topics", inputs, outputs, meaning.CONFIG, "--form-defaults").returncode == 0
    inputs, config = {**inputs, "model": "of_meaning_model"}, {"text_column": "text", "embedding_column": "vector"}
    here, there = (
        run(flow, recipe, inputs, ("document_topics",), config)[0]
        for recipe in ("text-explorer-assign", "text-explorer-assign-spark")
    )
    assert columns_of(flow, there) == columns_of(flow, here)
    assert any_order(flow.rows(there)) == any_order(flow.rows(here))
    scored_by = {row["id"]: row["scored_by"] for row in flow.rows(there)}
    assert {name for name, by in scored_by.items() if by == "words"} == {"no vector", "of another model"}
    assert scored_by["war plain 0"] == "words+meaning"


def test_moments_and_empty_cells_pass_through(flow, written_without_spark):
    rows = {row["id"]: row for row in flow.rows(written_without_spark["text-explorer-assign"][0])}
    assert rows["7"]["written"] == "1917-03-29T01:07:07.507Z"
    assert len(rows) == N_DOCUMENTS + len(ODD)
    assert {rows[str(N_DOCUMENTS)][name] for name in TYPES if name != "id"} == {""}


def test_a_dataset_without_rows_gives_outputs_without_rows(flow):
    _, roles, config = TWINS["text-explorer-summarize"]
    names = run(flow, "text-explorer-summarize-spark", {"documents": "nothing"}, roles, config)
    assert [flow.rows(name) for name in names] == [[], []]


@pytest.mark.parametrize("recipe", ["text-explorer-summarize", "text-explorer-summarize-groups"])
def test_what_names_rows_by_their_number_asks_for_an_id_column(flow, recipe):
    inputs, roles, config = TWINS[recipe]
    config = {name: value for name, value in config.items() if name != "id_column"}
    done = flow.run(f"{recipe}-spark", inputs, {role: f"no_{role}" for role in roles}, config, "--form-defaults")
    assert done.returncode == 1
    assert "'Document id column' must name a column" in done.stderr.splitlines()[-1]


def test_workers_of_another_kind_are_named_before_any_work(flow, tmp_path):
    """A Python without the libraries, as where the code environment was not built for the Spark configuration."""
    bare = tmp_path / "bare-python"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(bare)], check=True)
    settings = json.loads((flow.home / "instance.json").read_text("utf-8"))
    configuration = {**settings["spark_configs"][THREADS], "python": str(bare / "bin" / "python")}
    settings["spark_configs"]["without libraries"] = configuration
    (flow.home / "instance.json").write_text(json.dumps(settings), "utf-8")
    inputs, _, config = TWINS["text-explorer-assign"]
    options = ("--form-defaults", "--spark-config", "without libraries")
    done = flow.run("text-explorer-assign-spark", inputs, {"document_topics": "never"}, config, *options)
    assert done.returncode == 1
    assert "Spark's workers cannot run this recipe: missing: numpy, numba" in done.stderr.splitlines()[-1]
    assert not (flow.home / "projects" / "LOCAL" / "datasets" / "never" / "data").exists()


@pytest.mark.parametrize("recipe", TWINS)
def test_the_form_is_that_of_the_recipe_without_spark(recipe):
    mine, twin = (
        json.loads((ROOT / "custom-recipes" / name / "recipe.json").read_text("utf-8"))
        for name in (f"{recipe}-spark", recipe)
    )
    assert (mine.pop("kind"), twin.pop("kind")) == ("PYSPARK", "PYTHON")
    labels = [descriptor["meta"].pop("label") for descriptor in (mine, twin)]
    assert labels[0] == f"{labels[1]} (Spark)"
    for descriptor in (mine, twin):
        descriptor["meta"].pop("description")
        descriptor["meta"].pop("displayOrderRank")
    assert mine == twin
