"""Bring the embeddings that Spark's workers read to the vectors of a corpus, the same as on one machine.

Workers parse and project. The driver fits the projection to the embeddings of the smallest hashes, at most 100,000, and
receives the vectors, at most 64 numbers a document.
"""

from __future__ import annotations

from typing import Optional

import numpy as np
from pyspark import RDD

from text_explorer.concurrency.sending import unpack
from text_explorer.corpus.embeddings.document_vectors import DocumentVectors
from text_explorer.corpus.embeddings.parsing import EmbeddingKind, main_kind
from text_explorer.corpus.embeddings.projection import Projection
from text_explorer.corpus.growing_array import GrowingArray
from text_explorer.dss.io.embedding_reader import projection_of
from text_explorer.dss.spark.corpus import embedding_tasks as tasks
from text_explorer.dss.spark.corpus.tasks import TextCounts
from text_explorer.dss.spark.session import Spark, fetched_once
from text_explorer.dss.spark.shipping import Shipment


def read_vectors(
    spark: Spark, shipment: Shipment, blocks: RDD[bytes], counts: TextCounts, column: str
) -> Optional[DocumentVectors]:
    """Return the vectors of all documents in the order of their keys; see `embedding_reader.document_vectors`."""
    kind = main_kind(counts.kinds, counts.faults, column)
    hashed = blocks.mapPartitions(shipment.task(tasks.hash_embeddings, kind))
    hashes = unpack(hashed.treeReduce(shipment.task(tasks.add_hashes)))
    chosen = spark.context.broadcast(hashes)
    select = shipment.task(tasks.select_embeddings, kind, broadcasts=[chosen])
    embeddings = GrowingArray(np.float32)
    received = np.zeros(len(hashes), dtype=np.bool_)
    for of_some, some in fetched_once(blocks.mapPartitions(select), chosen):  # equal ones come from several partitions
        places = np.searchsorted(hashes, of_some)
        embeddings.append(some[~received[places]].ravel())
        received[places] = True
    projection = projection_of(embeddings.array().reshape(-1, kind.n_numbers), counts.faults, column)
    return None if projection is None else _projected(spark, shipment, blocks, kind, projection)


def _projected(
    spark: Spark, shipment: Shipment, blocks: RDD[bytes], kind: EmbeddingKind, projection: Projection
) -> DocumentVectors:
    broadcast = spark.context.broadcast(projection)
    project = shipment.task(tasks.project_embeddings, kind, broadcasts=[broadcast])
    keys, values = GrowingArray(np.int64), GrowingArray(np.float32)
    for of_block, units in fetched_once(blocks.mapPartitions(project), broadcast):
        keys.append(of_block)
        values.append(units.ravel())
    order = np.argsort(keys.array(), kind="stable")
    in_order = np.asarray(values.array().reshape(-1, projection.n_dimensions)[order])
    return DocumentVectors(in_order, projection, kind.source)
