"""Compare numbers of topics: train models of several sizes and seeds, measure them, and suggest a number."""

import logging

from dataiku.customrecipe import get_input_names_for_role, get_output_names_for_role, get_recipe_config

from text_explorer.dss.forms.compare import read_compare_settings
from text_explorer.dss.io.corpus_reader import read_corpus, read_stop_words
from text_explorer.dss.io.datasets import InputDataset
from text_explorer.dss.io.disk_faults import explain_disk_faults
from text_explorer.dss.recipes.compare import compare_numbers, write_comparison, write_suggestion

logging.basicConfig(level=logging.INFO, format="text-explorer %(levelname)s - %(message)s")
logging.getLogger("gensim").setLevel(logging.WARNING)

with explain_disk_faults():
    documents = InputDataset(get_input_names_for_role("documents")[0])
    settings = read_compare_settings(get_recipe_config(), documents.columns)
    stop_words = read_stop_words(get_input_names_for_role("stop_words"))

    corpus = read_corpus(documents, stop_words, settings, settings.used_embeddings).held
    fits_folder = next(iter(get_output_names_for_role("fits")), None)
    comparison = compare_numbers(corpus, settings, fits_folder)

    write_comparison(get_output_names_for_role("comparison")[0], comparison)
    write_suggestion(get_output_names_for_role("suggestion")[0], comparison)
