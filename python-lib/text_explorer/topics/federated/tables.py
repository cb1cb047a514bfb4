"""The datasets of topics and of their terms, from a model folder alone.

What only texts could say is empty: representative documents, over how many documents words are spread, and with noise
coherence.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd

from text_explorer.columns import names_of
from text_explorer.topics import columns
from text_explorer.topics.describing.terms import TermScores, score_terms, topic_terms_table
from text_explorer.topics.describing.topic_map import lay_out_topics
from text_explorer.topics.federated.documents import without_documents
from text_explorer.topics.federated.model import TOPIC_COHERENCE
from text_explorer.topics.files.checked_json import Fields, fault_of
from text_explorer.topics.quality.distances import topic_distances
from text_explorer.topics.storage.manifest import MANIFEST, ReadFile, read_manifest
from text_explorer.topics.storage.stored_model import StoredTopics, read_stored_topics


def topic_tables(read_file: ReadFile) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of the datasets ``topics`` and ``topic_terms`` of a federated model.

    A model trained with noise has no count of each topic's documents; its shares of words stand for them.
    """
    stored = read_stored_topics(read_file)
    corpus = without_documents(stored.vocabulary)
    n_words = np.maximum(stored.model.arrays()["topic_term_counts"].sum(axis=1), 1e-9)
    scores = score_terms(stored.model.topic_term_distr, n_words, corpus)
    manifest = read_manifest(read_file)
    n_documents = int(manifest.get("n_documents") or 0)
    topics = _topics(stored, scores, n_words / n_words.sum(), n_documents)
    return topics.assign(**_coherence(manifest, stored.n_topics)), topic_terms_table(scores, corpus)


def _coherence(manifest: dict[str, Any], n_topics: int) -> dict[str, Any]:
    """Return the columns of coherence, where the sites sent the counts for it."""
    if TOPIC_COHERENCE not in manifest:
        return {}
    fields = Fields(manifest, fault_of(MANIFEST)).object(TOPIC_COHERENCE)
    npmi, cv = (fields.numbers(name, n_topics, least=-1, most=1, nullable=True) for name in ("npmi", "cv"))
    remarks = fields.texts("remarks", n=n_topics)
    return {
        columns.COHERENCE_NPMI: npmi,
        columns.COHERENCE_CV: cv,
        columns.REMARKS: [_json([remark] if remark else []) for remark in remarks],
    }


def _topics(stored: StoredTopics, scores: TermScores, word_shares: np.ndarray, n_documents: int) -> pd.DataFrame:
    terms, profile = stored.vocabulary.terms, stored.profile
    documents = np.rint(word_shares * n_documents).astype(np.int64) if profile is None else profile.topic_documents
    coordinates = lay_out_topics(topic_distances(stored.model.topic_term_distr)).coordinates
    parents = np.array(stored.parents or [-1] * stored.n_topics)
    known = {
        columns.TOPIC_ID: np.arange(stored.n_topics),
        columns.LABEL: stored.labels,
        columns.N_DOCUMENTS: documents,
        columns.DOCUMENT_SHARE: documents / max(int(documents.sum()), 1),
        columns.TOKEN_SHARE: word_shares,
        columns.EXCLUSIVITY: scores.exclusivity(),
        columns.TOP_TERMS: [_json([terms[term] for term in row]) for row in scores.best],
        columns.DISTINCTIVE_TERMS: [_json([terms[term] for term in row]) for row in scores.most_relevant],
        columns.MAP_X: coordinates[:, 0],
        columns.MAP_Y: coordinates[:, 1],
        columns.PARENT: pd.arrays.IntegerArray(np.maximum(parents, 0), parents < 0),
        columns.PARENT_LABEL: [stored.super_labels[parent] if parent >= 0 else None for parent in parents.tolist()],
        **dict.fromkeys((columns.REPRESENTATIVE_DOCUMENTS, columns.BORDERLINE_DOCUMENTS, columns.REMARKS), _json([])),
    }
    names = names_of(columns.TOPICS)
    return pd.DataFrame({name: known.get(name, np.nan) for name in names})


def _json(value: list[str]) -> str:
    return json.dumps(value, ensure_ascii=False)
