"""Label topics: ask a language model of the instance for a label and a description of each topic."""

import logging

from dataiku.customrecipe import get_input_names_for_role, get_output_names_for_role, get_recipe_config

from text_explorer.dss.forms.language_models.label import read_label_settings
from text_explorer.dss.io.disk_faults import explain_disk_faults
from text_explorer.dss.io.language_models.asking import open_language_model
from text_explorer.dss.recipes.language_models.label import ModelToLabel, write_topic_labels

logging.basicConfig(level=logging.INFO, format="text-explorer %(levelname)s - %(message)s")

with explain_disk_faults():
    settings = read_label_settings(get_recipe_config())
    ask = open_language_model(settings.language_model)
    model = ModelToLabel(get_input_names_for_role("model")[0])
    topics = model.topics(get_input_names_for_role("topics"), settings.n_excerpts)

    write_topic_labels(get_output_names_for_role("topic_labels")[0], model, topics, ask, settings)
