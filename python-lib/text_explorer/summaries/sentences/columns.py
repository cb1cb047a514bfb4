"""Names, types and descriptions of the columns the summary recipes write."""

from __future__ import annotations

from text_explorer.columns import Column

SUMMARY = "summary"
SUMMARY_SENTENCES = "summary_sentences"
SUMMARY_STATUS = "summary_status"

N_DOCUMENTS = "n_documents"
N_SENTENCES = "n_sentences"
SUMMARY_SOURCES = "summary_sources"
KEYPHRASES = "keyphrases"

ROW_KEY = "row_key"
SENTENCE_INDEX = "sentence_index"
START = "start"
END = "end"
SENTENCE = "sentence"
SCORE = "score"
RANK = "rank"
CHOSEN = "chosen"
N_REPRESENTED = "n_represented"
REPRESENTED_BY = "represented_by"

STATUS_OK = "ok"
STATUS_SHORT = "short"
STATUS_EMPTY = "empty text"
STATUS_NO_WORD = "no content word"
STATUS_CUT = "cut to the budget"
STATUS_FRAGMENTS = "only fragments"
STATUS_ERROR = "error"


_CUT_AND_FRAGMENTS = (
    f"'{STATUS_CUT}' (no sentence, or none short enough: it holds parts of sentences), '{STATUS_FRAGMENTS}' (no "
    "sentence has the minimum number of content words)"
)


SUMMARIES = [
    Column(SUMMARY, "string", "Chosen sentences of the text; empty where there is no text"),
    Column(
        SUMMARY_SENTENCES,
        "string",
        "Where the sentences stand in the text: JSON of start and end (in characters), score by the method, and rank "
        "(1 was chosen first)",
    ),
    Column(
        SUMMARY_STATUS,
        "string",
        f"'{STATUS_OK}', '{STATUS_SHORT}' (the text is within the maximum length and is unchanged), "
        f"{_CUT_AND_FRAGMENTS}, '{STATUS_EMPTY}', '{STATUS_NO_WORD}' (no content word: the first sentences) or "
        f"'{STATUS_ERROR}' (see the log)",
    ),
]

KEYPHRASES_OF_TEXTS = Column(
    KEYPHRASES, "string", "Words and short phrases that show what the text is about, a JSON array; the best first"
)
"""Comes behind the others where keyphrases are wanted."""

GROUP_SUMMARIES = [
    Column(N_DOCUMENTS, "bigint", "Rows of the group whose text is not blank"),
    Column(N_SENTENCES, "bigint", "Sentences the summary was chosen from"),
    Column(SUMMARY, "string", "Chosen sentences of the group's texts"),
    Column(
        SUMMARY_SOURCES,
        "string",
        "Where the sentences come from: JSON of row key, start and end in that row's text (in characters), and score",
    ),
    Column(KEYPHRASES, "string", "Words and short phrases that set the group apart from the others, a JSON array"),
    Column(
        SUMMARY_STATUS,
        "string",
        f"'{STATUS_OK}', '{STATUS_SHORT}' (all sentences of the group are within the maximum length; of "
        f"several texts, repeated ones are left out), {_CUT_AND_FRAGMENTS}, '{STATUS_EMPTY}', '{STATUS_NO_WORD}' "
        f"(no content word: the first sentences) or '{STATUS_ERROR}' (see the log)",
    ),
]

SENTENCES = [
    Column(ROW_KEY, "string", "The row's id, or its number from 0"),
    Column(SENTENCE_INDEX, "bigint", "Place of the sentence in its text, from 0"),
    Column(START, "bigint", "First character of the sentence in the text, from 0"),
    Column(END, "bigint", "Character after its last"),
    Column(SENTENCE, "string", "The sentence"),
    Column(SCORE, "double", "Score by the method; comparable within one text only"),
    Column(RANK, "bigint", "Order of choice, from 1; empty where the sentence is not in the summary"),
    Column(CHOSEN, "boolean", "Whether the sentence is in the summary"),
    Column(
        N_REPRESENTED,
        "bigint",
        "How many sentences a chosen one stands for, itself included: those that are more like it than like another "
        "chosen sentence; empty where the sentence is not in the summary",
    ),
    Column(
        REPRESENTED_BY,
        "bigint",
        "Rank of the chosen sentence that stands for this one; empty where none is like it",
    ),
]
