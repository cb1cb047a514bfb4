"""Names, types and descriptions of the columns 'Assign topics' writes besides those of 'Discover topics'."""

from __future__ import annotations

from text_explorer.columns import Column
from text_explorer.topics import columns

MODEL_TOPIC_ID = "model_topic_id"
UNKNOWN_WORD_SHARE = "unknown_word_share"
SUPER_TOPIC = "super_topic"

STATUS_HIDDEN = "hidden topic"
STATUS_BELOW = "below threshold"

N_DOCUMENTS_TRAINING, N_DOCUMENTS_NOW = "n_documents_training", "n_documents_now"
DOCUMENT_SHARE_TRAINING, DOCUMENT_SHARE_NOW = "document_share_training", "document_share_now"
DIFFERENCE, DIFFERENCE_LOW, DIFFERENCE_HIGH = "difference", "difference_low", "difference_high"
MEAN_SHARE_TRAINING, MEAN_SHARE_NOW = "mean_share_training", "mean_share_now"
N_ROWS_TRAINING, N_ROWS_NOW = "n_rows_training", "n_rows_now"
NO_TOPIC_SHARE_TRAINING, NO_TOPIC_SHARE_NOW = "no_topic_share_training", "no_topic_share_now"
UNKNOWN_WORD_SHARE_TRAINING, UNKNOWN_WORD_SHARE_NOW = "unknown_word_share_training", "unknown_word_share_now"
DISTANCE, DISTANCE_BY_CHANCE = "jensen_shannon_distance", "distance_by_chance"

ALL_TOPICS = "all topics"
"""Label of the row of the drift dataset on all topics together."""


ASSIGNED_TOPICS = [
    Column(columns.TOPIC_ID, "bigint", "Topic of the largest proportion, edits applied; empty where there is none"),
    Column(columns.TOPIC_LABEL, "string", "Label of that topic, as edited"),
    Column(
        columns.TOPIC_PROBABILITY,
        "double",
        "LDA: largest proportion of a topic in the document. GSDMM: its posterior probability. Topics merged into it "
        "included; given below the threshold and for hidden topics too",
    ),
    Column(
        columns.TOPIC_DISTRIBUTION,
        "string",
        "Proportions of the model's own topics, before edits, a JSON array that sums to 1, topic 0 first",
    ),
    Column(
        columns.TOPIC_STATUS,
        "string",
        f"'{columns.STATUS_OK}', '{columns.STATUS_EMPTY}', '{columns.STATUS_UNKNOWN}' (no word of the model), "
        f"'{STATUS_BELOW}' or '{STATUS_HIDDEN}'",
    ),
    Column(MODEL_TOPIC_ID, "bigint", "The model's own topic of the largest proportion, before edits and threshold"),
    Column(
        UNKNOWN_WORD_SHARE,
        "double",
        "Share of the text's words that the model does not know; stop words and ignored parts do not count",
    ),
    Column(SUPER_TOPIC, "string", "Label of the super-topic of that topic, as edited; empty where the model has none"),
]

DRIFT = [
    Column(columns.TOPIC_ID, "bigint", "Number of the model's topic; empty in the row on all topics together"),
    Column(columns.TOPIC_LABEL, "string", f"Label of the topic, or '{ALL_TOPICS}'"),
    Column(N_DOCUMENTS_TRAINING, "bigint", "Training documents whose main topic this is"),
    Column(N_DOCUMENTS_NOW, "bigint", "Documents of this run whose main topic this is"),
    Column(DOCUMENT_SHARE_TRAINING, "double", "Their share of all training documents that have a topic"),
    Column(DOCUMENT_SHARE_NOW, "double", "Their share of all documents of this run that have a topic"),
    Column(DIFFERENCE, "double", "Document share now minus that at training"),
    Column(DIFFERENCE_LOW, "double", "Lower end of the difference's 95% interval (Newcombe 1998, method 10)"),
    Column(DIFFERENCE_HIGH, "double", "Upper end of the difference's 95% interval"),
    Column(MEAN_SHARE_TRAINING, "double", "Mean proportion of the topic in the training documents"),
    Column(MEAN_SHARE_NOW, "double", "Mean proportion of the topic in the documents of this run"),
    Column(N_ROWS_TRAINING, "bigint", "Rows of the training dataset"),
    Column(N_ROWS_NOW, "bigint", "Rows of this run"),
    Column(NO_TOPIC_SHARE_TRAINING, "double", "Share of the training rows without a topic (no text or no known word)"),
    Column(NO_TOPIC_SHARE_NOW, "double", "Share of this run's rows without a topic (no text or no known word)"),
    Column(UNKNOWN_WORD_SHARE_TRAINING, "double", "Share of the words of training that are not in the vocabulary"),
    Column(UNKNOWN_WORD_SHARE_NOW, "double", "Share of the words of this run that are not in the vocabulary"),
    Column(DISTANCE, "double", "Jensen-Shannon distance of the document shares now and at training, from 0 to 1"),
    Column(DISTANCE_BY_CHANCE, "double", "Expected value of that distance by chance"),
]
