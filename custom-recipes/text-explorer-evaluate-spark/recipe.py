"""Evaluate summaries (Spark): measure each against references and its text, with baselines, on Spark."""

import logging

from dataiku.customrecipe import get_input_names_for_role, get_output_names_for_role, get_recipe_config

from text_explorer.dss.forms.evaluate import read_evaluate_settings
from text_explorer.dss.io.datasets import InputDataset
from text_explorer.dss.io.disk_faults import explain_disk_faults
from text_explorer.dss.recipes.evaluate import write_overall
from text_explorer.dss.recipes.on_spark.evaluate import evaluate_on_spark

logging.basicConfig(level=logging.INFO, format="text-explorer %(levelname)s - %(message)s")
logging.getLogger("py4j").setLevel(logging.WARNING)

with explain_disk_faults():
    summaries = InputDataset(get_input_names_for_role("summaries")[0])
    settings = read_evaluate_settings(get_recipe_config(), summaries.columns)

    overall = evaluate_on_spark(get_output_names_for_role("evaluation")[0], summaries, settings)
    write_overall(get_output_names_for_role("evaluation_overall")[0], overall, settings.seed)
