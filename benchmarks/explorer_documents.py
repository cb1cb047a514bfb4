"""Documents of the benchmark of the webapp's backend, the model trained on some of them, and both as its source."""

from __future__ import annotations

import json
import marshal
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np

N_TOPICS, N_WORDS, CHUNK = 50, 200_000, 10_000
MOST_DIFFERENT = 1_000_000
"""Documents that are drawn; of more, the same ones come again under new ids, as a file of them all takes 7 GB."""
COLUMNS = (
    "id", "text", "date", "country", "product", "rating",
    "topic_id", "topic_label", "topic_probability", "topic_distribution", "topic_status",
)  # fmt: skip
SYLLABLES = ("ka", "ri", "to", "ne", "lu", "mo", "sa", "pe", "vi", "da", "no", "zu", "fe", "gi", "ho", "ba")
Rows = list[tuple[Any, ...]]


def word(number: int) -> str:
    """Make up a word; the lower its number, the more often it occurs."""
    made = SYLLABLES[number % 16]
    while number >= 16:
        number //= 16
        made += SYLLABLES[number % 16]
    return made + "n"


def chunks_of_documents(n_rows: int) -> Iterator[Rows]:
    """Draw documents."""
    from text_explorer.topics.describing.document_topics import distributions_json  # noqa: PLC0415

    generator = np.random.default_rng(0)
    words = np.array([word(number) for number in range(N_WORDS)], dtype=object)
    bounds = np.cumsum(1 / np.arange(1, N_WORDS + 1))
    days = np.datetime64("2015-01-01") + np.arange(3_650)
    day_texts = np.array([f"{day}T00:00:00.000Z" for day in days], dtype=object)
    countries = np.array([f"country {number}" for number in range(60)], dtype=object)
    products = np.array([f"product {number}" for number in range(500)], dtype=object)
    for first in range(0, n_rows, CHUNK):
        n = min(CHUNK, n_rows - first)
        lengths = generator.integers(12, 41, n)
        drawn = words[np.searchsorted(bounds, generator.random(int(lengths.sum())) * bounds[-1])]
        ends = np.concatenate([[0], np.cumsum(lengths)])
        shares = generator.dirichlet(np.full(N_TOPICS, 0.1), n)
        topics = shares.argmax(axis=1)
        yield list(zip(
            range(first, first + n),
            (" ".join(drawn[start:end]) for start, end in zip(ends, ends[1:])),
            day_texts[generator.integers(0, len(days), n)],
            countries[np.minimum(generator.geometric(0.1, n) - 1, 59)],
            products[generator.integers(0, 500, n)], generator.integers(1, 6, n).tolist(),
            topics.tolist(), (f"topic {topic}" for topic in topics), shares.max(axis=1).round(6).tolist(),
            distributions_json(shares), ["ok"] * n,
        ))  # fmt: skip


def train_model(rows: Rows) -> dict[str, bytes]:
    """Train a model on some documents, and return the files of its folder."""
    from text_explorer.corpus.document_term_matrix import build_corpus  # noqa: PLC0415
    from text_explorer.corpus.language.document_languages import DocumentText  # noqa: PLC0415
    from text_explorer.corpus.words.preparation import Preparation  # noqa: PLC0415
    from text_explorer.topics.models.training import EngineSettings, train  # noqa: PLC0415
    from text_explorer.topics.storage.model_folder import make_manifest, model_files  # noqa: PLC0415

    preparation = Preparation(min_documents=1, max_document_share=1.0, max_terms=100_000)
    corpus, _ = build_corpus([DocumentText(row[1], "en") for row in rows], preparation, n_workers=1)
    trained = train(corpus, EngineSettings(engine="lda_gibbs", n_topics=N_TOPICS, seed=1, n_iterations=20))
    facts = {
        "settings": {"text_column": "text", "language": "en"},
        "languages": {"main": "en"},
        "preparation": preparation.as_dict(),
    }
    labels = [f"topic {topic}" for topic in range(N_TOPICS)]
    return model_files(trained, make_manifest(trained, labels=labels, facts=facts))


def write_documents(path: Path, n_rows: int) -> None:
    """Write the different documents to a file and the model's files beside it."""
    with path.open("wb") as file:
        for number, chunk in enumerate(chunks_of_documents(min(n_rows, MOST_DIFFERENT))):
            marshal.dump(chunk, file)
            if number == 0:
                path.with_suffix(".model").write_bytes(marshal.dumps(train_model(chunk)))


class GeneratedSource:
    """The datasets of the benchmark and the folder of its model; the documents come from a file of chunks."""

    def __init__(self, path: Path, n_rows: int):
        self.path, self.n_rows = path, n_rows
        self.files: dict[str, bytes] = marshal.loads(path.with_suffix(".model").read_bytes())

    def config(self) -> dict[str, Any]:
        """Return the settings."""
        return {
            "text_column": "text",
            "id_column": "id",
            "date_column": "date",
            "group_columns": ["country", "product"],
        }

    def identity(self) -> str:
        """Name the documents."""
        return str(self.path)

    def state(self) -> str:
        """Return what distinguishes one file from another."""
        return f"{self.path.stat().st_size} {self.n_rows}"

    def manifest(self) -> dict[str, Any]:
        """Return the model's manifest."""
        return json.loads(self.files["manifest.json"])

    def dataset_name(self, role: str) -> str | None:
        """Name the datasets there are."""
        return role if role in ("document_topics", "topics", "topic_terms") else None

    def columns(self, role: str) -> list[str]:
        """Name the columns of a dataset."""
        return list(COLUMNS) if role == "document_topics" else list(next(iter(self._small(role))))

    def rows(self, role: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a dataset."""
        if role != "document_topics":
            yield from (tuple(row[name] for name in columns) for row in self._small(role))
            return
        indices = [COLUMNS.index(name) for name in columns]
        for number, row in enumerate(islice(chain.from_iterable(self._chunks()), self.n_rows)):
            numbered = (number, *row[1:])
            yield tuple([numbered[index] for index in indices])

    def _chunks(self) -> Iterator[Rows]:
        """Yield the documents of the file over and over."""
        while True:
            with self.path.open("rb") as file:
                while file.peek(1):
                    yield marshal.load(file)

    def model_file(self, path: str) -> bytes | None:
        """Return a file of the model."""
        return self.files.get(path)

    def model_paths(self, prefix: str) -> list[str]:
        """Name files of the model."""
        return [path for path in self.files if path.startswith(prefix)]

    def model_files(self, prefix: str) -> dict[str, bytes]:
        """Return some files of the model."""
        return {path: self.files[path] for path in self.model_paths(prefix)}

    def visitor(self, headers: Any) -> None:
        """Know nobody."""
        return

    def _small(self, role: str) -> list[dict[str, Any]]:
        if role == "topics":
            terms = json.dumps([word(number) for number in range(10)])
            return [
                {"topic_id": topic, "label": f"topic {topic}", "n_documents": 1, "top_terms": terms}
                for topic in range(N_TOPICS)
            ]
        return [
            {"topic_id": topic, "rank": rank, "term": word(topic * 20 + rank), "probability": 0.5 / (rank + 1),
             "lift": 2.0, "count": 10, "document_count": 10}
            for topic in range(N_TOPICS) for rank in range(100)
        ]  # fmt: skip
