"""Run 'Label topics': read a model folder, ask a language model about each topic, write the labels.

The folder keeps the answers and a report of the last run. It is an input, and written all the same, as by the webapp:
other files of it stay as they are.
"""

from __future__ import annotations

import json
import logging
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, partial
from itertools import chain
from typing import Any

import dataiku
import numpy as np
import pandas as pd

from text_explorer.cells import text_of
from text_explorer.columns import names_of, schema_of
from text_explorer.dss.forms.language_models.label import LabelSettings
from text_explorer.dss.io.datasets import InputDataset, write_rows
from text_explorer.dss.io.folders import read_file
from text_explorer.dss.io.language_models.answer_folder import AnswerFolder
from text_explorer.errors import DataError
from text_explorer.language_models import label_columns as names
from text_explorer.language_models.checked_answers import CheckedAnswer
from text_explorer.language_models.questions import Ask
from text_explorer.language_models.topic_labels import (
    PROMPT_VERSION,
    SIMILAR_SHOWN,
    TERMS_SHOWN,
    TopicLabel,
    TopicToLabel,
    label_topics,
)
from text_explorer.topics import columns
from text_explorer.topics.describing.terms import RELEVANCE_LAMBDA, top_terms
from text_explorer.topics.quality.distances import topic_distances
from text_explorer.topics.storage.stored_model import read_stored_topics

logger = logging.getLogger(__name__)

REPORT = "topic-labels-report.json"
_LEAST = 1e-300
"""Stands for zero within a logarithm."""


class ModelToLabel:
    """A model folder, its topics, and the answers kept in it."""

    def __init__(self, name: str):
        self.answers = AnswerFolder(name)
        self._stored = read_stored_topics(partial(read_file, dataiku.Folder(name)))
        self.model_id = self._stored.model_id
        self.language = self._stored.main_language

    def topics(self, datasets: Sequence[str], n_excerpts: int) -> list[TopicToLabel]:
        """Return what is sent of each topic; excerpts are those of the dataset of topics, if one is given."""
        excerpts = self._excerpts(InputDataset(datasets[0]), n_excerpts) if datasets and n_excerpts else {}
        if n_excerpts and not datasets:
            logger.info("no excerpts are sent, since no dataset 'Topics' is selected")
        labels, similar = self._stored.labels, self._similar()
        return [
            TopicToLabel(topic, label, terms, excerpts.get(topic, ()), tuple(labels[other] for other in others))
            for topic, (label, terms, others) in enumerate(zip(labels, self._best_terms(), similar.tolist()))
        ]

    @cached_property
    def _best_ids(self) -> list[list[int]]:
        """Ids of the most relevant terms of each topic, of those that are more frequent in it than overall."""
        counts = self._stored.vocabulary.term_counts
        probability = np.log(np.maximum(self._stored.model.topic_term_distr, _LEAST))
        lift = probability - np.log(np.maximum(counts / counts.sum(), _LEAST))
        best = top_terms(RELEVANCE_LAMBDA * probability + (1 - RELEVANCE_LAMBDA) * lift, TERMS_SHOWN)
        return [[term for term in row if lift[topic, term] > 0] for topic, row in enumerate(best.tolist())]

    def _best_terms(self) -> list[tuple[str, ...]]:
        return [tuple(self._stored.vocabulary.terms[term] for term in row) for row in self._best_ids]

    def _similar(self) -> np.ndarray:
        """Return the most similar topics of each, by the distribution of the terms that are shown of any topic."""
        shown = sorted(set(chain.from_iterable(self._best_ids)))
        distr = np.maximum(self._stored.model.topic_term_distr[:, shown], _LEAST)
        distances = topic_distances(distr / distr.sum(axis=1, keepdims=True))
        np.fill_diagonal(distances, np.inf)
        return np.argsort(distances, axis=1, kind="stable")[:, : min(SIMILAR_SHOWN, len(distr) - 1)]

    def _excerpts(self, dataset: InputDataset, n_most: int) -> dict[int, tuple[str, ...]]:
        wanted = [columns.TOPIC_ID, columns.LABEL, columns.REPRESENTATIVE_DOCUMENTS]
        missing = [name for name in wanted if name not in dataset.columns]
        if missing:
            raise DataError(
                f"The dataset {dataset.name}, selected as 'Topics', has no column {', '.join(missing)}. Select the "
                "dataset of topics that 'Discover topics' wrote with this model, or none."
            )
        found = {}
        for chunk in dataset.chunks(wanted):
            for topic, label, documents in zip(*(chunk[name].map(text_of) for name in wanted)):
                if (
                    topic is None
                    or not topic.isdecimal()
                    or dict(enumerate(self._stored.labels)).get(int(topic)) != label
                ):
                    raise DataError(
                        f"The dataset {dataset.name}, selected as 'Topics', holds topics of another model. Select the "
                        "one that 'Discover topics' wrote with this model, or none."
                    )
                found[int(topic)] = tuple(_excerpts_in(documents or "[]"))[:n_most]
        return found


def _excerpts_in(cell: str) -> Iterator[str]:
    try:
        documents = json.loads(cell)
    except (ValueError, RecursionError):
        return
    for document in documents if isinstance(documents, list) else ():
        excerpt = document.get("excerpt") if isinstance(document, dict) else None
        if isinstance(excerpt, str) and excerpt.strip():
            yield excerpt


def write_topic_labels(
    name: str, model: ModelToLabel, topics: Sequence[TopicToLabel], ask: Ask, settings: LabelSettings
) -> None:
    """Ask for the labels, write a row for each topic, and a report into the model folder."""
    started = time.monotonic()
    limited = model.answers.limited(settings.language_model, ask, settings.limits())
    language = settings.language(model.language)
    answers = label_topics(limited, topics, language)
    known = {names.LANGUAGE_MODEL: settings.language_model, names.MODEL_ID: model.model_id}
    rows = [{**_row(topic, answer), **known} for topic, answer in zip(topics, answers)]
    table = pd.DataFrame(rows, columns=names_of(names.TOPIC_LABELS), dtype=object)
    write_rows(name, schema_of(names.TOPIC_LABELS), [table])
    facts = {
        **known,
        "prompt_version": PROMPT_VERSION,
        "language": language,
        "seconds": round(time.monotonic() - started, 1),
    }
    model.answers.write_report(REPORT, limited, facts, Counter(answer.status for answer in answers))
    if all(answer.value is None for answer in answers):
        logger.warning("no topic has a label by the language model: the column '%s' says why", names.LABEL_REASON)


def _row(topic: TopicToLabel, answer: CheckedAnswer[TopicLabel]) -> dict[str, Any]:
    found = answer.value
    return {
        columns.TOPIC_ID: topic.topic_id,
        columns.LABEL: found.label if found else topic.trained_label,
        names.DESCRIPTION: found.description if found else None,
        names.COHERENT: found.coherent if found else None,
        names.EVIDENCE: json.dumps(found.evidence, ensure_ascii=False) if found else None,
        names.LABEL_SOURCE: names.FROM_LLM if found else names.FROM_TERMS,
        names.LABEL_STATUS: answer.status,
        names.LABEL_REASON: answer.reason or None,
        names.TRAINED_LABEL: topic.trained_label,
    }
