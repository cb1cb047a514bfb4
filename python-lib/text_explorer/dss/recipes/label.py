"""Run 'Label topics': read a model folder, ask a language model about each topic, write the labels.

The folder keeps the answers and a report of the last run. It is an input, and written all the same, as by the webapp:
other files of it stay as they are.
"""

from __future__ import annotations

import json
import logging
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain
from typing import Any

import dataiku
import numpy as np
import pandas as pd

from text_explorer.cells import text_of
from text_explorer.columns import names_of, schema_of
from text_explorer.dss.forms.label import LabelSettings
from text_explorer.dss.io.datasets import InputDataset, write_rows
from text_explorer.dss.io.folders import read_file, to_json
from text_explorer.errors import DataError, caught
from text_explorer.language_models import label_columns as names
from text_explorer.language_models.answer_cache import AnswerCache, parse_cache
from text_explorer.language_models.checked_answers import STATUS_OK, CheckedAnswer
from text_explorer.language_models.limited_model import LimitedModel, Limits
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

ANSWERS = "language-model-answers.json"
REPORT = "topic-labels-report.json"
_LEAST = 1e-300
"""Stands for zero within a logarithm."""


class ModelToLabel:
    """A model folder, its topics, and the answers kept in it."""

    def __init__(self, name: str):
        self._name = name
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

    def read_answers(self) -> AnswerCache:
        """Return the answers kept in the folder; none where they cannot be read."""
        try:
            content = read_file(dataiku.Folder(self._name), ANSWERS)
            return AnswerCache() if content is None else parse_cache(ANSWERS, content)
        except DataError as fault:
            logger.warning("%s", fault)
            return AnswerCache()

    def write(self, path: str, content: bytes) -> None:
        """Write a file of ours; where the folder cannot be written, say so and go on."""
        with caught() as fault:
            dataiku.Folder(self._name, ignore_flow=True).upload_data(path, content)
        if fault.error is not None:
            logger.warning("%s cannot be written to the model folder: %s", path, fault.error)

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
    limited = LimitedModel(
        settings.language_model, ask, model.read_answers(), Limits(settings.max_calls, settings.max_tokens),
        keep=lambda cache: model.write(ANSWERS, cache.content()),
    )  # fmt: skip
    answers = label_topics(limited, topics, model.language)
    known = {names.LANGUAGE_MODEL: settings.language_model, names.MODEL_ID: model.model_id}
    rows = [{**_row(topic, answer), **known} for topic, answer in zip(topics, answers)]
    table = pd.DataFrame(rows, columns=names_of(names.TOPIC_LABELS), dtype=object)
    write_rows(name, schema_of(names.TOPIC_LABELS), [table])
    statuses = Counter(answer.status for answer in answers)
    report = {
        **known,
        "prompt_version": PROMPT_VERSION,
        "language": model.language,
        "topics_by_status": dict(statuses),
        **limited.usage.as_dict(),
        "seconds": round(time.monotonic() - started, 1),
    }
    if limited.usage.calls:  # a re-run from kept answers changes nothing
        model.write(REPORT, to_json(report))
    _log(statuses, report)


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


def _log(statuses: Counter[str], report: Mapping[str, Any]) -> None:
    cost = report["cost_in_us_dollars"]
    logger.info(
        "%s of %s topics labelled (%s); %s calls, %s answers from earlier runs, %s tokens in questions and %s in "
        "answers, %s",
        statuses[STATUS_OK], sum(statuses.values()), ", ".join(f"{status} {n}" for status, n in statuses.items()),
        f"{report['calls']:,}", f"{report['answers_from_cache']:,}", f"{report['prompt_tokens']:,}",
        f"{report['completion_tokens']:,}",
        "cost not reported by the instance" if cost is None else f"{cost:.4f} US dollars by the instance's estimate",
    )  # fmt: skip
    if not statuses[STATUS_OK]:
        logger.warning("no topic has a label by the language model: the column '%s' says why", names.LABEL_REASON)
