"""The demo shows every screen: its webapp reads what its flow writes."""

import json

from tests.python.conftest import ROOT
from text_explorer.explorer.shared import roles

WEBAPP = json.loads((ROOT / "demo" / "webapp.json").read_text("utf-8"))
RECIPES = json.loads((ROOT / "demo" / "flow.json").read_text("utf-8"))["recipes"]
NOT_IN_THE_DEMO = {"topic_labels", "abstracts", "topic_changes"}
"""Written with a language model of the instance, or by going on from a previous model."""
CREATED_EMPTY = {"edits_of_topics", "chosen_stop_words"}


def test_the_webapp_of_the_demo_reads_what_its_flow_writes():
    written = {name for recipe in RECIPES for name in recipe["outputs"].values()}
    assert set(WEBAPP.values()) <= written | CREATED_EMPTY


def test_every_dataset_that_a_screen_needs_is_in_the_demo():
    assert set(roles.DATASET_ROLES) - set(WEBAPP) == NOT_IN_THE_DEMO


def test_drift_is_of_the_model_that_the_webapp_shows():
    (recipe,) = [recipe for recipe in RECIPES if WEBAPP[roles.DRIFT] in recipe["outputs"].values()]
    assert recipe["inputs"]["model"] == WEBAPP["model"]
