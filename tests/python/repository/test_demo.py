"""The demo shows every screen: its webapp reads what its flow writes."""

import json
import random
import sys

import numpy as np

from tests.python.conftest import ROOT
from text_explorer.explorer.shared import roles

WEBAPP = json.loads((ROOT / "demo" / "webapp.json").read_text("utf-8"))
RECIPES = json.loads((ROOT / "demo" / "flow.json").read_text("utf-8"))["recipes"]
NOT_IN_THE_DEMO = {"topic_labels", "abstracts", "topic_changes"}
"""Written with a language model of the instance, or by going on from a previous model."""
COLUMNS = {"embedding_column"}
CREATED_EMPTY = {"edits_of_topics", "chosen_stop_words"}


def test_the_webapp_of_the_demo_reads_what_its_flow_writes():
    written = {name for recipe in RECIPES for name in recipe["outputs"].values()}
    assert {name for role, name in WEBAPP.items() if role not in COLUMNS} <= written | CREATED_EMPTY


def test_every_dataset_that_a_screen_needs_is_in_the_demo():
    assert set(roles.DATASET_ROLES) - set(WEBAPP) == NOT_IN_THE_DEMO


def test_drift_is_of_the_model_that_the_webapp_shows():
    (recipe,) = [recipe for recipe in RECIPES if WEBAPP[roles.DRIFT] in recipe["outputs"].values()]
    assert recipe["inputs"]["model"] == WEBAPP["model"]


def test_paragraphs_have_vectors_of_their_own_words(monkeypatch):
    monkeypatch.setattr(sys, "path", [str(ROOT / "demo"), *sys.path])
    from latent_meaning import N_DIMENSIONS, embeddings_of

    draw = random.Random(0)
    themes = [[f"{theme}{first}{second}" for first in "abcdefg" for second in "abcdefg"] for theme in ("ship", "court")]
    texts = [" ".join(draw.sample(themes[number % 2], 12)) for number in range(400)]
    *vectors, empty = map(embedding_or_nothing, embeddings_of([*texts, "a b"]))
    assert empty is None
    units = np.array(vectors)
    assert units.shape == (400, N_DIMENSIONS)
    cosines = units @ units.T
    assert cosines[::2, ::2].mean() > 0.1 > abs(cosines[::2, 1::2].mean())


def embedding_or_nothing(cell):
    return json.loads(cell) if cell else None
