"""Discover topics (Spark) writes what Discover topics writes, however Spark reads the rows."""

import json
import random

import pytest

from tests.python.recipes.test_topics import OUTPUTS, THEMES

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


def written(instance):
    """Return all outputs of a run, without what may differ between two runs."""
    files = instance.model_files("model")
    manifest = json.loads(files.pop("manifest.json"))
    assert manifest.pop("training_seconds") > 0
    execution = manifest.pop("execution", None)
    datasets = {name: instance.rows(name) for name in ("document_topics", "topics", "topic_terms")}
    return {**files, **datasets, "manifest": manifest}, execution


@pytest.mark.parametrize(
    ("engine", "configuration"), [("lda_gibbs", "two-workers"), ("gsdmm", "local"), ("auto", "local")]
)
def test_the_recipe_writes_what_its_twin_writes(instance, tmp_path, engine, configuration):
    instance.import_rows("documents", ROWS)
    config = {**CONFIG, "engine": engine, "n_topics": 6, "n_iterations": 6}
    done = instance.run(TWIN, {"documents": "documents"}, OUTPUTS, config, "--form-defaults")
    assert done.returncode == 0, done.stderr
    expected, _ = written(instance)
    options = ("--form-defaults", "--spark-config", configuration)
    config["checkpoint_folder"] = str(tmp_path / "checkpoints")
    done = instance.run(RECIPE, {"documents": "documents"}, OUTPUTS, config, *options)
    assert done.returncode == 0, done.stderr
    found, execution = written(instance)
    assert {name for name in expected if expected[name] != found.get(name)} == set()
    assert sorted(expected) == sorted(found)
    assert execution["engine"] == "spark"
    assert execution["parts"] == 1
    assert list(tmp_path.glob("checkpoints/*")) == []
