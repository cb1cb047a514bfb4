"""Run 'Assign topics (Spark)': read a model folder once, and send it to the workers, which read the documents."""

from __future__ import annotations

import time
from contextlib import closing
from typing import Optional

from text_explorer.dss.batches import on_spark
from text_explorer.dss.batches.assign import AssignedCounts, added_columns, columns_read
from text_explorer.dss.forms.assign import AssignSettings
from text_explorer.dss.io.datasets import AddedColumns, InputDataset
from text_explorer.dss.recipes.assign import log_rows, read_topics
from text_explorer.dss.spark.preflight import LIBRARIES
from text_explorer.dss.spark.rows import WorkedRows, rows_on_spark
from text_explorer.topics.edits.edit_log import TopicEdits
from text_explorer.topics.storage.stored_model import StoredTopics
from text_explorer.topics.storage.training_profile import TopicProfile


def assign_on_spark(
    name: str, documents: InputDataset, model: str, settings: AssignSettings
) -> tuple[StoredTopics, TopicEdits, TopicProfile]:
    """Write every row with its topic, in no particular order; return model, edits and the topics in these rows."""
    started, files = time.monotonic(), dict[str, Optional[bytes]]()
    topics, edits = read_topics(model, settings, files)
    added = added_columns(topics, settings)
    output = AddedColumns(documents.schema, added)
    with rows_on_spark(documents.name, documents.schema, libraries=(*LIBRARIES, "pandas")) as rows:
        row_format = rows.row_format(columns_read(edits, settings), added)
        sent = [rows.broadcast(value) for value in (files, edits)]
        task = rows.shipment.task(on_spark.assign, row_format, topics.model_id, settings, broadcasts=sent)
        with closing(WorkedRows(rows, task)) as worked:
            counts = worked.merge_counts(AssignedCounts(topics, settings))
            worked.write(name, output)
    log_rows(documents.name, output, counts, settings, time.monotonic() - started)
    return topics, edits, counts.profile.profile()
