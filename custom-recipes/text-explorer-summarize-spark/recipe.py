"""Summarize texts (extractive) (Spark): summarize every row with sentences of its own text, on Spark."""

import logging

from dataiku.customrecipe import get_input_names_for_role, get_output_names_for_role, get_recipe_config

from text_explorer.dss.forms.summarize import read_summarize_settings
from text_explorer.dss.io.datasets import InputDataset
from text_explorer.dss.io.disk_faults import explain_disk_faults
from text_explorer.dss.recipes.on_spark.summarize import summarize_on_spark

logging.basicConfig(level=logging.INFO, format="text-explorer %(levelname)s - %(message)s")
logging.getLogger("py4j").setLevel(logging.WARNING)

with explain_disk_faults():
    documents = InputDataset(get_input_names_for_role("documents")[0])
    settings = read_summarize_settings(get_recipe_config(), documents.columns)

    summaries = get_output_names_for_role("summaries")[0]
    sentences = next(iter(get_output_names_for_role("sentences")), None)
    summarize_on_spark(summaries, sentences, documents, settings)
