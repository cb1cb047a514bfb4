"""Assign topics: assign the topics of a trained model, as edited in the webapp, to new documents."""

import logging

from dataiku.customrecipe import get_input_names_for_role, get_output_names_for_role, get_recipe_config

from text_explorer.dss.forms.assign import read_assign_settings
from text_explorer.dss.io.datasets import InputDataset
from text_explorer.dss.io.disk_faults import explain_disk_faults
from text_explorer.dss.recipes.assign import compare_with_training, read_topics, write_assigned_topics, write_drift

logging.basicConfig(level=logging.INFO, format="text-explorer %(levelname)s - %(message)s")
logging.getLogger("gensim").setLevel(logging.WARNING)

with explain_disk_faults():
    documents = InputDataset(get_input_names_for_role("documents")[0])
    settings = read_assign_settings(get_recipe_config(), documents.columns)
    topics, edits = read_topics(get_input_names_for_role("model")[0], settings)

    document_topics = get_output_names_for_role("document_topics")[0]
    profile = write_assigned_topics(document_topics, documents, topics, edits, settings)

    drift = compare_with_training(topics, edits, profile)
    for name in get_output_names_for_role("drift"):
        write_drift(name, drift)
