"""Discover topics (Spark): as Discover topics, but read the texts and fit the model on Spark."""

import logging

from dataiku.customrecipe import get_input_names_for_role, get_output_names_for_role, get_recipe_config

from text_explorer.dss.forms.topics_spark import read_topics_spark_settings
from text_explorer.dss.io.corpus_reader import read_stop_words
from text_explorer.dss.io.datasets import InputDataset
from text_explorer.dss.io.disk_faults import explain_disk_faults
from text_explorer.dss.io.previous_model import read_previous_model
from text_explorer.dss.io.seed_terms import read_seed_terms
from text_explorer.dss.recipes.on_spark.topics import discover_topics_on_spark
from text_explorer.dss.recipes.topics_outputs import write_outputs

logging.basicConfig(level=logging.INFO, format="text-explorer %(levelname)s - %(message)s")
logging.getLogger("py4j").setLevel(logging.WARNING)

with explain_disk_faults():
    documents = InputDataset(get_input_names_for_role("documents")[0])
    settings, on_spark = read_topics_spark_settings(get_recipe_config(), documents.columns)
    stop_words = read_stop_words(get_input_names_for_role("stop_words"))
    previous = read_previous_model(get_input_names_for_role("previous_model"), settings)
    seeded_topics = read_seed_terms(get_input_names_for_role("seed_terms"), settings.n_topics)

    topics, execution, write_rows = discover_topics_on_spark(
        documents, stop_words, seeded_topics, settings, on_spark, previous
    )

    outputs = {
        role: names[0]
        for role in ("document_topics", "topics", "topic_terms", "model", "topic_changes")
        if (names := get_output_names_for_role(role))
    }
    write_outputs(outputs, documents, topics, settings, execution, write_rows)
