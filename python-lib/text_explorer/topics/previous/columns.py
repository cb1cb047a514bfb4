"""Names, types and descriptions of the columns of ``topic_changes``."""

from __future__ import annotations

from text_explorer.columns import Column
from text_explorer.topics.columns import DOCUMENT_SHARE, LABEL, N_DOCUMENTS, TOP_TERMS, TOPIC_ID

CHANGE, SIMILARITY, RELATED = "change", "similarity", "related_topics"
LABEL_BEFORE, N_DOCUMENTS_BEFORE, SHARE_BEFORE, TERMS_BEFORE = (
    "label_before", "n_documents_before", "document_share_before", "top_terms_before",
)  # fmt: skip
KEPT, GROWN, SHRUNK, NEW, GONE, SPLIT, MERGED = CHANGES = (
    "kept", "grown", "shrunk", "new", "gone", "split", "merged",
)  # fmt: skip

TOPIC_CHANGES = [
    Column(TOPIC_ID, "bigint", "Number of the topic, the same in both models; a number is never used again"),
    Column(CHANGE, "string", "'kept', 'grown' or 'shrunk' (its share differs, by the 95% interval of the difference), "
     "'new', 'gone' (nothing like it is left), or by the edits of the previous model 'split' or 'merged'"),
    Column(LABEL, "string", "Label now"),
    Column(LABEL_BEFORE, "string", "Label in the previous model, with the edits; empty for a new topic"),
    Column(N_DOCUMENTS_BEFORE, "bigint", "Documents whose main topic it was at the previous training, merged topics "
     "together; of a sub-topic estimated by its share; without documents moved by hand"),
    Column(N_DOCUMENTS, "bigint", "Documents whose main topic it is now"),
    Column(SHARE_BEFORE, "double", "Their share of the documents with a topic at the previous training"),
    Column(DOCUMENT_SHARE, "double", "Their share of the documents with a topic now"),
    Column(SIMILARITY, "double", "Probability of terms that it shares with the previous topic, 0 to 1; of a new or "
     "gone topic, with the most similar one"),
    Column(RELATED, "string", "Other topics it has to do with, a JSON list of numbers: what it was split or merged "
     "into, what was merged into it, what it is a part of; of a new or gone topic, the most similar one"),
    Column(TERMS_BEFORE, "string", "Top terms in the previous model, a JSON list"),
    Column(TOP_TERMS, "string", "Top terms now, a JSON list"),
]  # fmt: skip
"""Columns of the dataset."""
