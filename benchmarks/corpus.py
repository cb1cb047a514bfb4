"""Measure how fast texts become term-id arrays, beside gensim and scikit-learn on the same texts.

The whole way is timed: from a list of texts to the pruned corpus, without reading files. The language is fixed, as it
is for the peers; what detecting it costs stands in a line of its own. Each way runs in a process of its own, after a
small corpus has been made there (so that compiling is over), several times; medians are given. Texts are the
paragraphs of the demo, natural English with punctuation, and generated ones of words that follow Zipf's law.

Run ``python benchmarks/corpus.py`` after ``make demo``; the table is written into docs/performance.md. ``--quick`` runs
a tenth of it and writes nothing.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import itertools
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path
from typing import Any, Callable

import numpy as np
from pages import replace_part

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "python-lib"))
REPEATS = 3

Texts = list[str]


def demo_paragraphs(n_texts: int) -> Texts:
    """Return paragraphs of the State of the Union addresses, from the first again where they run out."""
    csv.field_size_limit(10**9)
    with (ROOT / ".demo" / "paragraphs.csv").open(encoding="utf-8", newline="") as stream:
        texts = [row["text"] for row in csv.DictReader(stream)]
    return [texts[i % len(texts)] for i in range(n_texts)]


def generated_texts(n_texts: int, n_words: int) -> Texts:
    """Draw texts of about a given number of words, from a vocabulary of 300,000 whose frequencies fall as 1 / rank."""
    generator = np.random.default_rng(0)
    vocabulary = np.array([_made_up_word(number) for number in range(300_000)], dtype=object)
    weights = 1.0 / np.arange(1, len(vocabulary) + 1)
    bounds = np.cumsum(weights / weights.sum())
    lengths = generator.integers(int(n_words * 0.7), int(n_words * 1.3) + 1, n_texts)
    words = vocabulary[np.searchsorted(bounds, generator.random(int(lengths.sum())))]
    offsets = np.concatenate(([0], np.cumsum(lengths)))
    return [" ".join(words[start:end]) for start, end in zip(offsets, offsets[1:])]


def _made_up_word(number: int) -> str:
    syllables = ("ka", "ri", "to", "ne", "lu", "mo", "sa", "pe", "vi", "da", "no", "zu", "fe", "gi", "ho", "ba")
    word = syllables[number % 16]
    while number >= 16:
        number //= 16
        word += syllables[number % 16]
    return word + "n"


def ours(texts: Texts, n_workers: int) -> int:
    """Build our corpus, and return the number of words kept."""
    from text_explorer.corpus.document_term_matrix import build_corpus  # noqa: PLC0415
    from text_explorer.corpus.words.preparation import Preparation  # noqa: PLC0415

    preparation = Preparation(min_documents=5, max_document_share=0.5, max_terms=100_000)
    corpus, _ = build_corpus(zip(texts, itertools.repeat("en")), preparation, n_workers=n_workers)
    return int(corpus.data.sum())


def scikit_learn(texts: Texts) -> int:
    """Count by `CountVectorizer` with the same pruning and its own English stop words."""
    from sklearn.feature_extraction.text import CountVectorizer  # noqa: PLC0415

    vectorizer = CountVectorizer(min_df=5, max_df=0.5, max_features=100_000, stop_words="english", dtype=np.int32)
    return int(vectorizer.fit_transform(texts).sum())


def gensim(texts: Texts) -> int:
    """Count by `simple_preprocess`, `Dictionary.filter_extremes` and `doc2bow`, without stop words."""
    from gensim.corpora import Dictionary  # noqa: PLC0415
    from gensim.utils import simple_preprocess  # noqa: PLC0415

    dictionary = Dictionary(simple_preprocess(text) for text in texts)
    dictionary.filter_extremes(no_below=5, no_above=0.5, keep_n=100_000)
    return sum(count for text in texts for _, count in dictionary.doc2bow(simple_preprocess(text)))


def detection(texts: Texts) -> int:
    """Detect the language of each text."""
    from text_explorer.corpus.language.document_languages import TextLanguages  # noqa: PLC0415

    languages = TextLanguages("en", detect=True)
    return sum(languages.with_language(text).language == "en" for text in texts)


WAYS: dict[str, Callable[[Texts], int]] = {
    "ours, 1 thread": lambda texts: ours(texts, 1),
    "ours, 2 threads": lambda texts: ours(texts, 2),
    "scikit-learn CountVectorizer": scikit_learn,
    "gensim simple_preprocess + Dictionary + doc2bow": gensim,
    "detecting each text's language": detection,
}
MEASURED_ONCE = ("gensim simple_preprocess + Dictionary + doc2bow", "detecting each text's language")
"""They take long, and are far enough from the others."""

SETS: dict[str, tuple[str, Callable[[int], Texts], int]] = {
    "demo": ("demo paragraphs", demo_paragraphs, 100_000),
    "short": ("generated, 12 words", lambda n_texts: generated_texts(n_texts, 12), 1_000_000),
    "long": ("generated, 300 words", lambda n_texts: generated_texts(n_texts, 300), 100_000),
}


def measure(way: str, texts_name: str, n_texts: int, repeats: int) -> dict[str, Any]:
    """Run one way on one set of texts in this process."""
    texts = SETS[texts_name][1](n_texts)
    WAYS[way](texts[:200])
    before = _peak_megabytes()
    walls, cpus = [], []
    for _ in range(repeats):
        wall, cpu = time.perf_counter(), time.process_time()
        n_kept = WAYS[way](texts)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return {
        "wall": statistics.median(walls),
        "cpu": statistics.median(cpus),
        "megabytes": _peak_megabytes(),
        "texts_megabytes": before,
        "n_words": sum(len(text.split()) for text in texts),
        "n_kept": n_kept,
        "hash": hashlib.sha256("\n".join(texts).encode("utf-8")).hexdigest()[:12],
    }


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(way: str, texts_name: str, n_texts: int, repeats: int) -> dict[str, Any]:
    """Run one way in a process of its own."""
    command = [sys.executable, __file__, "--one", way, texts_name, str(n_texts), str(repeats)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def table(quick: bool) -> str:
    """Measure everything, and return the section of the page in Markdown."""
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("gensim", "numba", "numpy", "scikit-learn"))
    lines = [
        f"Python {platform.python_version()}, {versions}; {os.cpu_count()} processors ({platform.machine()}), "
        f"medians of {REPEATS} runs (of gensim and of the detection one).",
        "",
        "| Texts | Way | Words a second | Times scikit-learn | CPU s | Peak memory | of it the texts |",
        "|---|---|---|---|---|---|---|",
    ]
    notes = []
    for texts_name, (title, _, size) in SETS.items():
        n_texts = size // 10 if quick else size
        runs = {
            way: measured(way, texts_name, n_texts, 1 if quick or way in MEASURED_ONCE else REPEATS) for way in WAYS
        }
        n_words = runs["ours, 1 thread"]["n_words"]
        for way, run in runs.items():
            peer = runs["scikit-learn CountVectorizer"]["wall"]
            lines.append(
                f"| {n_texts:,} {title} | {way} | {n_words / run['wall']:,.0f} | {peer / run['wall']:.2f} "
                f"| {run['cpu']:.2f} | {run['megabytes']:,.0f} MB | {run['texts_megabytes']:,.0f} MB |"
            )
        ratio = runs["ours, 1 thread"]["wall"] / runs["ours, 2 threads"]["wall"]
        notes.append(
            f"- {title}: {n_texts:,} texts, {n_words:,} words (SHA-256 {runs['ours, 1 thread']['hash']}); two threads "
            f"are {ratio:.2f} times as fast as one; words kept: "
            + ", ".join(f"{way} {run['n_kept']:,}" for way, run in runs.items() if "detecting" not in way)
        )
    return "\n".join([*lines, "", *notes])


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the texts, once; nothing is written")
    parser.add_argument("--one", nargs=4, metavar=("WAY", "TEXTS", "SIZE", "TIMES"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        way, texts_name, size, repeats = options.one
        print(json.dumps(measure(way, texts_name, int(size), int(repeats))))
        return
    measured_table = table(options.quick)
    print(measured_table)
    if not options.quick:
        replace_part("performance.md", "corpus benchmark", measured_table)


if __name__ == "__main__":
    main()
