"""The documents of a corpus where Spark holds them, as bags of terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Optional

from pyspark import RDD, SparkContext

from text_explorer.concurrency.sending import unpack
from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.dss.spark.describing.count_tasks import add_counts, count_documents
from text_explorer.dss.spark.shipping import Shipment
from text_explorer.topics.models.documents import Counts, Documents


@dataclass(frozen=True)
class SparkDocuments(Documents):
    """Documents in Spark's workers, which count them; each count is one job, and its sum all that the driver gets."""

    context: SparkContext
    shipment: Shipment
    bags: RDD[bytes]

    def count(self, count: Callable[[Corpus], Counts], n_at_once: Optional[int] = None) -> Counts:
        """See `Documents`; what `count` knows, such as a model, is sent to each worker once."""
        sent = self.context.broadcast(count)
        try:
            counted = self.bags.mapPartitions(self.shipment.task(count_documents, n_at_once, broadcasts=[sent]))
            total: Counts = unpack(counted.treeReduce(self.shipment.task(add_counts)))
        finally:
            sent.destroy()
        return total
