"""What 'Discover topics' writes: every row with its topic, the topics, their terms, and the model folder."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Optional

import dataiku
import numpy as np
import pandas as pd

from text_explorer.columns import schema_of
from text_explorer.corpus.vocabulary import automatic_min_documents
from text_explorer.dss.batches.texts import row_keys
from text_explorer.dss.batches.topics import TopicRowCounts, TopicsOfRows, topics_batch
from text_explorer.dss.forms.topics import TopicsSettings
from text_explorer.dss.io.datasets import AddedColumns, InputDataset, write_rows
from text_explorer.dss.io.disk_faults import explain_disk_faults
from text_explorer.dss.io.folders import remove_files, replace_files, to_json
from text_explorer.dss.recipes.topics import DiscoveredTopics
from text_explorer.topics import columns
from text_explorer.topics.describing.description import topics_table
from text_explorer.topics.describing.representative_documents import Suitability
from text_explorer.topics.describing.terms import topic_terms_table
from text_explorer.topics.prevalence.files import BY_GROUP, BY_PERIOD
from text_explorer.topics.previous.carried_edits import carried_file, carried_path
from text_explorer.topics.previous.carried_super_topics import carried_super_topics
from text_explorer.topics.previous.changes import changes_table
from text_explorer.topics.previous.columns import TOPIC_CHANGES
from text_explorer.topics.storage.manifest import CORRELATIONS, MANIFEST, WRITING
from text_explorer.topics.storage.model_folder import make_manifest, model_files

logger = logging.getLogger(__name__)

_MODEL_FOLDER = "The model folder"

WriteRows = Callable[[str, InputDataset, DiscoveredTopics, TopicsOfRows], TopicRowCounts]
"""Writes every row of a dataset with its topic to the dataset of a name, and returns what it counted of them."""


def write_document_topics(
    name: str, documents: InputDataset, topics: DiscoveredTopics, of_rows: TopicsOfRows
) -> TopicRowCounts:
    """Write every row with its topic, and count what the topics' own rows need on the way."""
    output = AddedColumns(documents.schema, of_rows.added_columns)
    counts, settings = TopicRowCounts.new(of_rows), of_rows.settings
    corpus, doc_topic_distr = topics.read.held, topics.description.doc_topic_distr
    if doc_topic_distr is None:
        raise TypeError("The topics of the documents are on other machines.")

    def rows() -> Iterator[pd.DataFrame]:
        n_before = 0
        for chunk in documents.chunks():
            texts = list(map(topics.read.languages.text_of, chunk[settings.text_column]))
            positions = topics.read.rows_of(texts, chunk)
            keys = row_keys(chunk, settings.id_column, n_before)
            scored = corpus.take(positions), doc_topic_distr[positions]
            yield output.join(chunk, topics_batch(chunk, keys, texts, scored, of_rows, counts))
            n_before += len(chunk)

    logger.info("%s rows written with their topics", f"{write_rows(name, output.schema, rows()):,}")
    return counts


def write_outputs(
    names: dict[str, str],
    documents: InputDataset,
    topics: DiscoveredTopics,
    settings: TopicsSettings,
    execution: Optional[dict[str, Any]] = None,
    write_documents: WriteRows = write_document_topics,
) -> None:
    """Write all outputs, whose names are given by role; `execution` is noted in the manifest.

    The model's manifest goes first and comes last: of a run that breaks off, no folder is left that looks whole beside
    datasets of other topics. A file says so meanwhile, also in a folder that was empty.
    """
    folder = dataiku.Folder(names["model"])
    with explain_disk_faults(_MODEL_FOLDER):
        folder.upload_data(WRITING, to_json({"documents": documents.name}))
        remove_files(folder, [MANIFEST, BY_PERIOD, BY_GROUP])
    counts = write_documents(names["document_topics"], documents, topics, _of_rows(topics, settings))
    write_rows(names["topics"], schema_of(columns.TOPICS), [topics_table(topics.description, counts.examples)])
    terms = topic_terms_table(topics.description.scores, topics.trained.corpus)
    write_rows(names["topic_terms"], schema_of(columns.TOPIC_TERMS), [terms])
    if "topic_changes" in names:
        changes = changes_table(topics.description, topics.start, topics.trained.model.topic_term_counts)
        write_rows(names["topic_changes"], schema_of(TOPIC_CHANGES), [changes])
    for remark in counts.prevalence.warnings():
        logger.warning("%s", remark)
    manifest = _manifest(documents, topics, settings)
    if execution is not None:
        manifest["execution"] = execution
    carried = _carry_on(folder, topics, manifest)
    files = carried | model_files(
        topics.trained, manifest, {CORRELATIONS: topics.description.correlations.as_dict(), **counts.prevalence.files()}
    )
    with explain_disk_faults(_MODEL_FOLDER):
        replace_files(folder, files, last=MANIFEST)
        remove_files(folder, [WRITING])


