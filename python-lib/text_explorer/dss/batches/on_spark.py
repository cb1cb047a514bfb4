"""The work of each recipe in Spark's workers; what all batches of a run need is opened once in each worker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Optional

import pandas as pd

from text_explorer.cells import natural_order, text_of
from text_explorer.concurrency.sending import pack, unpack
from text_explorer.concurrency.threads import limit_workers
from text_explorer.corpus.language.document_languages import TextLanguages
from text_explorer.dss.batches.assign import AssignedCounts, assign_batch
from text_explorer.dss.batches.evaluate import EvaluatedCounts, evaluate_batch
from text_explorer.dss.batches.groups import GroupedCounts, add_to_groups, group_summarizer, new_groups
from text_explorer.dss.batches.spark_rows import Row, RowFormat, Worked, work_on_rows
from text_explorer.dss.batches.summarize import SummarizedCounts, row_summarizer, summarized_table, text_batches
from text_explorer.dss.batches.texts import row_ids, texts_in_languages
from text_explorer.dss.batches.topics import DocumentSums, TopicRowCounts, TopicsOfRows, topics_batch
from text_explorer.dss.forms.assign import AssignSettings
from text_explorer.dss.forms.evaluate import EvaluateSettings
from text_explorer.dss.forms.summarize import SummarizeGroupsSettings, SummarizeSettings
from text_explorer.summaries.group_summaries import GroupOfTexts
from text_explorer.summaries.rows import SummarizedBatch
from text_explorer.summaries.tables import sentences_table
from text_explorer.topics.assignment.scoring import score_documents
from text_explorer.topics.edits.edit_log import TopicEdits
from text_explorer.topics.storage.stored_model import StoredTopics, read_stored_topics

GROUPS, COUNTS = 0, 1
"""Positions in what `collect_groups` yields."""

Results = Iterator[tuple[list[Row], list[Row], bytes]]
ModelFiles = dict[str, Optional[bytes]]

_OPENED: dict[str, StoredTopics] = {}


def assign(
    row_format: RowFormat, model_id: str, settings: AssignSettings, files: ModelFiles, edits: TopicEdits,
    rows: Iterable[Row],
) -> Results:  # fmt: skip
    """Assign the topics of a model, given by its files and opened once, to the rows of a partition."""
    if model_id not in _OPENED:
        _OPENED.clear()
        _OPENED[model_id] = read_stored_topics(files.get)
    topics = _OPENED[model_id]

    def work(chunk: pd.DataFrame) -> Worked:
        counts = AssignedCounts(topics, settings)
        return Worked(assign_batch(chunk, topics, edits, settings, counts), None, counts)

    return work_on_rows(rows, row_format, work)


def discover(row_format: RowFormat, topics: TopicsOfRows, rows: Iterable[Row]) -> Results:
    """Write the topics of the rows of a partition, whose texts are read once more; see `TopicRowCounts`."""
    counts, languages = TopicRowCounts.new(topics), topics.languages.without_counts()

    def work(chunk: pd.DataFrame) -> Worked:
        documents = list(texts_in_languages(chunk, topics.settings, languages))
        scored = score_documents(documents, topics)
        counts.read.merge(DocumentSums.of(scored.bags))
        keys, texts = row_ids(chunk, topics.settings.id_column), [document.text for document in documents]
        return Worked(topics_batch(chunk, keys, texts, (scored.bags, scored.doc_topic_distr), topics, counts))

    return work_on_rows(rows, row_format, work, counts.cut)


def summarize(row_format: RowFormat, settings: SummarizeSettings, main: TextLanguages, rows: Iterable[Row]) -> Results:
    """Summarize the rows of a partition; `main` are the languages of the texts, without counts."""
    summarizer = row_summarizer(settings, with_sentences=bool(row_format.further))

    def work(chunk: pd.DataFrame) -> Worked:
        counts, done = SummarizedCounts(main.without_counts()), SummarizedBatch([], [], [])
        for batch in map(summarizer, text_batches(chunk, settings, counts.languages)):
            for whole, part in zip(done, batch):
                whole.extend(part)
        sentences = sentences_table(done.sentences) if row_format.further else None
        return Worked(summarized_table(done, settings, counts), sentences, counts)

    return work_on_rows(rows, row_format, work)


def evaluate(row_format: RowFormat, settings: EvaluateSettings, main: TextLanguages, rows: Iterable[Row]) -> Results:
    """Evaluate the summaries of the rows of a partition; `main` are the languages of the texts, without counts."""

    def work(chunk: pd.DataFrame) -> Worked:
        counts = EvaluatedCounts(main.without_counts(), settings)
        return Worked(evaluate_batch(chunk, settings, counts), None, counts)

    return work_on_rows(rows, row_format, work)


def collect_groups(
    row_format: RowFormat, settings: SummarizeGroupsSettings, main: TextLanguages, rows: Iterable[Row]
) -> Iterator[tuple[list[tuple[bytes, bytes]], bytes]]:
    """Yield the groups of the rows of a partition, each under the bytes of its key, and the counts of its rows."""
    counts, grouped = GroupedCounts(main.without_counts()), new_groups(settings)
    for _, chunk in row_format.chunks(rows):
        keys = zip(*(chunk[column] for column in settings.group_columns))
        ids = [text_of(cell) or "" for cell in chunk[settings.id_column]]
        add_to_groups(grouped, chunk, keys, ids, settings, counts)
    counts.n_documents = sum(group.n_documents for group in grouped.groups.values())
    groups = [(repr(item[0]).encode("utf-8", "surrogatepass"), pack(item)) for item in grouped.groups.items()]
    yield groups, pack(counts)


def summarize_groups(
    settings: SummarizeGroupsSettings, with_sentences: bool, groups: Iterable[tuple[bytes, Iterable[bytes]]]
) -> Iterator[bytes]:
    """Yield the summary of each group, whose parts are together; its documents are read by increasing id."""
    limit_workers(1)
    summarizer = group_summarizer(settings, with_sentences=with_sentences)
    for _, parts in groups:
        grouped = new_groups(settings)
        for part in parts:
            grouped.merge(*unpack(part))
        ((key, group),) = grouped.groups.items()
        by_id = sorted(group.kept, key=lambda kept: (natural_order(str(kept.row_key)), kept.document.text))
        group.kept = [document._replace(minus_row=-row) for row, document in enumerate(by_id)]
        yield pack(summarizer(GroupOfTexts(key, group.n_documents, grouped.documents(key))))
