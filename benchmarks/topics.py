"""Measure the topic engines beside their peers: time, memory, and how good the topics are.

Every way to make topics works on the same tokens, in processes of its own, after a small corpus has been worked through
there (so that compiling is over); peers get their own kind of input ready made, so that training alone is timed. All
use one thread unless said otherwise. Seconds are CPU seconds, medians over seeds.

Run ``python benchmarks/topics.py --data FOLDER``, where FOLDER holds the labelled texts named in docs/quality.md as
NAME.csv.gz with columns ``text`` (tokens parted by spaces) and ``label``. Each section (``--only``) replaces its own
tables in docs/performance.md and docs/quality.md. ``--quick`` runs a small part and writes nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from typing import Any, Callable, NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "python-lib"))
from pages import replace_part  # noqa: E402
from topic_jobs.automatic import decide  # noqa: E402
from topic_jobs.corpora import GENERATED_TOPICS, describe  # noqa: E402
from topic_jobs.gsdmm import cluster, cluster_generated, time_fast_gsdmm, write_short_texts  # noqa: E402
from topic_jobs.in_parts import share_of_threads, train_in_parts  # noqa: E402
from topic_jobs.lda import LDA_WAYS, train_generated, train_lda, write_documents  # noqa: E402
from topic_jobs.scoring import GENSIM_SCORING, SCORING_WAYS, compare_scoring, score  # noqa: E402
from topic_jobs.term_rankings import rank_terms, summed_up  # noqa: E402

PERFORMANCE, QUALITY = "performance.md", "quality.md"
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")

JOBS: dict[str, Callable[..., Any]] = {
    job.__name__: job
    for job in (
        cluster, time_fast_gsdmm, write_short_texts, cluster_generated, train_lda, write_documents, train_generated,
        score, compare_scoring, describe, rank_terms, decide, train_in_parts, share_of_threads,
    )
}  # fmt: skip


def measured(job: Callable[..., Any], **arguments: Any) -> Any:
    """Run a job in a process of its own, whose libraries start no threads."""
    command = [sys.executable, __file__, "--one", job.__name__, json.dumps(arguments)]
    environment = {**os.environ, **dict.fromkeys(ONE_THREAD, "1")}
    run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if run.returncode != 0:
        raise SystemExit(f"{job.__name__} failed with {arguments}:\n{run.stderr}")
    print(f"{job.__name__} {arguments} is done", file=sys.stderr)
    return json.loads(run.stdout.splitlines()[-1])


class Bench(NamedTuple):
    """Where the texts are, where generated ones may be put, and whether a small part is enough."""

    data: str
    folder: str
    quick: bool

    def path(self, name: str) -> str:
        """Name a file for a generated corpus."""
        return str(Path(self.folder) / f"{name}.npz")


ENGINE_NAMES = {"lda_gibbs": "LDA", "gsdmm": "GSDMM"}
Pages = dict[str, list[str]]


def median(runs: list[Any], field: str) -> float:
    """Return the median over seeds."""
    return statistics.median(run[field] for run in runs)


def spread(runs: list[Any], field: str, pattern: str) -> str:
    """Return mean and standard deviation over seeds."""
    values = [run[field] for run in runs]
    deviation = f" ± {statistics.stdev(values):{pattern}}" if len(values) > 1 else ""
    return f"{statistics.mean(values):{pattern}}{deviation}"


def environment(*peers: str) -> str:
    """Return the versions and the machine of the measurement."""
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("numba", "numpy", *peers))
    return f"Python {platform.python_version()}, {versions}; {os.cpu_count()} processors ({platform.machine()})."


def corpora(bench: Bench, names: list[str]) -> list[str]:
    """Return the corpora of a section."""
    lines = []
    for name in names:
        one = measured(describe, folder=bench.data, name=name)
        lines.append(
            f"- {name}: {one['n_docs']:,} documents, {one['n_words']:,} words, {one['n_terms']:,} terms, "
            f"{one['n_labels']} labels (SHA-256 {one['hash']})"
        )
    return lines


def gsdmm_section(bench: Bench) -> Pages:
    """GSDMM on labelled short texts."""
    names = ["Tweet"] if bench.quick else ["Tweet", "SearchSnippets", "StackOverflow"]
    n_iterations, seeds = (3, [0]) if bench.quick else (30, [0, 1, 2, 3, 4])
    speed = ["| Texts | K | ours, s per iteration | NumPy | fast-gsdmm | times NumPy | times fast-gsdmm |",
             "|---|---|---|---|---|---|---|"]  # fmt: skip
    quality = ["| Texts | K at most | NMI, ours | NMI, NumPy | clusters, ours | clusters, NumPy | sweeps, ours |",
               "|---|---|---|---|---|---|---|"]  # fmt: skip
    for name in names:
        numpy_seeds = seeds if name == "Tweet" else seeds[:3]
        for n_topics in (100, 300):
            settings = {"folder": bench.data, "name": name, "n_topics": n_topics}
            ours = measured(cluster, way="ours", n_iterations=n_iterations, seeds=seeds, **settings)
            plain = measured(cluster, way="numpy", n_iterations=n_iterations, seeds=numpy_seeds, **settings)
            fast = measured(time_fast_gsdmm, **settings)
            seconds, plain_seconds = median(ours, "seconds"), median(plain, "seconds")
            theirs = ("not to be had", "") if fast is None else (f"{fast:.2f}", f"{fast / seconds:,.0f}")
            speed.append(
                f"| {name} | {n_topics} | {seconds:.5f} | {plain_seconds:.3f} | {theirs[0]} "
                f"| {plain_seconds / seconds:.0f} | {theirs[1]} |"
            )
            quality.append(
                f"| {name} | {n_topics} | {spread(ours, 'nmi', '.3f')} | {spread(plain, 'nmi', '.3f')} "
                f"| {spread(ours, 'n_topics', '.0f')} | {spread(plain, 'n_topics', '.0f')} "
                f"| {median(ours, 'n_iterations'):.0f} |"
            )
    sets = ["", environment("scikit-learn"), "", *corpora(bench, names)]
    return {PERFORMANCE: speed + sets, QUALITY: quality + sets}


def gsdmm_size_section(bench: Bench) -> Pages:
    """GSDMM on more and more generated short texts."""
    lines = [
        "| Documents | Words | Sweeps | CPU s | µs per document and sweep | Corpus | Memory over it | NMI | SHA-256 |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for n_docs in (1_000,) if bench.quick else (10_000, 100_000, 1_000_000):
        path = bench.path("short")
        measured(write_short_texts, path=path, n_docs=n_docs)
        run = measured(cluster_generated, path=path, n_iterations=30)
        lines.append(
            f"| {run['n_docs']:,} | {run['n_words']:,} | {run['n_iterations']} | {run['cpu']:.2f} "
            f"| {run['cpu'] / run['n_iterations'] / run['n_docs'] * 1e6:.2f} | {run['corpus_megabytes']:,.0f} MB "
            f"| {run['megabytes']:,.0f} MB | {run['nmi']:.3f} | {run['hash']} |"
        )
    return {PERFORMANCE: [*lines, "", environment()]}


def lda_section(bench: Bench) -> Pages:
    """LDA on labelled texts."""
    names = ["M10"] if bench.quick else ["BBC_News", "SearchSnippets", "M10"]
    peers = list(LDA_WAYS)[1:]
    speed = [
        "| Texts | K | " + " | ".join(way.title for way in LDA_WAYS.values()) + " | tomotopy / ours |",
        "|---" * (len(LDA_WAYS) + 3) + "|",
    ]
    quality = [
        "| Texts | K | Way | Perplexity of held-out words | NPMI | NMI with labels |",
        "|---|---|---|---|---|---|",
    ]
    for name in names:
        for n_topics in (20,) if bench.quick else (20, 50):
            runs = {}
            for key, way in LDA_WAYS.items():
                runs[key] = measured(
                    train_lda, folder=bench.data, name=name, way=key, n_topics=n_topics,
                    n_iterations=5 if bench.quick else way.n_iterations, seeds=list(range(way.n_seeds)),
                )  # fmt: skip
                quality.append(
                    f"| {name} | {n_topics} | {way.title} | {_median_of(runs[key], 'perplexity', '.0f')} "
                    f"| {_median_of(runs[key], 'npmi', '.3f')} | {_median_of(runs[key], 'nmi', '.3f')} |"
                )
            seconds = {key: median(found, "cpu") for key, found in runs.items()}
            speed.append(
                f"| {name} | {n_topics} | " + " | ".join(f"{value:.2f}" for value in seconds.values())
                + f" | {seconds['tomotopy'] / seconds['ours']:.2f} |"
            )  # fmt: skip
    seeds = ", ".join(f"{way.title} {way.n_seeds}" for way in LDA_WAYS.values())
    sets = ["", f"{environment(*peers)} Seeds: {seeds}.", "", *corpora(bench, names)]
    return {PERFORMANCE: speed + sets, QUALITY: quality + sets}


def _median_of(runs: list[Any], field: str, pattern: str) -> str:
    values = [run[field] for run in runs]
    bounds = f" ({min(values):{pattern}} to {max(values):{pattern}})" if len(values) > 1 else ""
    return f"{statistics.median(values):{pattern}}{bounds}"


def lda_size_section(bench: Bench) -> Pages:
    """LDA on many generated documents, on one and two threads."""
    n_docs, n_iterations = (1_000, 5) if bench.quick else (100_000, 50)
    path, held_out = bench.path("long"), bench.path("held_out")
    shape = {"n_words": 100, "n_topics": GENERATED_TOPICS}
    measured(write_documents, path=path, n_docs=n_docs, seed=4, **shape)
    measured(write_documents, path=held_out, n_docs=2_000, seed=5, **shape)
    lines = [
        "| Way | Threads | Wall s | CPU s | Million words a second | Times its 1 thread | Perplexity |",
        "|---|---|---|---|---|---|---|",
    ]
    for way in ("ours", "tomotopy"):
        alone = 0.0
        for n_workers in (1, 2):
            run = measured(
                train_generated, path=path, held_out_path=held_out, way=way, n_iterations=n_iterations,
                n_workers=n_workers,
            )  # fmt: skip
            alone = alone or run["wall"]
            lines.append(
                f"| {LDA_WAYS[way].title} | {n_workers} | {run['wall']:.1f} | {run['cpu']:.1f} "
                f"| {run['n_words'] * n_iterations / run['wall'] / 1e6:.1f} | {alone / run['wall']:.2f} "
                f"| {run['perplexity']:.0f} |"
            )
    lines += [
        "",
        f"{environment('tomotopy')} {n_docs:,} documents of 100 words (SHA-256 {run['hash']}), "
        f"{GENERATED_TOPICS} topics, {n_iterations} iterations, one seed. The topics that the documents were drawn "
        f"from have a perplexity of {run['true_perplexity']:.0f}.",
    ]
    return {PERFORMANCE: lines}


def lda_topics_section(bench: Bench) -> Pages:
    """LDA with more and more topics."""
    n_docs, n_iterations = (1_000, 3) if bench.quick else (10_000, 50)
    path, held_out = bench.path("many"), bench.path("held_out")
    shape = {"n_words": 100, "n_topics": GENERATED_TOPICS}
    measured(write_documents, path=path, n_docs=n_docs, seed=4, **shape)
    measured(write_documents, path=held_out, n_docs=1_000, seed=5, **shape)
    lines = ["| K | Way | CPU s | Seconds per sweep | Perplexity |", "|---|---|---|---|---|"]
    for n_topics in (20, 100, 300, 1_000):
        for way in ("ours", "tomotopy"):
            run = measured(
                train_generated, path=path, held_out_path=held_out, way=way, n_iterations=n_iterations, n_workers=1,
                n_topics=n_topics,
            )  # fmt: skip
            lines.append(
                f"| {n_topics} | {LDA_WAYS[way].title} | {run['cpu']:.1f} | {run['cpu'] / n_iterations:.3f} "
                f"| {run['perplexity']:.0f} |"
            )
    lines += ["", f"{environment('tomotopy')} {n_docs:,} documents of 100 words, {n_iterations} sweeps, one seed."]
    return {PERFORMANCE: lines}


def parts_section(bench: Bench) -> Pages:
    """Quality of topics trained in parts, and how evenly threads share them."""
    n_parts = (1, 4) if bench.quick else (1, 4, 16)
    ways = [("lda_gibbs", "BBC_News", 20), ("lda_gibbs", "SearchSnippets", 20), ("gsdmm", "Tweet", 300),
            ("gsdmm", "SearchSnippets", 100), ("gsdmm", "StackOverflow", 100)]  # fmt: skip
    seeds = [0] if bench.quick else [0, 1, 2]
    lines = ["| Method | Texts | K | Parts | Perplexity of held-out words | Clusters | NMI with labels |",
             "|---|---|---|---|---|---|---|"]  # fmt: skip
    for engine, name, n_topics in ways[:3:2] if bench.quick else ways:
        for n in n_parts:
            runs = measured(
                train_in_parts, folder=bench.data, name=name, engine=engine, n_topics=n_topics, n_parts=n, seeds=seeds
            )
            figures = (spread(runs, field, ".0f") if field in runs[0] else "" for field in ("perplexity", "clusters"))
            lines.append(
                f"| {ENGINE_NAMES[engine]} | {name} | {n_topics} | {n} | {' | '.join(figures)} "
                f"| {spread(runs, 'nmi', '.3f')} |"
            )
    lines += ["", f"{environment('scikit-learn')} Seeds: {len(seeds)}."]
    return {QUALITY: lines, PERFORMANCE: _shares_of_threads(bench)}


def _shares_of_threads(bench: Bench) -> list[str]:
    n_docs, n_parts = (1_000, 16) if bench.quick else (20_000, 16)
    path, threads = bench.path("shared"), [2, 4, 8, 16]
    measured(write_documents, path=path, n_docs=n_docs, n_words=100, n_topics=GENERATED_TOPICS, seed=4)
    run = measured(share_of_threads, path=path, n_topics=GENERATED_TOPICS, n_parts=n_parts, n_threads=threads)
    ups = run["speed-up"].values()
    return [
        "| Threads | " + " | ".join(map(str, threads)) + " |", "|---" * (len(threads) + 1) + "|",
        "| Times one thread | " + " | ".join(f"{up:.2f}" for up in ups) + " |", "",
        f"{environment()} A sweep over {n_docs:,} documents of 100 words in {n_parts} parts takes {run['seconds']:.2f} "
        f"CPU s, adding the counts of a part {run['sum']:.3f}.",
    ]  # fmt: skip


def scoring_section(bench: Bench) -> Pages:
    """Score new documents."""
    n_topics, n_all, n_few, n_training = (10, 2_000, 100, 500) if bench.quick else (50, 100_000, 2_000, 10_000)
    lengths = (100, 12)
    speeds: dict[str, list[float]] = {way: [] for way in SCORING_WAYS}
    notes = []
    for n_words in lengths:
        shape = {"n_words": n_words, "n_topics": n_topics}
        for one_topic in (False, True):
            measured(write_documents, path=bench.path(f"training {one_topic}"), n_docs=n_training, seed=6,
                     one_topic=one_topic, **shape)  # fmt: skip
            measured(write_documents, path=bench.path(f"new {one_topic}"), n_docs=n_all, seed=7,
                     one_topic=one_topic, **shape)  # fmt: skip
        for name, way in SCORING_WAYS.items():
            training, new = (bench.path(f"{part} {way.of_one_topic}") for part in ("training", "new"))
            n_docs = n_all if way.for_all else n_few
            speeds[name].append(
                measured(score, way=name, n_docs=n_docs, n_topics=n_topics, training_path=training, path=new)
            )
        difference = measured(
            compare_scoring, training_path=bench.path("training False"), path=bench.path("new False"), n_topics=n_topics
        )
        notes.append(f"{difference:.0e} with {n_words} words")
    theirs = speeds[GENSIM_SCORING]
    lines = ["| Way | " + " | ".join(f"{n} words | times gensim" for n in lengths) + " |", "|---|---|---|---|---|"]
    for name, found in speeds.items():
        cells = (f"{speed:,.0f} | {speed / their:.1f}" for speed, their in zip(found, theirs))
        lines.append(f"| {name} | {' | '.join(cells)} |")
    lines += [
        "",
        f"{environment('gensim', 'tomotopy')} K = {n_topics}. Scoring gensim's model in float64 from the same first "
        f"guess, we and gensim differ by at most {' and '.join(notes)} in a share.",
    ]
    return {PERFORMANCE: lines}


def terms_section(bench: Bench) -> Pages:
    """Rank the terms of topics in several ways."""
    names = ["M10"] if bench.quick else ["Tweet", "SearchSnippets", "StackOverflow", "BBC_News", "M10"]
    lines = ["| Texts | Ranking of terms | C_v | NPMI | diversity | intruders found | own | covered |",
             "|---|---|---|---|---|---|---|---|"]  # fmt: skip
    for name in names:
        n_topics = 100 if name == "Tweet" else 20
        runs = [
            measured(rank_terms, folder=bench.data, name=name, engine=engine, n_topics=n_topics, seed=seed)
            for engine in ("gsdmm", "lda_gibbs")
            for seed in ((0,) if bench.quick else (0, 1))
        ]
        for ranking, figures in summed_up(runs):
            lines.append(f"| {name} | {ranking} | {' | '.join(f'{value:.3f}' for value in figures.values())} |")
    lines += ["", f"{environment()} Means over GSDMM and Gibbs LDA, two seeds each; K = 100 for Tweet, else 20."]
    return {QUALITY: lines}


def automatic_section(bench: Bench) -> Pages:
    """Decide between GSDMM and LDA."""
    sizes = [("Tweet", 89), ("StackOverflow", 20), ("SearchSnippets", 8), ("SearchSnippets", 20), ("M10", 10),
             ("M10", 20), ("BBC_News", 5), ("BBC_News", 20)]  # fmt: skip
    lines = ["| Texts | K | LDA, perplexity | GSDMM, perplexity | LDA is taken |", "|---|---|---|---|---|"]
    for name, n_topics in sizes[:1] if bench.quick else sizes:
        runs = measured(decide, folder=bench.data, name=name, n_topics=n_topics, seeds=[0, 1, 2])
        perplexities = runs[0][1].split("perplexity ")[1].split(", measured")[0].split(" against ")
        n_mixture = sum(engine != "gsdmm" for engine, _ in runs)
        lines.append(f"| {name} | {n_topics} | {' | '.join(perplexities)} | by {n_mixture} of {len(runs)} seeds |")
    return {QUALITY: [*lines, "", environment()]}


SECTIONS: dict[str, Callable[[Bench], Pages]] = {
    "gsdmm": gsdmm_section,
    "gsdmm-size": gsdmm_size_section,
    "lda": lda_section,
    "lda-size": lda_size_section,
    "lda-topics": lda_topics_section,
    "parts": parts_section,
    "scoring": scoring_section,
    "terms": terms_section,
    "automatic": automatic_section,
}


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", help="folder of the labelled texts")
    parser.add_argument("--only", choices=SECTIONS, help="one section; the others keep their tables")
    parser.add_argument("--quick", action="store_true", help="a small part; nothing is written")
    parser.add_argument("--one", nargs=2, metavar=("JOB", "ARGUMENTS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        job, arguments = options.one
        print(json.dumps(JOBS[job](**json.loads(arguments))))
        return
    if not options.data:
        parser.error("name the folder of the labelled texts by --data")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(str(Path(options.data).resolve()), folder, options.quick)
        for section in [options.only] if options.only else SECTIONS:
            for page, lines in SECTIONS[section](bench).items():
                print("\n".join(lines), end="\n\n", flush=True)
                if not options.quick:
                    replace_part(page, f"topics benchmark, {section}", "\n".join(lines))


if __name__ == "__main__":
    main()
