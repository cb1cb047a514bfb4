"""Names, types and descriptions of the columns the topic recipes write."""

from __future__ import annotations

from text_explorer.columns import Column

TOPIC_ID = "topic_id"
TOPIC_LABEL = "topic_label"
TOPIC_PROBABILITY = "topic_probability"
TOPIC_DISTRIBUTION = "topic_distribution"
TOPIC_STATUS = "topic_status"
TOPIC_SHARE = "topic_share_"

LABEL = "label"
N_DOCUMENTS = "n_documents"
DOCUMENT_SHARE = "document_share"
TOKEN_SHARE = "token_share"
COHERENCE_NPMI = "coherence_npmi"
COHERENCE_CV = "coherence_cv"
EXCLUSIVITY = "exclusivity"
TOP_TERMS = "top_terms"
DISTINCTIVE_TERMS = "distinctive_terms"
REPRESENTATIVE_DOCUMENTS = "representative_documents"
MAP_X = "map_x"
MAP_Y = "map_y"
PARENT = "parent"
PARENT_LABEL = "parent_label"
EFFECTIVE_DOCUMENTS = "effective_documents"
BORDERLINE_DOCUMENTS = "borderline_documents"
REMARKS = "remarks"

RANK = "rank"
TERM = "term"
PROBABILITY = "probability"
LIFT = "lift"
RELEVANCE = "relevance"
FREX = "frex"
COUNT = "count"
DOCUMENT_COUNT = "document_count"
SALIENCY = "saliency"

STATUS_OK = "ok"
STATUS_EMPTY = "empty text"
STATUS_UNKNOWN = "no known term"
STATUS_BY_MEANING = "by meaning alone"

SCORED_BY = "scored_by"
BY_BOTH, BY_WORDS, BY_MEANING = "words+meaning", "words", "meaning"


DOCUMENT_TOPICS = [
    Column(TOPIC_ID, "bigint", "Topic of the largest proportion; empty where there is none"),
    Column(TOPIC_LABEL, "string", "Label of that topic"),
    Column(TOPIC_PROBABILITY, "double", "LDA: proportion of that topic in the document; GSDMM: its probability"),
    Column(TOPIC_DISTRIBUTION, "string", "Proportions of all topics, a JSON array that sums to 1, topic 0 first"),
    Column(TOPIC_STATUS, "string", f"'{STATUS_OK}', '{STATUS_EMPTY}' or '{STATUS_UNKNOWN}' (no word of the model)"),
]


MEANING = [
    Column(
        SCORED_BY,
        "string",
        f"What the topic rests on: '{BY_BOTH}', '{BY_WORDS}' (no usable embedding) or '{BY_MEANING}' (no word of the "
        "model); empty where there is no topic",
    )
]
"""Written where the model was trained with embeddings."""


def share_columns(n_topics: int) -> list[Column]:
    """Return the columns of the shares of single topics, ``topic_share_0`` and so on."""
    return [
        Column(f"{TOPIC_SHARE}{topic}", "double", f"Proportion of topic {topic}; empty where there is no topic")
        for topic in range(n_topics)
    ]


