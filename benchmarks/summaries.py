"""Measure the sentence rankers beside the package sumy: the same texts, and the same sentences chosen.

Texts are generated: words of a language-like distribution, about half of them stop words, 23 to a sentence. To rank,
both sides get the sentences, the words, the stop words and the stemmer ready made, and do all the rest: leave out stop
words, stem, count, rank, choose. Seconds are CPU seconds of one process with one thread, medians.

Run ``python benchmarks/summaries.py``; the tables are written into docs/performance.md. ``--quick`` runs a small part
and writes nothing.
"""

from __future__ import annotations

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[name] = "1"

import argparse  # noqa: E402
import platform  # noqa: E402
import resource  # noqa: E402
import statistics  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from functools import partial  # noqa: E402
from importlib import metadata  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any, Callable, NamedTuple  # noqa: E402

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
import recipes  # noqa: E402
import sumy_package  # noqa: E402
from pages import replace_part  # noqa: E402

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python-lib"))
from text_explorer.corpus.language.document_languages import DocumentText  # noqa: E402
from text_explorer.corpus.language.stems import stemmer  # noqa: E402
from text_explorer.summaries.methods import rank_sentences  # noqa: E402
from text_explorer.summaries.selection import select  # noqa: E402
from text_explorer.summaries.sentences.document import Document, read_document  # noqa: E402
from text_explorer.summaries.sentences.settings import METHODS, SUMY_COMPATIBLE, SummarySettings, TextSettings  # noqa: E402
from text_explorer.summaries.summarize import summarize_text  # noqa: E402
from text_explorer.summaries.sumy.compatible import DENSE_SENTENCES  # noqa: E402

RANKED = [("textrank", 200), ("textrank", 1_000), ("lexrank", 200), ("lexrank", 1_000), ("reduction", 200),
          ("reduction", 1_000), ("kl", 200)]  # fmt: skip
SIZES = (200, 1_000, 5_000, 20_000)
N_TEXTS = (500, 1_000, 2_000)
N_TEXTS_OF_RECIPE = (2_000, 10_000)
SENTENCES_OF_TEXT, WORDS_OF_SENTENCE = 20, 23
"""The mean of the BBC's news articles."""
N_CHOSEN = 5
REPEATS = 5
N_FORMS = 30_000
STOP_WORDS = ("the", "of", "and", "to", "in", "is", "was", "it", "for", "on", "with", "as", "by", "at", "from", "that")
SYLLABLES = [consonant + vowel for consonant in "bcdfgklmnprstv" for vowel in "aeiou"]
ENDINGS = ["", "", "s", "ed", "ing", "er"]


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


