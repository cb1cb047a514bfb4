"""Measure federated topics beside those of one machine that has all texts, and what noise costs.

Run ``python benchmarks/federated.py --data FOLDER``, where FOLDER holds the labelled texts named in docs/quality.md.
Each section (``--only``) replaces its own table in docs/quality.md. ``--quick`` runs a small part and writes nothing.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "python-lib"))
from pages import replace_part
from topic_jobs.federated import DELTA, compare_federated, train_with_noise

LABELLED = ("BBC_News", "SearchSnippets", "M10")
NOISY = {"BBC_News": 50, "SearchSnippets": 15, "generated": 15}
"""Sets, and the terms of a document that count."""

NOISES, NOISY_ROUNDS = (0.0, 0.1, 0.5, 1.0, 2.0, 4.0), 20
_COUNTED = {1: "all", 10: "in 10 documents of a site"}


def main() -> None:
    """Measure and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--only", choices=("sites", "noise"))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    with ProcessPoolExecutor(1 if given.quick else given.processes) as pool:
        if given.only in (None, "sites"):
            names, seeds = (LABELLED[2:], [0]) if given.quick else (LABELLED, list(range(given.seeds)))
            jobs = [pool.submit(compare_federated, given.data, name, [seed]) for name in names for seed in seeds]
            _publish("federated sites", _sites_table([row for job in jobs for row in job.result()]), given.quick)
        if given.only in (None, "noise"):
            sets, noises, n_seeds = ({"BBC_News": 50}, NOISES[:2], 1) if given.quick else (NOISY, NOISES, given.seeds)
            jobs = [
                pool.submit(train_with_noise, given.data, name, list(noises), NOISY_ROUNDS, most_terms, seed)
                for name, most_terms in sets.items()
                for seed in range(n_seeds)
            ]
            _publish("federated noise", _noise_table([row for job in jobs for row in job.result()]), given.quick)


def _publish(part: str, table: str, is_quick: bool) -> None:
    print(table)
    if not is_quick:
        replace_part("quality.md", part, table)


def _sites_table(rows: list[dict[str, Any]]) -> str:
    lines = [
        "| Texts | Terms counted | Training | Perplexity of held-out words | NMI with labels |",
        "|---|---|---|---|---|",
    ]
    for name, least, way in dict.fromkeys((row["name"], row["least"], row["way"]) for row in rows):
        runs = [row for row in rows if (row["name"], row["least"], row["way"]) == (name, least, way)]
        perplexity, score = ([run[field] for run in runs] for field in ("perplexity", "nmi"))
        lines.append(
            f"| {name} | {_COUNTED[least]} | {way} | {statistics.mean(perplexity):.0f}{_spread(perplexity, 0)} "
            f"| {statistics.mean(score):.3f}{_spread(score, 3)} |"
        )
    n_seeds = len(runs)
    return "\n".join([*lines, "", f"Means over {n_seeds} seeds." if n_seeds > 1 else "One seed."])


def _spread(values: list[float], digits: int) -> str:
    return f" ± {statistics.stdev(values):.{digits}f}" if len(values) > 1 else ""


def _noise_table(rows: list[dict[str, Any]]) -> str:
    lines = ["| Texts | Noise | Epsilon | Terms | NMI with labels |", "|---|---|---|---|---|"]
    for name, noise in dict.fromkeys((row["name"], row["noise"]) for row in rows):
        runs = [row for row in rows if (row["name"], row["noise"]) == (name, noise)]
        epsilon, (n_terms, score) = runs[0]["epsilon"], ([run[field] for run in runs] for field in ("n_terms", "nmi"))
        written = "" if epsilon is None else f"{epsilon:,.{1 if epsilon < 100 else 0}f}"
        lines.append(
            f"| {name} | {noise:g} | {written} | {statistics.mean(n_terms):,.0f} "
            f"| {statistics.mean(score):.3f}{_spread(score, 3)} |"
        )
    count = "one seed" if len(runs) == 1 else f"means over {len(runs)} seeds"
    return "\n".join(
        [*lines, "", f"{NOISY_ROUNDS} rounds, delta {DELTA:g}, {count}; 0 counts in the same way without noise."]
    )


if __name__ == "__main__":
    main()
