"""Embed texts: send the texts of a dataset to an embedding model of the instance, add their embeddings."""

import logging

from dataiku.customrecipe import get_input_names_for_role, get_output_names_for_role, get_recipe_config

from text_explorer.dss.forms.language_models.embed import read_embed_settings
from text_explorer.dss.io.datasets import InputDataset
from text_explorer.dss.io.disk_faults import explain_disk_faults
from text_explorer.dss.io.language_models.embedding import open_embedding_model
from text_explorer.dss.io.language_models.vector_folder import VectorFolder
from text_explorer.dss.recipes.language_models.embed import write_embeddings

logging.basicConfig(level=logging.INFO, format="text-explorer %(levelname)s - %(message)s")

with explain_disk_faults():
    documents = InputDataset(get_input_names_for_role("documents")[0])
    settings = read_embed_settings(get_recipe_config(), documents.columns)
    embed = open_embedding_model(settings.embedding_model, settings.text_overflow)

    folder = VectorFolder(next(iter(get_output_names_for_role("vectors")), None))
    write_embeddings(get_output_names_for_role("embedded")[0], documents, embed, folder, settings)
