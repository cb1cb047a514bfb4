"""Discover topics (Spark) writes what Discover topics writes, however Spark reads the rows."""

import hashlib
import json
import random

import pytest

from tests.python.recipes.model_folders import import_folder
from tests.python.recipes.test_meaning import documents as documents_with_embeddings
from tests.python.recipes.test_previous_model import copied_model
from tests.python.recipes.test_topics import OUTPUTS, THEMES
from tests.python.spark.conftest import CLUSTER, THREADS, instance_on
from tests.python.spark.training.conftest import CONTEXTS

TWIN, RECIPE = "text-explorer-topics", "text-explorer-topics-spark"
FOOTER = "Confidential: please do not forward this message without permission of the sender."
_DRAW = random.Random(3)


def _rows():
    """Return texts of three themes, some with a footer, some twice, some empty, some not English."""
    texts = [" ".join(_DRAW.choices(THEMES[i % 3].split(), k=9)) for i in range(90)]
    texts = [f"{text}.\n{FOOTER}" if i % 4 == 0 else text for i, text in enumerate(texts)]
    french = "Le conseil municipal a voté hier le budget de la ville après une longue discussion avec les citoyens."
    texts += [*texts[:20], "", "  ", "null", "\u4e2d", french, french]
    return [
        {"id": f"d{i}", "day": f"2020-{1 + i % 12:02}-01", "text": text, "group": "ab"[i % 2]}
        for i, text in enumerate(texts)
    ]


ROWS = _rows()
CONFIG = {"text_column": "text", "id_column": "id", "date_column": "day", "group_columns": ["group"], "seed": 5}


@pytest.fixture
def instance(master, tmp_path):
    """Return an instance on the cluster, whose cores no application of other tests holds."""
    CONTEXTS.stop()
    return instance_on(master, tmp_path / "instance")


def written(instance, outputs):
    """Return all outputs of a run, without what may differ between two runs."""
    files = instance.model_files("model")
    manifest = json.loads(files.pop("manifest.json"))
    assert manifest.pop("training_seconds") > 0
    execution = manifest.pop("execution", None)
    datasets = {name: instance.rows(name) for name in outputs.values() if name != "model"}
    datasets["document_topics"].sort(key=lambda row: row["id"])  # Spark promises no order of rows
    return {**files, **datasets, "manifest": manifest}, execution


def without_row_keys(topics):
    """Return the rows of topics, whose documents have no key on Spark where no column of ids is set."""
    named = [{**row} for row in topics]
    for row in named:
        for column in ("representative_documents", "borderline_documents"):
            documents = json.loads(row[column])
            row[column] = [{**document, "row_key": None} for document in documents]
    return named


def written_by_both(instance, config, configuration=THREADS, inputs=(), outputs=OUTPUTS, on_spark=()):
    """Run the recipe after its twin, compare what they write, and return it, how Spark ran, and its log."""
    inputs = {"documents": "documents", **dict(inputs)}
    config = {**CONFIG, "n_topics": 6, "n_iterations": 6, **config}
    done = instance.run(TWIN, inputs, outputs, config, "--form-defaults")
    assert done.returncode == 0, done.stderr
    expected, _ = written(instance, outputs)
    options = ("--form-defaults", "--spark-config", configuration)
    done = instance.run(RECIPE, inputs, outputs, {**config, **dict(on_spark)}, *options)
    assert done.returncode == 0, done.stderr
    found, execution = written(instance, outputs)
    if not config["id_column"]:
        assert json.loads(found["topics"][0]["representative_documents"])[0]["row_key"] is None
        expected["topics"], found["topics"] = map(without_row_keys, (expected["topics"], found["topics"]))
    assert {name for name in expected if expected[name] != found.get(name)} == set()
    assert sorted(expected) == sorted(found)
    return found, execution, done.stderr