TOPICS = [
    Column(TOPIC_ID, "bigint", "Number of the topic, assigned at training by decreasing number of documents"),
    Column(
        LABEL,
        "string",
        "Name of a seeded topic; else three or more terms of the highest relevance, as no other topic",
    ),
    Column(N_DOCUMENTS, "bigint", "Documents whose main topic this is"),
    Column(DOCUMENT_SHARE, "double", "Their share of all documents that have a topic"),
    Column(TOKEN_SHARE, "double", "Share of the words of the corpus that belong to the topic"),
    Column(COHERENCE_NPMI, "double", "Mean NPMI of the pairs of its top terms in windows of 10 words of these texts"),
    Column(COHERENCE_CV, "double", "C_v of its top terms, windows of 110 words of these texts. See NPMI, too"),
    Column(EXCLUSIVITY, "double", "Mean of p(term | topic) / sum over topics of it, over the ten top terms"),
    Column(
        TOP_TERMS, "string", "The ten terms of the highest class-based TF-IDF, which coherence measures; a JSON array"
    ),
    Column(DISTINCTIVE_TERMS, "string", "The ten terms of the highest relevance (lambda 0.6), a JSON array"),
    Column(
        REPRESENTATIVE_DOCUMENTS,
        "string",
        "Representative documents of the topic: large proportion, its terms, usual length. JSON of row key, excerpt, "
        "probability, and n_similar, further documents of the same words; empty of federated topics, whose texts never "
        "leave their sites",
    ),
    Column(MAP_X, "double", "Place on the map of topics, from -1 to 1; the manifest has its error"),
    Column(MAP_Y, "double", "Place on the map of topics, from -1 to 1"),
    Column(PARENT, "bigint", "Number of its super-topic, a group of topics with similar terms"),
    Column(PARENT_LABEL, "string", "Label of the super-topic"),
    Column(EFFECTIVE_DOCUMENTS, "double", "Over how many documents its words are spread: exp of their entropy"),
    Column(
        BORDERLINE_DOCUMENTS,
        "string",
        "Documents that could also belong to another topic: JSON of row key, excerpt, probability, the other topic; "
        "empty of federated topics",
    ),
    Column(REMARKS, "string", "Warnings about the topic, and why a coherence is missing: a JSON array of sentences"),
]

TOPIC_TERMS = [
    Column(TOPIC_ID, "bigint", "Number of the topic"),
    Column(RANK, "bigint", "Rank by relevance, from 1"),
    Column(TERM, "string", "Term"),
    Column(PROBABILITY, "double", "p(term | topic)"),
    Column(LIFT, "double", "p(term | topic) / p(term)"),
    Column(RELEVANCE, "double", "0.6 log p(term | topic) + 0.4 log lift"),
    Column(FREX, "double", "Harmonic mean of the term's ranks by frequency and by exclusivity, 0 to 1"),
    Column(COUNT, "bigint", "Occurrences of the term that belong to the topic"),
    Column(DOCUMENT_COUNT, "bigint", "Documents of the whole corpus that contain the term"),
    Column(
        SALIENCY, "double", "Of the term in all topics: p(term) times the divergence of p(topic | term) from p(topic)"
    ),
]

PERIOD = "period"
PARTIAL = "partial"
GROUP_COLUMN = "group_column"
GROUP_VALUE = "group_value"
GROUP_KIND = "group_kind"
MEAN_SHARE = "mean_share"
LOG2_LIFT = "log2_lift"

KIND_VALUE = "value"
KIND_OTHER = "other values"
KIND_EMPTY = "no value"

TOPICS_BY_PERIOD = [
    Column(PERIOD, "string", "First day of the day, week (Monday), month, quarter or year, YYYY-MM-DD, in UTC"),
    Column(TOPIC_ID, "bigint", "Number of the topic"),
    Column(N_DOCUMENTS, "bigint", "Documents of the period that have a topic"),
    Column(DOCUMENT_SHARE, "double", "Share of them whose topic this is; empty where there are none"),
    Column(MEAN_SHARE, "double", "Mean over them of the topic's proportion; empty where there are none"),
    Column(PARTIAL, "boolean", "Whether the last date lies before the period's end, so that documents may be missing"),
]

TOPICS_BY_GROUP = [
    Column(GROUP_COLUMN, "string", "Column the groups are made by"),
    Column(GROUP_VALUE, "string", "Value of that column; or the kind of group where it is not a value"),
    Column(GROUP_KIND, "string", f"'{KIND_VALUE}', '{KIND_OTHER}' (the rarer ones together) or '{KIND_EMPTY}'"),
    Column(TOPIC_ID, "bigint", "Number of the topic"),
    Column(N_DOCUMENTS, "bigint", "Documents of the group that have a topic"),
    Column(DOCUMENT_SHARE, "double", "Share of them whose topic this is"),
    Column(MEAN_SHARE, "double", "Mean over them of the topic's proportion"),
    Column(LOG2_LIFT, "double", "Binary logarithm of mean_share / that of all documents: 1 is twice as much, -1 half"),
]
