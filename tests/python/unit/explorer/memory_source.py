"""A source of datasets held in memory, and a small corpus whose answers are known by construction."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from text_explorer.columns import Column, names_of
from text_explorer.errors import DataError, SettingsError
from text_explorer.explorer.shared.source import Visitor

EMOJI_TEXT = "😀 Ünïcode 𝒜stral. A second sentence 🎉 here."
HEBREW_TEXT = "שלום עולם. זה משפט שני."
SCRIPT_TEXT = "<script>alert(1)</script> & <b>bold</b> dogs"
SCRIPT_LABEL = "<img src=x onerror=alert(1)>"
TEXTS = ["Cats purr. Dogs bark.", "Cats purr. Dogs bark.", SCRIPT_TEXT, EMOJI_TEXT, HEBREW_TEXT, "", "NA"]
KEYS = ["a", "b", "c", "d", "e", "f", "g"]
TOPIC_OF = [0, 0, 1, 1, 0, None, None]
SHARES = [[0.75, 0.25], [0.875, 0.125], [0.5, 0.5], [0.25, 0.75], [1.0, 0.0], [], []]
STATUSES = ["ok", "ok", "ok", "ok", "ok", "empty text", "no known term"]
LABELS = {0: "cats, dogs", 1: SCRIPT_LABEL}
SECOND_SENTENCE = [EMOJI_TEXT.index("A second"), len(EMOJI_TEXT)]


class MemorySource:
    """Datasets as lists of dicts, by role; the settings, the manifest and the state can be set freely.

    ``place`` is its identity.
    ``files`` holds the model folder, ``written`` what was written to the datasets of people's decisions by role,
    ``unwritable`` the roles whose dataset (or ``model``, whose folder) refuses;
    ``guest`` is the visitor who does not name another one by the header ``Visitor``.
    """

    def __init__(self, tables: dict[str, Any], manifest: dict[str, Any] | None = None, **config: Any):
        self.tables = tables
        self.model = manifest
        self.settings = {"text_column": "text", "id_column": "id", **config}
        self.place = "here"
        self.version = "1"
        self.unreadable: set[str] = set()
        self.n_readings = 0
        self.gate: threading.Event | None = None
        self.files: dict[str, bytes] = {}
        self.written: dict[str, list[dict[str, Any]]] = {}
        self.unwritable: set[str] = set()
        self.guest: Visitor | None = Visitor("ann", "Ann Example")

    def config(self) -> dict[str, Any]:
        return dict(self.settings)

    def identity(self) -> str:
        return self.place

    def state(self) -> str:
        return self.version

    def manifest(self) -> dict[str, Any] | None:
        return self.model

    def dataset_name(self, role: str) -> str | None:
        return f"my_{role}" if role in self.tables else self.settings.get(role)

    def columns(self, role: str) -> list[str]:
        if role in self.unreadable:
            raise DataError(f"The dataset 'my_{role}' cannot be read. Build it, then try again.")
        rows = self.tables[role]
        return rows["columns"] if isinstance(rows, dict) else list(rows[0])

    def rows(self, role: str, columns: Sequence[str]) -> Iterator[Sequence[Any]]:
        if role == "document_topics":
            self.n_readings += 1
            if self.gate is not None:
                self.gate.wait(10)
        rows = self.tables[role]
        for row in [] if isinstance(rows, dict) else rows:
            yield [row[column] for column in columns]

    def model_file(self, path: str) -> bytes | None:
        if path == "manifest.json" and path not in self.files and self.model is not None:
            return json.dumps(self.model).encode()
        return self.files.get(path)

    def model_paths(self, prefix: str) -> list[str]:
        return sorted(path for path in list(self.files) if path.startswith(prefix))

    def model_files(self, prefix: str) -> dict[str, bytes]:
        return {path: self.files[path] for path in self.model_paths(prefix)}

    def add_model_file(self, path: str, content: bytes) -> None:
        if self.model is None:
            raise SettingsError(["This webapp has no model folder. Select 'Model' in its settings."])
        if "model" in self.unwritable:
            raise DataError("The folder of the setting 'Model' cannot be written, so nothing was saved.")
        self.files[path] = content

    def write_table(self, role: str, columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> None:
        if role in self.unwritable:
            raise DataError(f"The dataset '{self.dataset_name(role)}' cannot be written.")
        self.written[role] = [dict(zip(names_of(columns), row)) for row in rows]

    def visitor(self, headers: Mapping[str, str]) -> Visitor | None:
        login = headers.get("Visitor")
        return self.guest if login is None else Visitor(login, login.title())


def document_rows(**names: str) -> list[dict[str, Any]]:
    """Make the documents; ``names`` renames added columns, as a suffix does when the input had them."""
    rows = []
    for i, text in enumerate(TEXTS):
        topic = TOPIC_OF[i]
        added = {
            "topic_id": topic,
            "topic_label": LABELS.get(topic, ""),
            "topic_probability": None if topic is None else SHARES[i][topic],
            "topic_distribution": json.dumps(SHARES[i]) if SHARES[i] else "",
            "topic_status": STATUSES[i],
        }
        rows.append(
            {"id": KEYS[i], "text": text, "stars": i} | {names.get(name, name): cell for name, cell in added.items()}
        )
    return rows


def topic_rows() -> list[dict[str, Any]]:
    """Make the topics, with one representative each and one that points to no document."""
    representatives = [
        [
            {"row_key": "b", "excerpt": "Cats purr.", "probability": 0.875, "n_similar": 40},
            {"row_key": "gone", "excerpt": "?"},
        ],
        [{"row_key": "d", "excerpt": "😀", "probability": 0.75}],
    ]
    return [
        {
            "topic_id": topic,
            "label": LABELS[topic],
            "n_documents": n,
            "document_share": share,
            "token_share": 0.5,
            "top_terms": json.dumps(["cats", "dogs"]),
            "distinctive_terms": "[]",
            "representative_documents": json.dumps(representatives[topic]),
        }
        for topic, n, share in ((0, 3, 0.6), (1, 2, 0.4))
    ]


def term_rows() -> list[dict[str, Any]]:
    """Make the terms of topic 0: "cats" is common, "purr" distinctive."""
    terms = [("cats", 0.5, 1.25, 8, 4), ("purr", 0.25, 2.0, 4, 2), ("dogs", 0.125, 0.5, 2, 2)]
    return [
        {
            "topic_id": 0,
            "rank": rank,
            "term": term,
            "probability": probability,
            "lift": lift,
            "relevance": None,
            "count": count,
            "document_count": n_documents,
        }
        for rank, (term, probability, lift, count, n_documents) in enumerate(terms, start=1)
    ]


def summary_rows() -> list[dict[str, Any]]:
    """Make summaries of the first and the emoji document, in another order than the documents."""
    start, end = SECOND_SENTENCE
    return [
        {
            "id": "d",
            "text": EMOJI_TEXT,
            "summary": EMOJI_TEXT[start:end],
            "summary_sentences": json.dumps([{"start": start, "end": end, "score": 0.5, "rank": 1}]),
            "summary_status": "ok",
        },
        {
            "id": "a",
            "text": TEXTS[0],
            "summary": "Cats purr.",
            "summary_sentences": json.dumps([{"start": 0, "end": 10, "score": 0.5, "rank": 1}]),
            "summary_status": "ok",
        },
    ]


def group_rows() -> list[dict[str, Any]]:
    """Make the summary of topic 1: one sentence of the emoji document."""
    start, end = SECOND_SENTENCE
    return [
        {
            "topic_id": "1",
            "n_documents": 2,
            "n_sentences": 4,
            "summary": EMOJI_TEXT[start:end],
            "summary_sources": json.dumps([{"row_key": "d", "start": start, "end": end, "score": 0.25}]),
            "keyphrases": json.dumps(["bold", "<b>"]),
        }
    ]


def small_source(**config: Any) -> MemorySource:
    """Make the whole small corpus, with a model trained by GSDMM."""
    return MemorySource(
        {
            "document_topics": document_rows(),
            "topics": topic_rows(),
            "topic_terms": term_rows(),
            "summaries": summary_rows(),
            "group_summaries": group_rows(),
        },
        {
            "format_version": 1,
            "engine": "gsdmm",
            "model_id": "0123456789abcdef" * 2,
            "n_topics": 2,
            "n_terms": 9,
            "topic_labels": [LABELS[0], LABELS[1]],
            "settings": {"text_column": "text", "seed": 42},
        },
        **config,
    )
