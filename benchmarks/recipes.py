"""Time and peak memory of each recipe, run as DSS runs it, on generated texts of a given number.

Usage: python benchmarks/recipes.py [--rows 20000] [--words 12]

The texts are drawn from a hundred topics of a vocabulary of 10,000 words, so that every machine measures the same rows.
Prints a table in Markdown.
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
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
N_TOPICS, N_WORDS, WORDS_OF_TOPIC = 100, 10_000, 200
TOPICS = {name: name for name in ("document_topics", "topics", "topic_terms", "model")}


def main() -> None:
    """Generate, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--words", type=int, default=12, help="words of a sentence; a text has three")
    arguments = parser.parse_args()
    runs = [
        (
            "Discover topics, GSDMM, at most 100",
            "text-explorer-topics",
            "documents",
            TOPICS,
            {"engine": "gsdmm", "n_topics": 100},
        ),
        (
            "Discover topics, LDA, 50",
            "text-explorer-topics",
            "documents",
            TOPICS,
            {"engine": "lda_gensim", "n_topics": 50},
        ),
        ("Summarize texts, LexRank", "text-explorer-summarize", "documents", {"summaries": "summaries"}, {"budget": 1}),
        (
            "Summarize groups, by topic",
            "text-explorer-summarize-groups",
            "document_topics",
            {"group_summaries": "groups"},
            {"group_columns": ["topic_id"]},
        ),
    ]
    print(f"{arguments.rows:,} texts of {3 * arguments.words} words, Python {platform.python_version()}\n")
    print("| Recipe | Seconds | CPU seconds | Peak memory (MB) | Rows per second |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        write_texts(Path(folder) / "texts.csv", arguments.rows, arguments.words)
        call(Path(folder), "import", "documents", str(Path(folder) / "texts.csv"))
        for label, recipe, documents, outputs, config in runs:
            seconds, cpu, megabytes = measured(Path(folder), recipe, documents, outputs, config)
            rate = f"{arguments.rows / seconds:,.0f}"
            print(f"| {label} | {seconds:.1f} | {cpu:.1f} | {megabytes:,.0f} | {rate} |", flush=True)


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


def measured(folder: Path, recipe: str, documents: str, outputs: dict, config: dict) -> tuple[float, float, float]:
    """Run a recipe; give seconds, CPU seconds and the peak memory of its process in megabytes."""
    (folder / "config.json").write_text(json.dumps({"text_column": "text", "language": "en", **config}), "utf-8")
    roles = [f"{role}={name}" for role, name in outputs.items()]
    started = time.monotonic()
    command = arguments_of(folder, "run", recipe, "--plugin", str(ROOT), "--input", f"documents={documents}")
    process = subprocess.Popen(
        [*command, "--output", *roles, "--config", str(folder / "config.json")],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{recipe} failed; run it by hand to see why.")
    # The recipe is a child of the stand-in; what wait4 tells of a process counts its ended children in.
    peak = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    return time.monotonic() - started, usage.ru_utime + usage.ru_stime, peak


def arguments_of(folder: Path, command: str, *arguments: str) -> list[str]:
    """Give the command line of the stand-in."""
    return [sys.executable, "-m", "local_dss", command, "--home", str(folder / "home"), *arguments]


def call(folder: Path, command: str, *arguments: str) -> None:
    """Call the stand-in."""
    subprocess.run(arguments_of(folder, command, *arguments), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
