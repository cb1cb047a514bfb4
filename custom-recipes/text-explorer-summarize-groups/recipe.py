"""Summarize groups of texts: write one summary of all texts of each group of rows, such as a topic or a product."""

import logging

from dataiku.customrecipe import get_input_names_for_role, get_output_names_for_role, get_recipe_config

from text_explorer.dss.forms.summarize import read_summarize_groups_settings
from text_explorer.dss.io.datasets import InputDataset
from text_explorer.dss.io.disk_faults import explain_disk_faults
from text_explorer.dss.io.text_reader import without_repeated_lines
from text_explorer.dss.recipes.summarize_groups import read_groups, write_group_summaries

logging.basicConfig(level=logging.INFO, format="text-explorer %(levelname)s - %(message)s")

with explain_disk_faults():
    documents = InputDataset(get_input_names_for_role("documents")[0])
    settings = read_summarize_groups_settings(get_recipe_config(), documents.columns)
    settings = without_repeated_lines(documents, settings)

    grouped = read_groups(documents, settings)

    summaries = get_output_names_for_role("group_summaries")[0]
    sentences = next(iter(get_output_names_for_role("sentences")), None)
    write_group_summaries(summaries, sentences, documents, grouped, settings)
