"""Measure the coherence of topics beside gensim's, on the same words and topics.

Topics come from LDA by Gibbs sampling. Seconds are CPU seconds of one process with one thread, medians; ours are for
NPMI and C_v together, gensim's for its ``c_npmi`` and its ``c_v``, each from a list of tokens and a dictionary ready
made. The largest difference between ours and gensim's over all topics stands beside, of NPMI and of C_v.

Run ``python benchmarks/coherence.py --data FOLDER``, where FOLDER holds texts as NAME.csv.gz with a column ``text``
(tokens parted by spaces). The table is written into docs/performance.md.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import platform
import statistics
import sys
import time
from importlib import metadata
from pathlib import Path
from typing import Any, Callable, NamedTuple

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "python-lib"))
from pages import replace_part  # noqa: E402

from text_explorer.corpus.document_term_matrix import Corpus, build_corpus  # noqa: E402
from text_explorer.corpus.language.document_languages import DocumentText  # noqa: E402
from text_explorer.corpus.words.preparation import Preparation  # noqa: E402
from text_explorer.topics.describing.terms import TERMS_OF_TOPIC, top_terms  # noqa: E402
from text_explorer.topics.models.gibbs_lda import fit_gibbs_lda  # noqa: E402
from text_explorer.topics.quality.coherence import topic_coherence  # noqa: E402

SETS = ("BBC_News", "SearchSnippets", "StackOverflow", "Tweet", "M10")
REPEATS = 3
SWEEPS = 30
"""Enough for topics that are no chance sets of terms."""

ROW = "| {} | {:,} | {:,} | {} | {:.2f} | {:.2f} | {:.4f} | {:.0f} | {:.0e} |"
HEADER = """\
| Texts | documents | words | topics | gensim c_npmi, s | gensim c_v, s | ours, both, s | times faster | difference |
|---|---:|---:|---:|---:|---:|---:|---:|---:|"""


class Timed(NamedTuple):
    """What some work gave, and its CPU seconds."""

    result: Any
    seconds: float


def timed(work: Callable[[], Any], repeats: int) -> Timed:
    """Run some work several times, and return the median of its CPU seconds."""
    seconds = []
    for _ in range(repeats):
        start = time.process_time()
        result = work()
        seconds.append(time.process_time() - start)
    return Timed(result, statistics.median(seconds))


def read_corpus(folder: str, name: str) -> Corpus:
    """Make the corpus of a set."""
    with gzip.open(Path(folder) / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as stream:
        texts = [row["text"] for row in csv.DictReader(stream)]
    return build_corpus((DocumentText(text, "en") for text in texts), Preparation())[0]


def gensim_coherence(
    texts: list[list[str]], dictionary: Any, topics: list[list[str]], measure: str
) -> Callable[[], np.ndarray]:
    """Return a function that measures all topics by gensim."""
    from gensim.models import CoherenceModel  # noqa: PLC0415

    def work() -> np.ndarray:
        model = CoherenceModel(topics=topics, texts=texts, dictionary=dictionary, coherence=measure, processes=1)
        return np.array(model.get_coherence_per_topic())

    return work


def row(corpus: Corpus, name: str, n_topics: int, repeats: int) -> str:
    """Measure one set with a number of topics."""
    from gensim.corpora import Dictionary  # noqa: PLC0415

    model = fit_gibbs_lda(corpus, n_topics, n_iterations=SWEEPS)
    best = top_terms(model.topic_term_distr, TERMS_OF_TOPIC)
    terms = np.array(corpus.vocabulary.terms, dtype=object)
    texts = [words.tolist() for words in np.split(terms[corpus.word_order], corpus.word_offsets[1:-1])]
    topics = [terms[topic].tolist() for topic in best]
    dictionary = Dictionary(texts)
    npmi = timed(gensim_coherence(texts, dictionary, topics, "c_npmi"), repeats)
    cv = timed(gensim_coherence(texts, dictionary, topics, "c_v"), repeats)
    topic_coherence(corpus.part(0, 10), best, n_workers=1)  # compiles
    ours = timed(lambda: topic_coherence(corpus, best, n_workers=1), max(repeats, 5))
    difference = max(abs(ours.result.npmi - npmi.result).max(), abs(ours.result.cv - cv.result).max())
    faster = (npmi.seconds + cv.seconds) / ours.seconds
    return ROW.format(
        name,
        corpus.n_docs,
        len(corpus.word_order),
        n_topics,
        npmi.seconds,
        cv.seconds,
        ours.seconds,
        faster,
        difference,
    )


def environment() -> str:
    """Return the versions and the machine of the measurement."""
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("gensim", "numba", "numpy"))
    return f"Python {platform.python_version()}, {versions}; {os.cpu_count()} processors ({platform.machine()})."


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="folder of the texts")
    parser.add_argument("--quick", action="store_true", help="one set; nothing is written")
    options = parser.parse_args()
    rows = []
    for name in SETS[-1:] if options.quick else SETS:
        corpus = read_corpus(options.data, name)
        for n_topics in (20, 100):
            rows.append(row(corpus, name, n_topics, REPEATS))
            print(rows[-1], flush=True)
    if not options.quick:
        replace_part("performance.md", "coherence benchmark", "\n".join([HEADER, *rows, "", environment()]))


if __name__ == "__main__":
    main()
