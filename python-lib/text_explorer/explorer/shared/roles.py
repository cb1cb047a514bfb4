"""Names and limits the webapp shares: roles, columns read and statuses."""

from __future__ import annotations

import re
from typing import Any, Optional

from text_explorer.columns import names_of
from text_explorer.summaries.sentences import columns as summary_columns
from text_explorer.topics import columns as topic_columns
from text_explorer.topics.assignment.columns import ASSIGNED_TOPICS
from text_explorer.topics.models.engines import ENGINES, probability_wording

# Roles of the webapp's settings, in the order they are read.
DOCUMENT_TOPICS = "document_topics"
TOPICS = "topics"
TOPIC_TERMS = "topic_terms"
SUMMARIES = "summaries"
GROUP_SUMMARIES = "group_summaries"
COMPARISON = "comparison"
SUGGESTION = "suggestion"
OTHER_TOPICS = "other_topics"
OTHER_TOPIC_TERMS = "other_topic_terms"
OTHER_DOCUMENT_TOPICS = "other_document_topics"
DRIFT = "drift"
TOPIC_CHANGES = "topic_changes"
TOPIC_LABELS = "topic_labels"
ABSTRACTS = "abstracts"
REQUIRED_ROLES = (DOCUMENT_TOPICS, TOPICS, TOPIC_TERMS)
# Without these the page still opens and names what is missing.
DISPENSABLE_ROLES = (
    COMPARISON, SUGGESTION, OTHER_TOPICS, OTHER_TOPIC_TERMS, OTHER_DOCUMENT_TOPICS, DRIFT, TOPIC_CHANGES, TOPIC_LABELS,
    ABSTRACTS,
)  # fmt: skip
# Few enough rows to be read whenever the state of the data is asked for, where the storage has no sign of it.
SMALL_ROLES = (TOPICS, COMPARISON, SUGGESTION, OTHER_TOPICS, DRIFT, TOPIC_CHANGES, TOPIC_LABELS, ABSTRACTS)

ROLE_LABELS = {
    DOCUMENT_TOPICS: "Documents with topics",
    TOPICS: "Topics",
    TOPIC_TERMS: "Topic terms",
    SUMMARIES: "Summaries",
    GROUP_SUMMARIES: "Topic summaries",
    COMPARISON: "Comparison",
    SUGGESTION: "Suggestion",
    OTHER_TOPICS: "Topics of the other model",
    OTHER_TOPIC_TERMS: "Terms of the other model",
    OTHER_DOCUMENT_TOPICS: "Documents of the other model",
    DRIFT: "Drift",
    TOPIC_LABELS: "Topic labels",
    ABSTRACTS: "Topic abstracts",
    TOPIC_CHANGES: "Topic changes",
}

DATASET_ROLES = tuple(ROLE_LABELS)

# Recipes that write a dataset of a role.
WRITTEN_BY = {
    **dict.fromkeys(DATASET_ROLES, "Discover topics"),
    **dict.fromkeys((COMPARISON, SUGGESTION), "Compare numbers of topics"),
    SUMMARIES: "Summarize texts (extractive)",
    GROUP_SUMMARIES: "Summarize groups of texts",
    DRIFT: "Assign topics",
    TOPIC_LABELS: "Label topics",
    ABSTRACTS: "Write abstracts",
}

# Columns the topic recipe adds to the documents; the manifest says under which name each was written.
TOPIC_COLUMNS = tuple(names_of(topic_columns.DOCUMENT_TOPICS))
SUMMARY_COLUMNS = tuple(names_of(summary_columns.SUMMARIES))

# What the topic recipes added, also in an earlier run, whose columns the later one left as they were.
_ADDED = "|".join(dict.fromkeys((*TOPIC_COLUMNS, *names_of([*ASSIGNED_TOPICS, *topic_columns.MEANING]))))
OWN_COLUMN = re.compile(rf"(?P<name>{_ADDED}|topic_share_\d+)(?P<suffix>_\d+)?")

STATUS_OK = topic_columns.STATUS_OK
# Of statuses and group values beyond those that are distinguished.
OTHER_STATUS = "other"
OTHER_VALUES, NO_VALUE = topic_columns.KIND_OTHER, topic_columns.KIND_EMPTY

# One page of documents must stay small enough to draw at once.
DEFAULT_PAGE_SIZE = 25
MAX_PAGE_SIZE = 100
# No one reads a longer text in a browser pane, and a browser lays out no more in one go.
MAX_TEXT = 400_000
MAX_TERMS = 500
MAX_QUERY = 200
EXCERPT_LENGTH = 260


def engine_wording(engine: Optional[str]) -> dict[str, Any]:
    """Return the engine of the topics and the wording of its probability: a proportion is not a confidence."""
    wording = probability_wording(engine)
    return {
        "id": engine,
        "label": ENGINES[engine].description if engine in ENGINES else engine,
        "probability_name": wording.name,
        "probability_explanation": wording.explanation,
    }
