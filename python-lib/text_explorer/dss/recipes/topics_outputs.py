"""What 'Discover topics' writes: every row with its topic, the topics, their terms, and the model folder."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Optional

import dataiku
import numpy as np
import pandas as pd

from text_explorer.columns import schema_of
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.vocabulary import automatic_min_documents
from text_explorer.corpus.word_spans import word_spans
from text_explorer.dss.batches.texts import row_keys
from text_explorer.dss.forms.topics import TopicsSettings
from text_explorer.dss.io.datasets import AddedColumns, InputDataset, write_rows
from text_explorer.dss.io.disk_faults import explain_disk_faults
from text_explorer.dss.io.folders import remove_files, replace_files, to_json
from text_explorer.dss.recipes.topics import DiscoveredTopics
from text_explorer.topics import columns
from text_explorer.topics.describing.description import topics_table
from text_explorer.topics.describing.document_topics import document_columns, main_topics, share_columns
from text_explorer.topics.describing.representative_documents import RepresentativeDocuments, Suitability
from text_explorer.topics.describing.scored_by import with_scored_by
from text_explorer.topics.describing.terms import topic_terms_table
from text_explorer.topics.models.gsdmm import meaning_of
from text_explorer.topics.prevalence.files import BY_GROUP, BY_PERIOD, PrevalenceOfTopics
from text_explorer.topics.previous.carried_edits import carried_file, carried_path
from text_explorer.topics.previous.carried_super_topics import carried_super_topics
from text_explorer.topics.previous.changes import changes_table
from text_explorer.topics.previous.columns import TOPIC_CHANGES
from text_explorer.topics.storage.manifest import CORRELATIONS, MANIFEST, WRITING
from text_explorer.topics.storage.model_folder import make_manifest, model_files

logger = logging.getLogger(__name__)

_MODEL_FOLDER = "The model folder"


def write_outputs(
    names: dict[str, str],
    documents: InputDataset,
    topics: DiscoveredTopics,
    settings: TopicsSettings,
    execution: Optional[dict[str, Any]] = None,
) -> None:
    """Write all outputs, whose names are given by role; `execution` is noted in the manifest.

    The model's manifest goes first and comes last: of a run that breaks off, no folder is left that looks whole beside
    datasets of other topics. A file says so meanwhile, also in a folder that was empty.
    """
    folder = dataiku.Folder(names["model"])
    with explain_disk_faults(_MODEL_FOLDER):
        folder.upload_data(WRITING, to_json({"documents": documents.name}))
        remove_files(folder, [MANIFEST, BY_PERIOD, BY_GROUP])
    examples = RepresentativeDocuments(
        len(topics.description.labels), topics.description.scores.shown, partial(_term_places, topics)
    )
    prevalence = PrevalenceOfTopics(len(topics.description.labels), settings.date_column, settings.group_columns)
    _write_document_topics(names["document_topics"], documents, topics, settings, (examples, prevalence))
    write_rows(names["topics"], schema_of(columns.TOPICS), [topics_table(topics.description, examples)])
    terms = topic_terms_table(topics.description.scores, topics.trained.corpus)
    write_rows(names["topic_terms"], schema_of(columns.TOPIC_TERMS), [terms])
    if "topic_changes" in names:
        changes = changes_table(topics.description, topics.start, topics.trained.model.topic_term_counts)
        write_rows(names["topic_changes"], schema_of(TOPIC_CHANGES), [changes])
    for remark in prevalence.warnings():
        logger.warning("%s", remark)
    manifest = _manifest(documents, topics, settings)
    if execution is not None:
        manifest["execution"] = execution
    carried = _carry_on(folder, topics, manifest)
    files = carried | model_files(
        topics.trained, manifest, {CORRELATIONS: topics.description.correlations.as_dict(), **prevalence.files()}
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


def _write_document_topics(
    name: str,
    documents: InputDataset,
    topics: DiscoveredTopics,
    settings: TopicsSettings,
    gathering: tuple[RepresentativeDocuments, PrevalenceOfTopics],
) -> None:
    """Write every row with its topic, and gather what the topics' own rows need on the way."""
    shares_added = columns.share_columns(len(topics.description.labels)) if settings.share_columns else []
    meaning_added = [] if meaning_of(topics.trained.model) is None else columns.MEANING
    output = AddedColumns(documents.schema, [*columns.DOCUMENT_TOPICS, *meaning_added, *shares_added])
    examples, prevalence = gathering
    suitability = Suitability(topics.trained.corpus, topics.description.scores)

    def rows() -> Iterator[pd.DataFrame]:
        n_before = 0
        for chunk in documents.chunks():
            texts = list(map(topics.read.languages.text_of, chunk[settings.text_column]))
            positions = topics.read.rows_of(texts, chunk)
            part, shares = topics.trained.corpus.take(positions), topics.description.doc_topic_distr[positions]
            by_hand = topics.moved.topics_of(chunk, settings.text_column)
            shown = np.where(by_hand[:, None] >= 0, np.nan, shares)  # one moved by hand is no example of any topic
            examples.add(row_keys(chunk, settings.id_column, n_before), texts, shown, suitability.of(part, shares))
            best = main_topics(shares, by_hand)
            prevalence.add(shares, best, chunk)
            added = document_columns(texts, shares, topics.description.labels, best)
            if meaning_added:
                added = with_scored_by(added, part)
            if settings.share_columns:
                added = pd.concat([added, share_columns(shares)], axis=1)
            yield output.join(chunk, added)
            n_before += len(chunk)

    logger.info("%s rows written with their topics", f"{write_rows(name, output.schema, rows()):,}")


def _term_places(topics: DiscoveredTopics, text: str) -> list[tuple[int, int, int]]:
    """Return start, end and id of the terms in a text."""
    document = DocumentText(text, topics.read.languages.language_of(text))
    found = word_spans(document, topics.read.corpus.vocabulary, topics.read.preparation)
    return list(zip(found.starts.tolist(), found.ends.tolist(), found.term_ids.tolist()))


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
