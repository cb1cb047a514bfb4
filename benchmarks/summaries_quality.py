"""Measure how near summaries come to those that people wrote: all our methods, and the package sumy beside them.

Run ``python benchmarks/summaries_quality.py --jsonl FILE [FILE ...]``. Each line of a file is a JSON object with
``text`` (a text, or a list of texts that are summarized together) and ``references`` (a list of summaries). A file is
one table: ROUGE-1, 2 and L (F, in percent, stems, the best reference counts) of summaries of so many sentences, and of
so many words. Both lengths are the mean of the references unless given. ``±`` is 1.96 standard errors of the mean.
``--write`` puts the tables into docs/quality.md.

Both sides get the same sentences. Edmundson is left out, since it needs words that someone chooses for the texts.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Callable, NamedTuple

import numpy as np
import sumy_package
from pages import replace_part
from rouge_score.rouge_scorer import RougeScorer

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python-lib"))
from text_explorer.corpus.preparation import Preparation
from text_explorer.corpus.sentences import split_sentences
from text_explorer.corpus.text_languages import DocumentText
from text_explorer.corpus.tokens import tokenize
from text_explorer.summaries.document import Document, read_document
from text_explorer.summaries.ranking import rank_sentences
from text_explorer.summaries.selection import select
from text_explorer.summaries.settings import (
    EDMUNDSON,
    LEXRANK,
    METHODS,
    RANDOM,
    SENTENCES,
    WORDS,
    SummarySettings,
    TextSettings,
)

DRAWS = 5
"""A draw of its own for each of so many seeds; one alone would be chance."""

MEASURES = ("rouge1", "rouge2", "rougeLsum")

Choice = Callable[[Document, str, int], list[list[int]]]
"""Gives the sentences of one summary or of several draws, for a document, a unit of length and a length."""


class Example(NamedTuple):
    """A document, and what people made of it."""

    document: Document
    references: list[str]


def examples(path: str, language: str) -> list[Example]:
    """Read a file."""
    found = []
    for line in Path(path).read_text("utf-8").splitlines():
        if line.strip():
            entry = json.loads(line)
            texts = [entry["text"]] if isinstance(entry["text"], str) else entry["text"]
            document = read_document([DocumentText(text, language) for text in texts], TextSettings())
            found.append(Example(document, [by_line(reference, language) for reference in entry["references"]]))
    return found


def by_line(text: str, language: str) -> str:
    """Put each sentence on a line of its own, as ROUGE-L of summaries asks for."""
    spans = split_sentences(text, language, line_breaks_end_sentences=True)
    return "\n".join(text[start:end] for start, end in spans)


def lengths_of_references(found: Sequence[Example], language: str) -> tuple[int, int]:
    """Give the mean number of sentences of a reference, and of words, rounded."""
    references = [reference for example in found for reference in example.references]
    n_sentences = [len(text.split("\n")) for text in references]
    n_words = [sum(1 for _ in tokenize(text, Preparation(), language)) for text in references]
    return max(1, round(statistics.mean(n_sentences))), max(1, round(statistics.mean(n_words)))


def ours(document: Document, unit: str, length: int, *, settings: Sequence[SummarySettings]) -> list[list[int]]:
    """Choose by our methods."""
    chosen = []
    for each in settings:
        sized = replace(each, budget_unit=unit, budget=length)
        scores = rank_sentences(document, sized)
        drop_duplicates = len(document.texts) > 1 or sized.redundancy > 0
        chosen.append(select(document, scores, sized, drop_duplicates=drop_duplicates))
    return chosen


def of_sumy(document: Document, unit: str, length: int, *, method: str) -> list[list[int]]:
    """Choose by the package sumy, whose own budgets are sentences: a budget of words is filled in its order."""
    ranked: list[int] = []

    def all_by_rating(infos: Sequence[object]) -> Sequence[object]:
        ranked.extend(info.order for info in infos)
        return infos

    model = sumy_package.model([document.text_of(index) for index in range(document.n_sentences)])
    sumy_package.picks(model, sumy_package.summarizer(method), all_by_rating)
    if unit == SENTENCES:
        return [ranked[:length]]
    chosen = []
    for index in ranked:
        if document.sentences[index].n_words <= length:
            chosen.append(index)
            length -= document.sentences[index].n_words
    return [chosen or ranked[:1]]


def systems() -> Iterator[tuple[str, Choice]]:
    """Name all that is compared."""
    yield "**LexRank (default)**", partial(ours, settings=[SummarySettings()])
    yield "LexRank, position weight 0.5", partial(ours, settings=[SummarySettings(position_weight=0.5)])
    yield "LexRank, at least 8 words", partial(ours, settings=[SummarySettings(min_words=8)])
    for method in METHODS:
        if method == RANDOM:
            yield method, partial(ours, settings=[SummarySettings(method=method, seed=seed) for seed in range(DRAWS)])
        elif method not in {LEXRANK, EDMUNDSON}:
            yield method, partial(ours, settings=[SummarySettings(method=method)])
    for method in sumy_package.CLASSES:
        yield f"sumy {method}", partial(of_sumy, method=method)


def scores_of(choose: Choice, found: Sequence[Example], unit: str, length: int) -> np.ndarray:
    """Give ROUGE F of each example in percent, as an array of shape (n_examples, 3)."""
    scorer = RougeScorer(MEASURES, use_stemmer=True)
    rows = []
    for document, references in found:
        scores = []
        for chosen in choose(document, unit, length):
            summary = "\n".join(document.text_of(index) for index in sorted(chosen))
            best = scorer.score_multi(references, summary)
            scores.append([100 * best[measure].fmeasure for measure in MEASURES])
        rows.append(np.mean(scores, axis=0))
    return np.array(rows)


def table(path: str, language: str, n_sentences: int, n_words: int) -> list[str]:
    """Compare all on one file."""
    found = [example for example in examples(path, language) if example.document.n_sentences and example.references]
    mean_sentences, mean_words = lengths_of_references(found, language)
    n_sentences, n_words = n_sentences or mean_sentences, n_words or mean_words
    lines = [
        f"**{Path(path).stem}**: {len(found):,} documents, summaries of {n_sentences} sentences and of {n_words} words",
        "",
        "| Method | ROUGE-1 | ± | ROUGE-2 | ROUGE-L | ROUGE-1, words | ± | ROUGE-2, words | ROUGE-L, words |",
        "|---|" + "---:|" * 8,
    ]
    for name, choose in systems():
        cells = []
        for unit, length in ((SENTENCES, n_sentences), (WORDS, n_words)):
            scores = scores_of(choose, found, unit, length)
            error = 1.96 * scores[:, 0].std(ddof=1) / np.sqrt(len(found)) if len(found) > 1 else float("nan")
            rouge_1, rouge_2, rouge_l = scores.mean(axis=0)
            cells += [f"{rouge_1:.1f}", f"{error:.1f}", f"{rouge_2:.1f}", f"{rouge_l:.1f}"]
        lines.append(f"| {name} | {' | '.join(cells)} |")
        print(lines[-1], file=sys.stderr, flush=True)
    return lines


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jsonl", nargs="+", required=True, metavar="FILE")
    parser.add_argument("--language", default="en")
    parser.add_argument("--sentences", type=int, default=0, help="length of the summaries; the references' by default")
    parser.add_argument("--words", type=int, default=0, help="the same in words")
    parser.add_argument("--write", action="store_true", help="write the tables into docs/quality.md")
    options = parser.parse_args()
    lines = []
    for path in options.jsonl:
        lines += [*table(path, options.language, options.sentences, options.words), ""]
    lines.append(", ".join(f"{name} {metadata.version(name)}" for name in ("sumy", "rouge-score")) + ".")
    print("\n".join(lines))
    if options.write:
        replace_part("quality.md", "summaries quality", "\n".join(lines))


if __name__ == "__main__":
    main()
