"""Names, types and descriptions of the columns that 'Write abstracts' writes."""

from __future__ import annotations

from text_explorer.columns import Column
from text_explorer.language_models.checked_answers import STATUS_FAILED, STATUS_NOT_ASKED, STATUS_OK, STATUS_REFUSED

N_CHOSEN = "n_chosen_sentences"
ABSTRACT = "abstract"
ABSTRACT_SENTENCES = "abstract_sentences"
ABSTRACT_STATUS = "abstract_status"
ABSTRACT_REASON = "abstract_reason"
LANGUAGE_MODEL = "language_model"

STATUS_UNSUPPORTED = "unsupported sentences"

ABSTRACTS = [
    Column(N_CHOSEN, "bigint", "Chosen sentences, which the abstract rests on"),
    Column(ABSTRACT, "string", "Abstract by the language model; empty where there is none"),
    Column(
        ABSTRACT_SENTENCES,
        "string",
        "Its sentences, a JSON array: sentence, whether it is in the abstract (kept), what its sources do not have "
        "(fault, or null) and sources: row key, start and end in that row's text, and the sentence there",
    ),
    Column(
        ABSTRACT_STATUS,
        "string",
        f"'{STATUS_OK}', '{STATUS_UNSUPPORTED}' (left out unless the form keeps them), '{STATUS_REFUSED}' (by our "
        f"checks), '{STATUS_FAILED}' (the model failed) or '{STATUS_NOT_ASKED}' (a limit was reached)",
    ),
    Column(ABSTRACT_REASON, "string", "Why there is no abstract, or what unsupported sentences lack; else empty"),
    Column(LANGUAGE_MODEL, "string", "Id of the language model"),
]
