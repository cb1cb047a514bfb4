"""Run 'Write abstracts': read the chosen sentences of each group, ask a language model, write the abstracts."""

from __future__ import annotations

import json
import logging
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Optional

import pandas as pd

from text_explorer.cells import text_of
from text_explorer.columns import names_of
from text_explorer.dss.forms.language_models.abstract import AbstractSettings
from text_explorer.dss.io.dataset_rows import plain_values
from text_explorer.dss.io.datasets import AddedColumns, InputDataset, write_rows
from text_explorer.dss.io.language_models.answer_folder import AnswerFolder
from text_explorer.errors import DataError
from text_explorer.language_models import abstract_columns as names
from text_explorer.language_models.abstracts import PROMPT_VERSION, AbstractSentence, write_abstracts
from text_explorer.language_models.checked_answers import STATUS_OK, CheckedAnswer
from text_explorer.language_models.limited_model import LimitedModel
from text_explorer.summaries.group_summaries import key_columns
from text_explorer.summaries.sentences import columns

logger = logging.getLogger(__name__)

REPORT = "abstracts-report.json"
_READ = (columns.ROW_KEY, columns.START, columns.END, columns.SENTENCE, columns.CHOSEN)


@dataclass(frozen=True)
class ChosenSentence:
    """A sentence of an extractive summary, and where it stands."""

    text: str
    source: dict[str, Any]


@dataclass(frozen=True)
class SentenceGroups:
    """The chosen sentences of each group, by its key, in the order of the dataset."""

    schema: list[dict[str, Any]]  # of the columns of the keys
    groups: dict[tuple[Any, ...], list[ChosenSentence]]


def read_chosen_sentences(dataset: InputDataset) -> SentenceGroups:
    """Read a dataset of sentences; its groups are those of the columns before the row key, or the single texts."""
    missing = [name for name in _READ if name not in dataset.columns]
    if missing:
        raise DataError(
            f"The dataset {dataset.name} has no column {', '.join(missing)}. Select the output 'Sentences' of "
            "'Summarize groups of texts' or 'Summarize texts (extractive)'."
        )
    before = dataset.schema[: dataset.columns.index(columns.ROW_KEY)]
    schema = before or [dataset.schema[dataset.columns.index(columns.ROW_KEY)]]
    groups: dict[tuple[Any, ...], list[ChosenSentence]] = {}
    for chunk in dataset.chunks(list(dict.fromkeys([*(column["name"] for column in schema), *_READ]))):
        keys = zip(*(plain_values(chunk[column["name"]], column["type"]) for column in schema))
        cells = zip(*(chunk[name].map(text_of) for name in _READ))
        for key, (row_key, start, end, text, chosen) in zip(keys, cells):
            sentences = groups.setdefault(tuple(key), [])
            if text and (chosen or "").lower() == "true":
                source = {"row_key": row_key, "start": _whole(start), "end": _whole(end)}
                sentences.append(ChosenSentence(text, source))
    return SentenceGroups(schema, groups)


def _whole(cell: Optional[str]) -> Optional[int]:
    return int(cell) if cell is not None and cell.isdecimal() else None


def write_abstracts_of_groups(
    name: str, groups: SentenceGroups, model: LimitedModel, folder: AnswerFolder, settings: AbstractSettings
) -> None:
    """Ask for the abstracts of all groups that have a chosen sentence, and write a row for each of these groups."""
    started = time.monotonic()
    known = {key: sentences for key, sentences in groups.groups.items() if sentences}
    texts = [[sentence.text for sentence in sentences] for sentences in known.values()]
    answers = write_abstracts(model, texts, settings.n_sentences)
    rows = [_row(answer, sentences, settings) for answer, sentences in zip(answers, known.values())]
    key_names, types = zip(*((column["name"], column["type"]) for column in groups.schema))
    keys = key_columns(list(known), key_names, types)
    output = AddedColumns(groups.schema, names.ABSTRACTS)
    table = output.join(keys, pd.DataFrame(rows, columns=names_of(names.ABSTRACTS), dtype=object))
    write_rows(name, output.schema, [table])
    facts = {
        names.LANGUAGE_MODEL: settings.language_model,
        "prompt_version": PROMPT_VERSION,
        "seconds": round(time.monotonic() - started, 1),
    }
    folder.write_report(REPORT, model, facts, Counter(row[names.ABSTRACT_STATUS] for row in rows))
    if len(known) < len(groups.groups):
        logger.info("%s groups have no chosen sentence, so no abstract", f"{len(groups.groups) - len(known):,}")


def _row(
    answer: CheckedAnswer[tuple[AbstractSentence, ...]], chosen: Sequence[ChosenSentence], settings: AbstractSettings
) -> dict[str, Any]:
    sentences = answer.value or ()
    faults = [sentence.fault for sentence in sentences if sentence.fault]
    kept = [sentence for sentence in sentences if settings.keep_unsupported or not sentence.fault]
    described = [
        {
            "sentence": sentence.sentence,
            "kept": sentence in kept,
            "fault": sentence.fault,
            "sources": [{**chosen[place].source, "text": chosen[place].text} for place in sentence.sources],
        }
        for sentence in sentences
    ]
    status = names.STATUS_UNSUPPORTED if faults and answer.status == STATUS_OK else answer.status
    return {
        names.N_CHOSEN: len(chosen),
        names.ABSTRACT: " ".join(sentence.sentence for sentence in kept) or None,
        names.ABSTRACT_SENTENCES: json.dumps(described, ensure_ascii=False),
        names.ABSTRACT_STATUS: status,
        names.ABSTRACT_REASON: answer.reason or " ".join(faults) or None,
        names.LANGUAGE_MODEL: settings.language_model,
    }
