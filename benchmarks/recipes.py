"""Time and peak memory of each recipe, run as DSS runs it, on generated texts.

Run ``python benchmarks/recipes.py``; the tables are written into docs/performance.md. ``--quick`` runs a small part and
writes nothing. The texts are drawn from a hundred topics of a vocabulary of 10,000 words, so that every machine
measures the same rows.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import numpy as np
from pages import replace_part

ROOT = Path(__file__).resolve().parent.parent
N_TOPICS, N_WORDS, WORDS_OF_TOPIC = 100, 10_000, 200
TOPICS = {name: name for name in ("document_topics", "topics", "topic_terms", "model")}


class Run(NamedTuple):
    """A recipe with its inputs, outputs and settings, by role and name."""

    label: str
    recipe: str
    inputs: dict[str, str]
    outputs: dict[str, str]
    config: dict[str, object]


DOCUMENTS = {"documents": "documents"}
GSDMM = Run(
    "Discover topics, GSDMM, at most 100", "text-explorer-topics", DOCUMENTS, TOPICS,
    {"engine": "gsdmm", "n_topics": 100},
)  # fmt: skip
GIBBS = Run(
    "Discover topics, LDA by Gibbs sampling, 50", "text-explorer-topics", DOCUMENTS, TOPICS,
    {"engine": "lda_gibbs", "n_topics": 50},
)  # fmt: skip
GENSIM = Run(
    "Discover topics, LDA by gensim, 50", "text-explorer-topics", DOCUMENTS, TOPICS,
    {"engine": "lda_gensim", "n_topics": 50},
)  # fmt: skip
ASSIGN = Run(
    "Assign topics, the model above", "text-explorer-assign", {**DOCUMENTS, "model": "model"},
    {"document_topics": "assigned", "drift": "drift"}, {},
)  # fmt: skip
SUMMARIES = Run(
    "Summarize texts (extractive), LexRank, a process for each processor", "text-explorer-summarize", DOCUMENTS,
    {"summaries": "summaries"}, {"budget": 1},
)  # fmt: skip
SUMMARIES_ALONE = Run(
    "Summarize texts (extractive), LexRank, one process", "text-explorer-summarize", DOCUMENTS,
    {"summaries": "summaries"}, {"budget": 1, "n_processes": 1},
)  # fmt: skip
GROUPS = Run(
    "Summarize groups of texts, by topic", "text-explorer-summarize-groups", {"documents": "document_topics"},
    {"group_summaries": "groups"}, {"group_columns": ["topic_id"]},
)  # fmt: skip

SIZES: list[tuple[int, int, list[Run]]] = [
    (20_000, 12, [GSDMM, ASSIGN, GENSIM, GIBBS, ASSIGN, SUMMARIES, GROUPS]),
    (100_000, 4, [GIBBS, ASSIGN, GSDMM, ASSIGN, SUMMARIES, GROUPS]),
    (1_000_000, 4, [GSDMM, ASSIGN]),
    (100_000, 100, [GIBBS, ASSIGN, SUMMARIES_ALONE, SUMMARIES]),
]
"""Rows, words of a sentence (a text has three), and what is run on them."""


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a hundredth of the rows; nothing is written")
    quick = parser.parse_args().quick
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("numba", "numpy", "pandas"))
    lines = [f"Python {platform.python_version()}, {versions}; {os.cpu_count()} processors ({platform.machine()})."]
    for n_rows, n_words, runs in SIZES:
        lines += ["", *table(n_rows // 100 if quick else n_rows, n_words, runs)]
    if not quick:
        replace_part("performance.md", "recipes benchmark", "\n".join(lines))


def table(n_rows: int, n_words: int, runs: list[Run]) -> list[str]:
    """Generate texts, run recipes on them, and return the lines of the table, which are printed at once."""
    lines: list[str] = []

    def tell(line: str) -> None:
        print(line, flush=True)
        lines.append(line)

    tell(f"**{n_rows:,} texts of {3 * n_words} words**\n")
    tell("| Recipe | Seconds | CPU seconds | Peak memory (MB) | Rows per second |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        write_texts(Path(folder) / "texts.csv", n_rows, n_words)
        call(Path(folder), "import", "documents", str(Path(folder) / "texts.csv"))
        for run in runs:
            seconds, cpu, megabytes = measured(Path(folder), run)
            tell(f"| {run.label} | {seconds:.1f} | {cpu:.1f} | {megabytes:,.0f} | {n_rows / seconds:,.0f} |")
    return lines


def write_texts(path: Path, n_rows: int, n_words: int) -> None:
    """Write texts of three sentences, most of whose words come from one topic."""
    generator = np.random.default_rng(0)
    words = np.array([f"w{chr(97 + i % 26)}{i:05d}x" for i in range(N_WORDS)])
    topics = generator.choice(N_WORDS, size=(N_TOPICS, WORDS_OF_TOPIC))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["text"])
        for topic in generator.integers(N_TOPICS, size=n_rows):
            own = words[topics[topic][generator.integers(WORDS_OF_TOPIC, size=(3, n_words))]]
            others = words[generator.integers(N_WORDS, size=(3, n_words))]
            chosen = np.where(generator.random((3, n_words)) < 0.8, own, others)
            writer.writerow([" ".join(" ".join(sentence).capitalize() + "." for sentence in chosen)])


def measured(folder: Path, run: Run) -> tuple[float, float, float]:
    """Run a recipe, and return seconds, CPU seconds and the peak memory of its process in megabytes."""
    (folder / "config.json").write_text(json.dumps({"text_column": "text", "language": "en", **run.config}), "utf-8")
    inputs, outputs = ([f"{role}={name}" for role, name in roles.items()] for roles in (run.inputs, run.outputs))
    started = time.monotonic()
    command = arguments_of(folder, "run", run.recipe, "--plugin", str(ROOT), "--input", *inputs)
    process = subprocess.Popen(
        [*command, "--output", *outputs, "--config", str(folder / "config.json")],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{run.recipe} failed; run it by hand to see why.")
    # The recipe is a child of the stand-in; wait4 includes the ended children of a process.
    peak = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    return time.monotonic() - started, usage.ru_utime + usage.ru_stime, peak


def arguments_of(folder: Path, command: str, *arguments: str) -> list[str]:
    """Return the command line of the stand-in."""
    return [sys.executable, "-m", "local_dss", command, "--home", str(folder / "home"), *arguments]


def call(folder: Path, command: str, *arguments: str) -> None:
    """Call the stand-in."""
    subprocess.run(arguments_of(folder, command, *arguments), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