@pytest.mark.parametrize(
    ("engine", "configuration", "changes"),
    [
        ("lda_gibbs", CLUSTER, {"share_columns": True, "show_advanced": True}),
        ("gsdmm", THREADS, {"id_column": ""}),
        ("auto", THREADS, {}),
    ],
)
def test_the_recipe_writes_what_its_twin_writes(instance, tmp_path, engine, configuration, changes):
    instance.import_rows("documents", ROWS)
    config = {"engine": engine, **changes}
    on_spark = {"checkpoint_folder": str(tmp_path / "checkpoints"), "sweeps_between_sums": 3}
    found, execution, log = written_by_both(instance, config, configuration, on_spark=on_spark)
    assert list(tmp_path.glob("checkpoints/*")) == []
    assert [row["id"] for row in found["document_topics"]] == sorted(row["id"] for row in ROWS)
    assert ("'Document id column' is not set" in log) == ("id_column" in changes)
    assert execution["engine"] == "spark"
    assert execution["parts"] == 1
    assert execution["sweeps_between_sums"] == 3


def test_training_goes_on_from_a_previous_model_as_in_the_twin(instance):
    """Its edits, a split among them, decide the starts; equal texts are among those that start in new topics."""
    instance.import_rows("documents", ROWS[:60])
    config = {**CONFIG, "language": "en", "engine": "gsdmm", "n_topics": 3, "n_iterations": 10}
    done = instance.run(TWIN, {"documents": "documents"}, OUTPUTS, config, "--form-defaults")
    assert done.returncode == 0, done.stderr
    words = THEMES[0].split()[:4]
    parts = [
        {"topic_id": topic, "label": label, "share": 0.5, "probabilities": probabilities}
        for topic, label, probabilities in ((3, "One", [0.4, 0.4, 0.1, 0.1]), (4, "Other", [0.1, 0.1, 0.4, 0.4]))
    ]
    edits = (
        {"topic_id": 0, "split": {"terms": words, "parts": parts}},
        {"topic_id": 1, "label": "Kept", "documents": [moved(ROWS[1]), moved(ROWS[2])]},
        {"topic_id": 2, "hidden": True},
    )
    import_folder(instance, "previous", copied_model(instance, *edits))
    texts = ["whale harbor sailor anchor voyage vessel"] * 3 + ["whale anchor sailor voyage"] * 4
    rows = [*ROWS, *({**ROWS[0], "id": f"new {i}", "text": text} for i, text in enumerate(texts))]
    instance.import_rows("documents", rows)
    outputs = {**OUTPUTS, "topic_changes": "topic_changes"}
    config = {"language": "en", "n_topics": 5, "engine": "auto", "previous_weight": 0.5}
    found, *_ = written_by_both(instance, config, inputs={"previous_model": "previous"}, outputs=outputs)
    changes = {row["label"]: row["change"] for row in found["topic_changes"]}
    assert "Kept" in changes
    assert "new" in changes.values()


def moved(row):
    digest = hashlib.blake2b(row["text"].encode(), digest_size=16).hexdigest()
    return {"id_column": "id", "key": row["id"], "digest": digest}


def test_topics_of_words_and_embeddings_are_those_of_the_twin(instance):
    """Some rows have no embedding, one of another length, or the text of another row with an embedding of its own."""
    rows = documents_with_embeddings()
    rows += [
        {**rows[0], "id": "equal", "vector": rows[1]["vector"]},
        {**rows[2], "id": "no words", "text": "the of and"},
        {**rows[3], "id": "no text", "text": ""},
        {**rows[4], "id": "none", "vector": ""},
        {**rows[5], "id": "no array", "vector": "0.5"},
        {**rows[6], "id": "another length", "vector": "[1, 2, 3]"},
    ]
    rows = [{**row, "day": "2020-01-01", "group": row["theme"]} for row in rows]
    instance.import_rows("documents", _DRAW.sample(rows, len(rows)))
    config = {"language": "en", "engine": "gsdmm", "n_topics": 4, "n_iterations": 14, "embedding_column": "vector"}
    found, *_ = written_by_both(instance, config, CLUSTER)
    assert 0.9 < found["manifest"]["meaning"]["share_with_vectors"] < 1
