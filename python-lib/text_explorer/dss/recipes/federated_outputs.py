"""The datasets of topics that the recipes of a federated training write, for the webapp at every site."""

from __future__ import annotations

from collections.abc import Sequence

from text_explorer.columns import schema_of
from text_explorer.dss.io.datasets import write_rows
from text_explorer.dss.io.exchange import ExchangeFolder
from text_explorer.topics import columns
from text_explorer.topics.federated.rounds import FINISHED, read_round
from text_explorer.topics.federated.tables import topic_tables


def write_topics(topics: Sequence[str], topic_terms: Sequence[str], shared_folder: ExchangeFolder) -> None:
    """Write the datasets whose names are given, without rows as long as the training is not finished."""
    if not topics and not topic_terms:
        return
    shared = read_round(shared_folder.read)
    is_finished = shared is not None and shared.stage == FINISHED
    tables = [[table] for table in topic_tables(shared_folder.read)] if is_finished else [[], []]
    for names, schema, chunks in zip((topics, topic_terms), (columns.TOPICS, columns.TOPIC_TERMS), tables):
        for name in names:
            write_rows(name, schema_of(schema), chunks)
