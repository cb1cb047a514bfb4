"""Contribute to federated topics: count the documents of a site for the open round; no text leaves it."""

import logging

from dataiku.customrecipe import get_input_names_for_role, get_output_names_for_role, get_recipe_config

from text_explorer.dss.forms.federated import read_contribute_settings
from text_explorer.dss.io.datasets import InputDataset
from text_explorer.dss.io.disk_faults import explain_disk_faults
from text_explorer.dss.io.exchange import ExchangeFolder
from text_explorer.dss.recipes.contribute import contribute
from text_explorer.dss.recipes.federated_outputs import write_topics

logging.basicConfig(level=logging.INFO, format="text-explorer %(levelname)s - %(message)s")

with explain_disk_faults():
    documents = InputDataset(get_input_names_for_role("documents")[0])
    settings = read_contribute_settings(get_recipe_config(), documents.columns)
    shared = ExchangeFolder(get_input_names_for_role("shared")[0])
    contribution, state = (ExchangeFolder(get_output_names_for_role(role)[0]) for role in ("contribution", "state"))
    contribute(documents, shared, contribution, state, settings)
    write_topics(*(get_output_names_for_role(role) for role in ("topics", "topic_terms")), shared)
