"""Write abstracts: ask a language model of the instance for an abstract of each group's chosen sentences."""

import logging

from dataiku.customrecipe import get_input_names_for_role, get_output_names_for_role, get_recipe_config

from text_explorer.dss.forms.language_models.abstract import read_abstract_settings
from text_explorer.dss.io.datasets import InputDataset
from text_explorer.dss.io.disk_faults import explain_disk_faults
from text_explorer.dss.io.language_models.answer_folder import AnswerFolder
from text_explorer.dss.io.language_models.asking import open_language_model
from text_explorer.dss.recipes.language_models.abstract import read_chosen_sentences, write_abstracts_of_groups

logging.basicConfig(level=logging.INFO, format="text-explorer %(levelname)s - %(message)s")

with explain_disk_faults():
    settings = read_abstract_settings(get_recipe_config())
    ask = open_language_model(settings.language_model)
    groups = read_chosen_sentences(InputDataset(get_input_names_for_role("sentences")[0]))

    folder = AnswerFolder(next(iter(get_output_names_for_role("answers")), None))
    model = folder.limited(settings.language_model, ask, settings.limits())
    write_abstracts_of_groups(get_output_names_for_role("abstracts")[0], groups, model, folder, settings)
