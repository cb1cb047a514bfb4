"""Model folders made by hand, one topic for each theme, so that tests know each text's topic without training."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Optional

import numpy as np

from tests.python.unit.topics.small_corpora import profile_of, shares_of
from text_explorer.corpus.document_term_matrix import build_corpus
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.topics.models.gibbs_lda import GibbsLdaModel
from text_explorer.topics.models.gsdmm import REPEATED_WORDS, GsdmmModel
from text_explorer.topics.models.training import TopicModel, TrainedTopics
from text_explorer.topics.models.variational_lda import VariationalLdaModel
from text_explorer.topics.storage.model_folder import make_manifest, model_files

THEMES = {
    "war": "army navy battle soldier",
    "money": "gold silver bank coin",
    "school": "teacher pupil college lesson",
    "law": "judge court lawyer verdict",
    "sea": "whale coral harbour tide",
    "food": "bread cheese onion soup",
}
COUNT = 50
"""Occurrences of each word of a theme in its topic."""


def theme_model(engine: str, counts: np.ndarray) -> TopicModel:
    """Build a model of an engine from the counts of terms in topics, int64 array of shape (n_topics, n_terms)."""
    n_topics = len(counts)
    if engine == "gsdmm":
        n_docs = np.full(n_topics, COUNT)
        return GsdmmModel(n_docs, counts.astype(np.int32), 0.1, 0.1, REPEATED_WORDS, np.arange(n_topics))
    if engine == "lda_gibbs":
        return GibbsLdaModel(counts.astype(np.float64), np.full(n_topics, 0.1), 0.01)
    return VariationalLdaModel(counts + 0.01, np.full(n_topics, 0.1))


def theme_files(
    engine: str = "gsdmm",
    *,
    language: str = "en",
    texts_of_training: Optional[Sequence[str]] = None,
    preparation: Optional[Preparation] = None,
) -> dict[str, bytes]:
    """Build the files of a model folder: topic 0 is war, 1 money, and so on.

    Parameters
    ----------
    engine
        Name of the engine.
    language
        The language of the form at training.
    texts_of_training
        By default each theme once.
    preparation
        By default all words count.
    """
    preparation = preparation or Preparation(max_document_share=1.0, min_documents=1)
    documents = [DocumentText(text, "en") for text in texts_of_training or THEMES.values()]
    corpus, statistics = build_corpus(documents, preparation)
    counts = np.zeros((len(THEMES), corpus.n_terms), dtype=np.int64)
    for topic, words in enumerate(THEMES.values()):
        counts[topic, [corpus.vocabulary.ids[word] for word in words.split()]] = COUNT
    model = theme_model(engine, counts)
    trained = TrainedTopics(model, corpus, "Made by hand.", np.arange(len(THEMES)))
    facts = {
        "settings": {"language": language},
        "languages": {"main": "en"},
        "preparation": preparation.as_dict(),
        "training_profile": profile_of(shares_of(trained), *statistics.n_words_and_unknown).as_dict(),
    }
    return model_files(trained, make_manifest(trained, labels=list(THEMES), facts=facts))


def model_id_of(files: dict[str, bytes]) -> str:
    """Return the name of the model by its manifest."""
    return json.loads(files["manifest.json"])["model_id"]