def _carry_on(folder: dataiku.Folder, topics: DiscoveredTopics, manifest: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the file of the edits that go on from the previous model, and remove that of an earlier run."""
    if topics.start is None:
        return {}
    model_id, previous, now = manifest["model_id"], topics.start.previous, topics.description
    with explain_disk_faults(_MODEL_FOLDER):
        remove_files(folder, [carried_path(model_id)])
    groups = carried_super_topics(previous, now.in_use, now.super_topics.parents, now.tally.n_documents)
    return carried_file(previous, now.in_use, topics.moved.topics, groups, model_id)


def _of_rows(topics: DiscoveredTopics, settings: TopicsSettings) -> TopicsOfRows:
    corpus, scores = topics.trained.corpus, topics.description.scores
    inference, languages = topics.trained.model.inference, topics.read.languages.without_counts()
    return TopicsOfRows(
        inference, corpus.vocabulary, topics.read.preparation, languages,
        topics.description.labels, scores.shown, Suitability(corpus, scores), settings, topics.moved.topics,
    )  # fmt: skip


def _of_previous_model(topics: DiscoveredTopics, settings: TopicsSettings) -> dict[str, Any]:
    """Return the facts of a model that goes on from a previous one."""
    if topics.start is None:
        return {}
    stored = topics.start.previous.stored
    return {
        "previous_model": {"model_id": stored.model_id, "weight": settings.previous_weight},
        "former_models": [*stored.former_models, stored.model_id],
        "retired_topics": np.flatnonzero(~topics.description.in_use).tolist(),
    }


def _manifest(documents: InputDataset, topics: DiscoveredTopics, settings: TopicsSettings) -> dict[str, Any]:
    read, preparation = topics.read, topics.read.preparation
    n_words, n_unknown = read.statistics.n_words_and_unknown
    parents = topics.description.super_topics.parents
    facts: dict[str, Any] = {
        "language": read.languages.most_frequent(),
        "languages": read.languages.as_dict(),
        "settings": settings.as_dict(),
        "preparation": {
            **preparation.as_dict(),
            "min_documents": preparation.min_documents or automatic_min_documents(read.corpus.n_docs),
        },
        "corpus": read.statistics.as_dict(),
        "quality": topics.description.quality(),
        "super_topics": topics.description.super_labels,
        "topic_parents": parents.tolist() if len(parents) and parents.min() >= 0 else [],
        "seeded_topics": topics.seeds.topics,
        "training_profile": replace(topics.description.profile, n_words=n_words, n_unknown_words=n_unknown).as_dict(),
        "seed": settings.seed,
        "documents": documents.name,
        "n_rows": read.corpus.n_docs,
        "columns": {"document_topics": AddedColumns(documents.schema, columns.DOCUMENT_TOPICS).names},
        "training_seconds": round(topics.seconds, 3),
        **({"meaning": topics.meaning} if topics.meaning else {}),
        **_of_previous_model(topics, settings),
    }
    return make_manifest(topics.trained, labels=topics.description.labels, facts=facts)
