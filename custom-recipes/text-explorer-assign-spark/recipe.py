"""Assign topics (Spark): assign the topics of a trained model, as edited in the webapp, to documents, on Spark."""

import logging

from dataiku.customrecipe import get_input_names_for_role, get_output_names_for_role, get_recipe_config

from text_explorer.dss.forms.assign import read_assign_settings
from text_explorer.dss.io.datasets import InputDataset
from text_explorer.dss.io.disk_faults import explain_disk_faults
from text_explorer.dss.recipes.assign import compare_with_training, write_drift
from text_explorer.dss.recipes.on_spark.assign import assign_on_spark

logging.basicConfig(level=logging.INFO, format="text-explorer %(levelname)s - %(message)s")
logging.getLogger("py4j").setLevel(logging.WARNING)

with explain_disk_faults():
    documents = InputDataset(get_input_names_for_role("documents")[0])
    settings = read_assign_settings(get_recipe_config(), documents.columns)

    document_topics, model = get_output_names_for_role("document_topics")[0], get_input_names_for_role("model")[0]
    topics, edits, profile = assign_on_spark(document_topics, documents, model, settings)

    drift = compare_with_training(topics, edits, profile)
    for name in get_output_names_for_role("drift"):
        write_drift(name, drift)
