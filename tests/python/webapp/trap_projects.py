"""Projects with what real datasets hold: empty cells, ids met twice, topics without documents, chains of merges."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.python.unit.explorer.edit_files import edit_file
from tests.python.unit.explorer.memory_source import MemorySource
from tests.python.unit.explorer.theme_source import theme_source

NAN, INFINITY = float("nan"), float("inf")
TRAPS: list[dict[str, Any]] = [
    {"id": "empty", "text": "", "day": "", "place": "", "topic_id": None},
    {"id": "missing", "text": None, "day": None, "place": None, "topic_id": NAN, "topic_probability": NAN},
    {"id": "war-0", "text": "an id met twice", "day": "0001-01-01", "place": "land", "topic_id": 0},
    {"id": "", "text": "zeppelins", "day": "9999-12-31", "place": "=1+1", "topic_id": None, "topic_status": "odd"},
    {"id": None, "text": "army", "day": "soon", "place": "\ud800", "topic_id": 5, "topic_probability": INFINITY},
    {"id": "broken", "text": "gold\0 \ue000", "day": "2024-02-30", "topic_id": "x", "topic_distribution": "[NaN, 1"},
    {"id": "huge", "text": "bank", "topic_id": 1, "topic_distribution": "[1e308, 1e308, -1e308, 1e308]"},
    {"id": "nan", "text": "coin", "day": "2024-01-03", "topic_id": 1, "topic_distribution": "[NaN, Infinity, null]"},
]


def _with_traps(source: MemorySource) -> MemorySource:
    documents = source.tables["document_topics"]
    blank = dict.fromkeys(documents[0])
    documents += [{**blank, **trap} for trap in TRAPS]
    documents[3] |= {"topic_id": None, "topic_distribution": ""}  # the only one of its topic
    terms = source.tables["topic_terms"]
    terms += [{**terms[0], "term": "", "probability": 0.0}, {**terms[0], "probability": NAN, "lift": INFINITY}]
    terms += [{**terms[0], "term": f"huge {lift}", "probability": 1e308, "lift": lift} for lift in (1e-308, 1e308)]
    return source


def _with_stray_topics(source: MemorySource) -> MemorySource:
    """Add topics the model does not have, so that no edit is applied."""
    source.tables["document_topics"][-1]["topic_id"] = 99
    first = source.tables["topics"][0]
    source.tables["topics"] += [
        {**first, "topic_id": 7, "label": "", "representative_documents": "[]"},
        dict.fromkeys(first, NAN) | {"topic_id": 9, "label": None, "top_terms": "[1, null]"},
    ]
    return source


def _with_optional_datasets(source: MemorySource) -> MemorySource:
    texts = {row["id"]: row["text"] for row in source.tables["document_topics"]}
    of_document = {
        "summary": "x",
        "summary_sentences": '[{"start": 0, "end": 999, "score": NaN}]',
        "summary_status": "ok",
    }
    in_group = '[{"row_key": "war-0", "start": 0, "end": 3}, {"row_key": "gone", "start": -1}]'
    fit = {"engine": "gsdmm", "n_topics": 6, "seed": 0, "coherence_npmi": NAN, "status": "ok", "notes": None}
    label = {"topic_id": NAN, "label": "\ud800", "label_source": "llm", "trained_label": None, "evidence": "[1, null"}
    source.tables |= {
        "topic_labels": [label],
        "abstracts": [{"topic_id": 0, "abstract_sentences": '[1, null, {"kept": true, "sources": [{"start": -1}]}]'}],
        "summaries": [{"id": key, "text": text, **of_document} for key, text in texts.items()],
        "group_summaries": [
            {"topic_id": topic, "summary": "x", "summary_sources": in_group, "keyphrases": "[null]", "n_documents": NAN}
            for topic in ("0", "7", "", None)
        ],
        "comparison": [fit, {**fit, "seed": NAN, "perplexity": INFINITY}],
        "suggestion": [{**fit, "suggested_n_topics": NAN, "alternatives": "[NaN]"}],
        "other_topics": [
            {"topic_id": topic, "label": None, "n_documents": NAN, "top_terms": '["army", "navy"]'} for topic in (0, 5)
        ],
        "other_document_topics": [{"id": key, "text": text, "topic_id": NAN} for key, text in texts.items()],
    }
    source.tables["drift"] = [{"topic_id": NAN, "n_documents_training": NAN, "jensen_shannon_distance": INFINITY}] + [
        {"topic_id": row["topic_id"], "n_documents_training": 0, "n_documents_now": 3}
        for row in source.tables["topics"]
    ]
    source.tables["topic_changes"] = [
        {
            "topic_id": row["topic_id"],
            "change": "kept",
            "n_documents": NAN,
            "similarity": INFINITY,
            "related_topics": "[null]",
        }
        for row in source.tables["topics"]
    ]
    source.settings |= {"edits": "my_edits", "stop_words": "my_stop_words"}
    return source


def full() -> MemorySource:
    """Make a project with every dataset, and edits that hide, rename, merge into a hidden topic and in a chain."""
    source = _with_optional_datasets(_with_traps(theme_source()))
    changes = [
        {"topic_id": 2, "merged_into": 1},
        {"topic_id": 1, "merged_into": 0},
        {"topic_id": 0, "hidden": True},
        {"topic_id": 3, "label": "=law", "note": "a note"},
        {"topic_id": 4, "hidden": True},
        {"topic_id": 5, "merged_into": 4},
        {"topic_id": 77, "merged_into": 78},
    ]
    path, content = edit_file(*changes, model_id=source.model["model_id"])
    source.files[path] = content
    return source


def bare() -> MemorySource:
    """Make a project of the three needed datasets, without model, dates and groups."""
    source = _with_stray_topics(_with_traps(theme_source()))
    source.model, source.files = None, {}
    source.settings = {"text_column": "text"}
    return source


def another_run() -> MemorySource:
    """Make a project whose model folder is of another run than the datasets."""
    return _with_stray_topics(full())


def unreadable_extras() -> MemorySource:
    """Make a project whose further datasets were never built and whose edits are damaged."""
    source = full()
    source.unreadable |= {"comparison", "suggestion", "other_topics", "other_document_topics", "drift", "topic_changes"}
    source.files[edit_file({"topic_id": 0})[0]] = b"{"
    return source


def one_document() -> MemorySource:
    """Make a project of one document in the one topic there is."""
    source = _with_optional_datasets(theme_source())
    source.model, source.files = None, {}
    for role, rows in source.tables.items():
        source.tables[role] = rows[:1]
    return source


def without_rows() -> MemorySource:
    """Make a project of datasets without any row."""
    source = _with_optional_datasets(theme_source())
    source.tables = {role: {"columns": list(rows[0])} for role, rows in source.tables.items()}
    return source


def empty_texts() -> MemorySource:
    """Make a project of which no document has a text, a date, a group or a topic."""
    source = _with_optional_datasets(theme_source())
    for row in source.tables["document_topics"]:
        row |= {"text": None, "day": None, "place": None, "topic_id": None, "topic_probability": None}
        row |= {"topic_distribution": json.dumps([]), "topic_status": "empty text"}
    return source


PROJECTS: dict[str, Callable[[], MemorySource]] = {
    builder.__name__: builder
    for builder in (full, bare, another_run, unreadable_extras, one_document, without_rows, empty_texts)
}
