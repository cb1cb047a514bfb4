"""Measure what embeddings and language models cost apart from the models: bytes, CPU time, tokens.

Run ``python benchmarks/cost.py``. Vectors are drawn at random; topics, labels and abstracts are those of the sample
dataset, by a scripted model of the stand-in for DSS, so that tokens are counted and nothing is paid. The tables
replace those in docs/cost.md.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "python-lib"))
from pages import replace_part  # noqa: E402

from text_explorer.corpus.embeddings.parsing import embedding_cell, parse_embedding  # noqa: E402
from text_explorer.corpus.embeddings.projection import MOST_ROWS, Projection, fit_projection  # noqa: E402
from text_explorer.language_models.embedding.answers import EmbeddedText  # noqa: E402
from text_explorer.language_models.embedding.limited_embedder import LimitedEmbedder  # noqa: E402
from text_explorer.language_models.embedding.vector_files import vector_file  # noqa: E402
from text_explorer.language_models.embedding.vector_store import VectorStore  # noqa: E402
from text_explorer.language_models.limited_model import Limits  # noqa: E402

PAGE = "cost.md"
LENGTHS = (384, 768, 1_536)
N_VECTORS, N_FITTED = 1_000, (2_048, 4_096)
MILLION = 1_000_000
SAMPLE = ROOT / "sample-datasets" / "text-explorer-reviews"
LABELS = {
    "match": r'"terms": \["([^"]+)", "([^"]+)"',
    "text": '{"label": "\\1 and \\2", "description": "Reviews that mention \\1 and \\2.", "coherent": true, '
    '"evidence": ["\\1", "\\2"]}',
}
ABSTRACTS = {
    "match": r'"1": "([^"\\]*)".*"2": "([^"\\]*)"',
    "text": '{"abstract": [{"sentence": "\\1", "sources": [1]}, {"sentence": "\\2", "sources": [2]}]}',
}


def main() -> None:
    """Measure, and write the tables, both or the one named as argument."""
    for name, table in {"embeddings": _table_of_embeddings, "tokens": _table_of_tokens}.items():
        if name in (sys.argv[1:] or [name]):
            replace_part(PAGE, f"{name} benchmark", table())


def _cpu_seconds(work: Callable[[], Any]) -> float:
    work()  # compiles
    started = time.process_time()
    work()
    return time.process_time() - started


def _table_of_embeddings() -> str:
    head = (
        "| Numbers | In the column, GB | compressed, GB | *Kept embeddings*, GB | Embed, s | Read, s | Project, s |\n"
        "|---|---|---|---|---|---|---|"
    )
    rows = [_row_of_embeddings(n_numbers) for n_numbers in LENGTHS]
    memory = f"Memory of *Embed texts* for each different text: {_bytes_of_a_text():.0f} bytes."
    return "\n".join([head, *rows, "", memory])


def _row_of_embeddings(n_numbers: int) -> str:
    vectors = _unit_vectors(N_VECTORS, n_numbers)
    cells = list(map(embedding_cell, vectors))
    column = "\n".join(cells).encode()
    gigabytes = MILLION / N_VECTORS / 1e9
    kept = len(vector_file("model", np.arange(N_VECTORS), vectors)[1])
    scale = MILLION / N_VECTORS
    seconds = (
        scale * _cpu_seconds(lambda: _embed_all(vectors)),
        scale * _cpu_seconds(lambda: list(map(parse_embedding, cells))),
        _seconds_of_projection(n_numbers),
    )
    sizes = (len(column), len(gzip.compress(column)), kept)
    shown = [f"{size * gigabytes:.1f}" for size in sizes] + [f"{value:,.0f}" for value in seconds]
    return f"| {n_numbers:,} | {' | '.join(shown)} |"


def _unit_vectors(n: int, n_numbers: int) -> np.ndarray:
    drawn = np.random.default_rng(n_numbers).normal(size=(n, n_numbers))
    return (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)


def _embed_all(vectors: np.ndarray) -> None:
    """Do what 'Embed texts' does of different texts, with a model that takes no time."""
    texts = [str(number) for number in range(len(vectors))]

    def embed(asked: Sequence[str]) -> list[EmbeddedText]:
        return [EmbeddedText(vectors[int(text)]) for text in asked]

    embedder = LimitedEmbedder(embed, VectorStore("model"), Limits(MILLION, 10**12))
    for first in range(0, len(texts), 1_000):
        for found in embedder.embeddings(texts[first : first + 1_000]):
            embedding_cell(found.vector)


def _seconds_of_projection(n_numbers: int) -> float:
    """CPU seconds for a million rows: directions from at most `MOST_ROWS` of them, then the projection of all."""
    few, many = (_unit_vectors(n, n_numbers) for n in N_FITTED)
    of_few, projection = _timed_fit(few)
    of_many, _ = _timed_fit(many)
    a_row = max(0.0, of_many - of_few) / (len(many) - len(few))
    units = _cpu_seconds(lambda: projection.units(few)) / len(few)
    return of_few + a_row * (MOST_ROWS - len(few)) + MILLION * units


def _timed_fit(embeddings: np.ndarray) -> tuple[float, Projection]:
    started = time.process_time()
    projection = fit_projection(embeddings)
    assert projection is not None
    return time.process_time() - started, projection


def _bytes_of_a_text(n_texts: int = 100_000) -> float:
    keys = np.random.default_rng(0).integers(2**62, size=n_texts)
    file = vector_file("model", keys, np.ones((n_texts, 1), dtype=np.float32))
    store = VectorStore("model")
    tracemalloc.start()
    store.load(*file)
    used = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return used / n_texts


def _table_of_tokens() -> str:
    with tempfile.TemporaryDirectory() as folder:
        flow = _Flow(Path(folder))
        labels = [flow.label(name) for name in ("counts", "no_usage")]
        abstracts = [flow.abstract(name) for name in ("counts", "no_usage")]
    head = (
        "| Recipe | Calls | Words a question | Estimated tokens | Words an answer | Estimated tokens |\n"
        "|---|---|---|---|---|---|"
    )
    return "\n".join([head, _row_of_tokens("Label topics", labels), _row_of_tokens("Write abstracts", abstracts)])


def _row_of_tokens(recipe: str, reports: Sequence[dict[str, Any]]) -> str:
    counted, estimated = reports
    figures = [
        report[name] / report["calls"]
        for name in ("prompt_tokens", "completion_tokens")
        for report in (counted, estimated)
    ]
    return f"| {recipe} | {counted['calls']} | {' | '.join(f'{figure:.0f}' for figure in figures)} |"


class _Flow:
    """Topics and summaries of the sample dataset in a home of the stand-in, for a language model to be asked about."""

    def __init__(self, folder: Path):
        self._folder = folder
        answers = [LABELS, ABSTRACTS]
        models = [{"id": "counts", "answers": answers}, {"id": "no_usage", "behaviour": "no_usage", "answers": answers}]
        (folder / "home").mkdir()
        (folder / "home" / "instance.json").write_text(json.dumps({"llms": models}), "utf-8")
        names = [column["name"] for column in json.loads((SAMPLE / "dataset.json").read_text("utf-8"))["columns"]]
        rows = (SAMPLE / "data" / "reviews.csv").read_text("utf-8")
        (folder / "reviews.csv").write_text(f"{','.join(names)}\n{rows}", "utf-8")
        self._call("import", "reviews", str(folder / "reviews.csv"))
        outputs = {role: role for role in ("document_topics", "topics", "topic_terms", "model")}
        config = {"text_column": "review", "language": "en", "n_topics": 20}
        self._run("topics", {"documents": "reviews"}, outputs, config)
        config = {"text_column": "review", "language": "en", "group_columns": ["topic_id"]}
        outputs = {"group_summaries": "summaries", "sentences": "sentences"}
        self._run("summarize-groups", {"documents": "document_topics"}, outputs, config)

    def label(self, model: str) -> dict[str, Any]:
        """Return the report of labels by a model."""
        inputs = {"model": "model", "topics": "topics"}
        self._run("label", inputs, {"topic_labels": f"labels_{model}"}, {"language_model": model})
        return self._report("model", "topic-labels-report.json")

    def abstract(self, model: str) -> dict[str, Any]:
        """Return the report of abstracts by a model."""
        outputs = {"abstracts": f"abstracts_{model}", "answers": f"answers_{model}"}
        self._run("abstract", {"sentences": "sentences"}, outputs, {"language_model": model})
        return self._report(f"answers_{model}", "abstracts-report.json")

    def _report(self, folder: str, name: str) -> dict[str, Any]:
        target = self._folder / f"exported_{folder}_{time.monotonic_ns()}"
        self._call("export-folder", folder, str(target))
        report: dict[str, Any] = json.loads((target / name).read_text("utf-8"))
        return report

    def _run(self, recipe: str, inputs: dict[str, str], outputs: dict[str, str], config: dict[str, Any]) -> None:
        path = self._folder / "config.json"
        path.write_text(json.dumps(config), "utf-8")
        ends = [
            argument
            for option, ends in (("--input", inputs), ("--output", outputs))
            for role, name in ends.items()
            for argument in (option, f"{role}={name}")
        ]
        options = ("--plugin", str(ROOT), "--config", str(path), "--form-defaults")
        self._call("run", f"text-explorer-{recipe}", *ends, *options)

    def _call(self, command: str, *arguments: str) -> None:
        called = [sys.executable, "-m", "local_dss", command, "--home", str(self._folder / "home"), *arguments]
        done = subprocess.run(called, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr)


if __name__ == "__main__":
    main()