def generated_text(n_sentences: int, seed: int) -> str:
    """Draw a text; the content words of one text come from a part of the vocabulary, the frequent ones foremost."""
    generator = np.random.default_rng([seed, n_sentences])
    ranks = 1.0 / np.arange(1, N_FORMS + 1) ** 0.8
    sentences = []
    for length in generator.integers(WORDS_OF_SENTENCE // 2, WORDS_OF_SENTENCE * 3 // 2 + 1, n_sentences):
        forms = generator.choice(N_FORMS, size=length, p=ranks / ranks.sum())
        words = [word_of(int(form)) for form in forms]
        for position in np.flatnonzero(generator.random(length) < 0.5):
            words[position] = STOP_WORDS[generator.integers(len(STOP_WORDS))]
        sentences.append(" ".join(words).capitalize() + ".")
    return " ".join(sentences)


def word_of(form: int) -> str:
    """Return a word of the generated language: three syllables and an ending."""
    stem, ending = divmod(form, len(ENDINGS))
    parts = [SYLLABLES[stem % 70], SYLLABLES[stem // 70 % 70], SYLLABLES[(stem * 31 + 7) % 70]]
    return "".join(parts) + ENDINGS[ending]


def read(text: str) -> Document:
    """Cut a text."""
    return read_document([DocumentText(text, "en")], TextSettings())


def our_picks(document: Document, settings: SummarySettings) -> list[int]:
    """Stem the words of a document, rank its sentences and choose."""
    left_out, stem = document.words.words_without_content("en"), stemmer("en")
    sentences = tuple(
        sentence._replace(terms=tuple([stem(word) for word in sentence.words if word not in left_out]))
        for sentence in document.sentences
    )
    copy = Document(document.texts, document.languages, sentences, document.words)
    return sorted(select(copy, rank_sentences(copy, settings), settings, drop_duplicates=False))


def beside_sumy(quick: bool) -> list[str]:
    """Compare the rankers that choose the same sentences."""
    lines = [
        "| Method | sentences | sumy, s | ours, s | times faster | same sentences |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for method, n_sentences in RANKED:
        document = read(generated_text(n_sentences // 5 if quick else n_sentences, 0))
        model = sumy_package.model([document.text_of(index) for index in range(document.n_sentences)])
        built = sumy_package.summarizer(method, stemmer("en"))
        settings = SummarySettings(method=method, budget=N_CHOSEN, sumy_compatible=True)
        our_picks(document, settings)  # loads what is loaded late
        ours = timed(lambda: our_picks(document, settings), REPEATS)  # noqa: B023 - called before the next turn
        theirs = timed(lambda: sumy_package.picks(model, built, N_CHOSEN), 1)  # noqa: B023
        same = "yes" if ours.result == theirs.result else "no"
        lines.append(
            f"| {method} | {document.n_sentences:,} | {theirs.seconds:.3f} | {ours.seconds:.4f} | "
            f"{theirs.seconds / ours.seconds:,.0f} | {same} |"
        )
        print(lines[-1], flush=True)
    return lines


def growth(quick: bool) -> list[str]:
    """Time all methods on ever longer texts."""
    sizes = SIZES[:2] if quick else SIZES
    documents = [read(generated_text(n_sentences, 1)) for n_sentences in sizes]
    lines = [f"| Method | {' | '.join(f'{size:,}' for size in sizes)} |", "|---|" + "---:|" * len(sizes)]
    for method in METHODS:
        for compatible in (False, True) if method in SUMY_COMPATIBLE else (False,):
            settings = SummarySettings(
                method=method, budget=N_CHOSEN, sumy_compatible=compatible, redundancy=0.0, bonus_words=("bad",)
            )
            our_picks(documents[0], settings)
            seconds = [timed(lambda: our_picks(document, settings), 3).seconds for document in documents]  # noqa: B023
            lines.append(
                f"| {method}{', as sumy' if compatible else ''} | {' | '.join(f'{value:.3f}' for value in seconds)} |"
            )
            print(lines[-1], flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    limit = f"Beyond {DENSE_SENTENCES:,} sentences, LexRank as sumy ranks those nearest to the centroid."
    return [*lines, "", f"{limit} Peak memory of the process after all of it: {peak:,.0f} MB."]


def whole_texts(quick: bool) -> list[str]:
    """Summarize many texts from their characters on, beside sumy's README."""
    numbers = (50, 100) if quick else N_TEXTS
    texts = [generated_text(SENTENCES_OF_TEXT, seed) for seed in range(2, 2 + numbers[-1])]
    documents = [DocumentText(text, "en") for text in texts]
    heads = [*(f"ours, {number:,} texts" for number in numbers), f"sumy, {numbers[-1]:,} texts", "times faster"]
    lines = [f"| Method | {' | '.join(heads)} |", "|---|" + "---:|" * len(heads)]
    theirs = {method: seconds_of_sumy(texts, method) for method in ("lexrank", "textrank")}
    for method, compatible in (("lexrank", False), ("lexrank", True), ("textrank", True)):
        settings = SummarySettings(method=method, budget=N_CHOSEN, sumy_compatible=compatible)

        def summarize(n_texts: int, settings: SummarySettings = settings) -> None:
            for document in documents[:n_texts]:
                summarize_text(document, TextSettings(), settings)

        summarize(1)
        ours = [timed(partial(summarize, number), 1).seconds for number in numbers]
        lines.append(
            f"| {method}{', as sumy' if compatible else ''} | {' | '.join(f'{value:.2f}' for value in ours)} | "
            f"{theirs[method]:.1f} | {theirs[method] / ours[-1]:.1f} |"
        )
        print(lines[-1], flush=True)
    return lines


def whole_recipe(quick: bool) -> list[str]:
    """Run our recipe and one with sumy, each in a process of its own: start, reading and writing included."""
    lines = [
        "| Texts | *Summarize texts (extractive)*, one process | a recipe with sumy | times faster |",
        "|---:|---:|---:|---:|",
    ]
    for n_texts in (50, 100) if quick else N_TEXTS_OF_RECIPE:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            texts = [generated_text(SENTENCES_OF_TEXT, seed) for seed in range(2, 2 + n_texts)]
            pd.DataFrame({"text": texts}).to_csv(folder / "texts.csv", index=False)
            ours, theirs = seconds_of_recipe(folder), seconds_of_sumy_recipe(folder)
        lines.append(f"| {n_texts:,} | {ours:.1f} | {theirs:.1f} | {theirs / ours:.1f} |")
        print(lines[-1], flush=True)
    return lines


def seconds_of_recipe(folder: Path) -> float:
    """Return the CPU seconds of our recipe, without those of its first run, in which kernels compile."""
    recipes.call(folder, "import", "documents", str(folder / "texts.csv"))
    config = {"budget": N_CHOSEN, "n_processes": 1, "keyphrases": 0}
    run = recipes.Run("", "text-explorer-summarize", recipes.DOCUMENTS, {"summaries": "summaries"}, config)
    recipes.measured(folder, run)
    return recipes.measured(folder, run)[1]


def seconds_of_sumy_recipe(folder: Path) -> float:
    """Return the CPU seconds of a recipe with sumy."""
    script = Path(__file__).with_name("sumy_recipe.py")
    files = [str(folder / "texts.csv"), str(folder / "summaries.csv")]
    process = subprocess.Popen([sys.executable, str(script), *files, "lexrank", str(N_CHOSEN)])
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit("The recipe with sumy failed.")
    return usage.ru_utime + usage.ru_stime


def seconds_of_sumy(texts: list[str], method: str) -> float:
    """Time the lines of sumy's README on each text."""
    return timed(lambda: [sumy_package.summary_of(text, method, N_CHOSEN) for text in texts], 1).seconds


def environment() -> str:
    """Return the versions and the machine of the measurement."""
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("sumy", "numpy", "scipy"))
    return f"Python {platform.python_version()}, {versions}; {os.cpu_count()} processors ({platform.machine()})."


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a small part; nothing is written")
    quick = parser.parse_args().quick
    parts = [
        f"**{N_CHOSEN} sentences of one text**, chosen as sumy chooses them; CPU seconds",
        beside_sumy(quick),
        f"**CPU seconds by number of sentences**, {N_CHOSEN} are chosen",
        growth(quick),
        f"**Texts of {SENTENCES_OF_TEXT * WORDS_OF_SENTENCE} words, from characters to summary**; CPU seconds",
        whole_texts(quick),
        f"**The same as a recipe, LexRank**, {N_CHOSEN} sentences; CPU seconds with start, reading and writing",
        whole_recipe(quick),
        environment(),
    ]
    lines = [line for part in parts for line in ["", *([part] if isinstance(part, str) else part)]]
    if not quick:
        replace_part("performance.md", "summaries benchmark", "\n".join(lines[1:]))


if __name__ == "__main__":
    main()
