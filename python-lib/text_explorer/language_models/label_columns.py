"""Names, types and descriptions of the columns that 'Label topics' writes."""

from __future__ import annotations

from text_explorer.columns import Column
from text_explorer.language_models.checked_answers import STATUS_FAILED, STATUS_NOT_ASKED, STATUS_OK, STATUS_REFUSED
from text_explorer.topics.columns import LABEL, TOPIC_ID

DESCRIPTION = "description"
COHERENT = "coherent"
EVIDENCE = "evidence"
LABEL_SOURCE = "label_source"
LABEL_STATUS = "label_status"
LABEL_REASON = "label_reason"
TRAINED_LABEL = "trained_label"
LANGUAGE_MODEL = "language_model"
MODEL_ID = "model_id"

FROM_TERMS, FROM_LLM = "terms", "llm"

TOPIC_LABELS = [
    Column(TOPIC_ID, "bigint", "Number of the topic"),
    Column(LABEL, "string", "Label by the language model; where there is none, the label from training"),
    Column(DESCRIPTION, "string", "What the topic is about, by the language model; else empty"),
    Column(COHERENT, "boolean", "Whether the language model finds one theme in the topic; else empty"),
    Column(EVIDENCE, "string", "Terms of the topic that the label rests on, a JSON array; else empty"),
    Column(LABEL_SOURCE, "string", f"'{FROM_LLM}', or '{FROM_TERMS}' for a label from training"),
    Column(
        LABEL_STATUS,
        "string",
        f"'{STATUS_OK}', '{STATUS_REFUSED}' (by our checks), '{STATUS_FAILED}' (the model failed) or "
        f"'{STATUS_NOT_ASKED}' (a limit was reached)",
    ),
    Column(LABEL_REASON, "string", "Why there is no label by the language model; else empty"),
    Column(TRAINED_LABEL, "string", "Label from training, of the topic's most relevant terms"),
    Column(LANGUAGE_MODEL, "string", "Id of the language model"),
    Column(MODEL_ID, "string", "Id of the topic model, which the webapp compares with that of its own"),
]
