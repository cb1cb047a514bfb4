"""Combine federated topics: add up what sites contributed to a round, and open the next one."""

import logging

from dataiku.customrecipe import get_input_names_for_role, get_output_names_for_role, get_recipe_config

from text_explorer.dss.forms.federated import read_combine_settings
from text_explorer.dss.io.disk_faults import explain_disk_faults
from text_explorer.dss.io.exchange import ExchangeFolder
from text_explorer.dss.recipes.combine import combine
from text_explorer.dss.recipes.federated_outputs import write_topics

logging.basicConfig(level=logging.INFO, format="text-explorer %(levelname)s - %(message)s")

with explain_disk_faults():
    settings = read_combine_settings(get_recipe_config())
    contributions = [ExchangeFolder(name) for name in get_input_names_for_role("contributions")]
    shared, state = (ExchangeFolder(get_output_names_for_role(role)[0]) for role in ("shared", "state"))
    combine(contributions, shared, state, settings)
    write_topics(*(get_output_names_for_role(role) for role in ("topics", "topic_terms")), shared)
