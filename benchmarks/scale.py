"""Time the training of LDA on one thread, on two, and on Spark with two workers of one core, in the same run.

Run ``python benchmarks/scale.py --write`` to replace the table in docs/performance.md; needs pyspark and Java.
``--quick`` runs a small part and writes nothing. ``--after-training 200000`` prints what Discover topics (Spark)
uses after its last pass on as many short texts; ``--plugin`` names another copy of the plugin. What federated training
takes is in benchmarks/federated.py, how parts are shared out among more threads in benchmarks/topics.py.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "python-lib")]
from pages import replace_part  # noqa: E402
from topic_jobs.after_training import time_after_training  # noqa: E402
from topic_jobs.beyond_one_thread import Timed, time_sweeps  # noqa: E402

N_PARTS = 4
SHAPES = ((0.1, 100, 50_000), (10.0, 100, 50_000), (20.0, 100, 50_000), (2.0, 300, 50_000))
"""Millions of words, topics, and terms of the table of counts."""


def main() -> None:
    """Measure and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sweeps", type=int, default=5)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--after-training", type=int, metavar="DOCUMENTS")
    parser.add_argument("--plugin", type=Path, default=ROOT)
    given = parser.parse_args()
    if given.after_training:
        used = time_after_training(given.after_training, given.plugin)
        print("CPU s after the last pass:", ", ".join(f"{kind} {cpu:.1f}" for kind, cpu in used.seconds.items()))
        print(f"Most memory of the driver: {used.driver_mb:.0f} MB")
        return
    lines = [
        "| Words | Topics | Way | CPU s a pass | s a pass, median | Times one thread |",
        "|---|---|---|---|---|---|",
    ]
    for millions, n_topics, n_terms in SHAPES[:1] if given.quick else SHAPES:
        n_words = int(millions * 1_000_000)
        found = time_sweeps(n_words, n_topics, n_terms, N_PARTS, given.sweeps)
        if len({timed.topic_words for timed in found.values()}) > 1:
            raise SystemExit("The ways do not end with the same counts.")
        lines += _rows(f"{millions:g} million", n_topics, found)
        print("\n".join(lines), flush=True)
    if given.write and not given.quick:
        replace_part("performance.md", "scale benchmark", "\n".join(lines))


def _rows(words: str, n_topics: int, found: dict[str, Timed]) -> list[str]:
    one = statistics.median(found["one thread"].seconds)
    return [
        f"| {words} | {n_topics} | {way} | {timed.cpu:.2f} | {statistics.median(timed.seconds):.2f} "
        f"| {one / statistics.median(timed.seconds):.2f} |"
        for way, timed in found.items()
    ]


if __name__ == "__main__":
    main()
