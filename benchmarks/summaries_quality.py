"""Measure how near summaries come to those that people wrote: all our methods, and the package sumy beside them.

Run ``python benchmarks/summaries_quality.py --jsonl FILE [FILE ...]``. Each line of a file is a JSON object with
``text`` (a text, or a list of texts that are summarized together), ``references`` (a list of summaries) and, where it
is not English, ``language``; ``summaries_quality_texts.py`` writes such files. A file is one table: ROUGE-1, 2 and L
(Lsum) of summaries as long as the references of their own text, in words and in sentences: F in percent, stems, of
several references the best. It is the plugin's ROUGE, which the tests hold equal to rouge-score. Intervals are 95 % by
the bootstrap, those of differences paired. ``--write`` puts each table into its part of docs/quality.md, and leaves
those of other files.

Both sides get the same sentences. Edmundson is left out, since it needs words that someone chooses for the texts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from importlib import metadata
from pathlib import Path
from typing import Callable, NamedTuple

import numpy as np
import sumy_package
from pages import replace_part
from sumy.nlp.stemmers import Stemmer

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python-lib"))
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.corpus.words.sentences import split_sentences
from text_explorer.corpus.words.tokens import tokenize
from text_explorer.summaries.evaluation.overall import mean_intervals
from text_explorer.summaries.evaluation.rouge import ROUGE_1, ROUGE_2, ROUGE_LSUM, rouge_scores
from text_explorer.summaries.evaluation.rouge_words import ENGLISH, SentenceWords, rouge_words
from text_explorer.summaries.methods import rank_sentences
from text_explorer.summaries.selection import select
from text_explorer.summaries.sentences.document import Document, read_document
from text_explorer.summaries.sentences.settings import (
    ARTICLE,
    BASELINES,
    EDMUNDSON,
    LEXRANK,
    METHODS,
    PRESETS,
    RANDOM,
    REVIEWS,
    SENTENCES,
    TAKE_A_QUERY,
    TRANSCRIPT,
    WORDS,
    Preset,
    SummarySettings,
    TextSettings,
)

DRAWS = 5
"""Number of seeds, each with its own draw; a single one would be chance."""

SEED = 0
MEASURES = (ROUGE_1, ROUGE_2, ROUGE_LSUM)
UNITS = (WORDS, SENTENCES)

SUMY_LANGUAGES = {"en": "english", "fr": "french", "de": "german", "es": "spanish", "it": "italian", "pt": "portuguese"}

SUMY_KL_SENTENCES = 200
"""Beyond, sumy's KL-Sum takes more than six seconds a text, which grow with the cube of the sentences."""


class Example(NamedTuple):
    """A document, its reference summaries, and their average length by unit."""

    document: Document
    references: list[SentenceWords]
    lengths: dict[str, int]


Choice = Callable[[Example], list[dict[str, list[int]]]]
"""Returns the sentences of one summary, or of several draws, with the length in each unit."""


def examples(path: Path) -> list[Example]:
    """Read a file."""
    entries = (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    found = [example(entry["text"], entry["references"], entry.get("language", ENGLISH)) for entry in entries]
    return [each for each in found if each.document.n_sentences and each.references]


def example(text: str | Sequence[str], references: Sequence[str], language: str) -> Example:
    """Read a text and its references."""
    texts = [text] if isinstance(text, str) else text
    document = read_document([DocumentText(each, language) for each in texts], TextSettings())
    split = [sentences_of(reference, language) for reference in references]
    n_words = [sum(1 for _ in tokenize(reference, Preparation(), language)) for reference in references]
    lengths = {
        WORDS: max(1, round(statistics.mean(n_words))),
        SENTENCES: max(1, round(statistics.mean(map(len, split)))),
    }
    return Example(document, [words_of(sentences, language) for sentences in split], lengths)


def sentences_of(text: str, language: str) -> list[str]:
    """Cut a reference into sentences, as ROUGE-L of summaries asks for."""
    spans = split_sentences(text, language, line_breaks_end_sentences=True)
    return [text[start:end] for start, end in spans]


def words_of(sentences: Sequence[str], language: str) -> SentenceWords:
    """Read the words that ROUGE counts, stemmed."""
    return rouge_words(sentences, language, as_english=language == ENGLISH, stem=True)


def ours(given: Example, *, settings: Sequence[SummarySettings]) -> list[dict[str, list[int]]]:
    """Choose by our methods."""
    document, draws = given.document, []
    for each in settings:
        scores = rank_sentences(document, each)
        drop_duplicates = len(document.texts) > 1 or each.redundancy > 0
        sized = {unit: replace(each, budget_unit=unit, budget=given.lengths[unit]) for unit in UNITS}
        draws.append({u: select(document, scores, sized[u], drop_duplicates=drop_duplicates) for u in UNITS})
    return draws


@cache
def sumy_stemmer(language: str) -> Callable[[str], str]:
    """Return sumy's stemmer with a cache."""
    return cache(Stemmer(language))


def of_sumy(given: Example, *, method: str) -> list[dict[str, list[int]]]:
    """Choose by the package sumy, whose own budgets are sentences: a budget of words is filled in its order."""
    ranked: list[int] = []

    def all_by_rating(infos: Sequence[object]) -> Sequence[object]:
        ranked.extend(info.order for info in infos)
        return infos

    document, language = given.document, SUMY_LANGUAGES[given.document.language]
    model = sumy_package.model([document.text_of(index) for index in range(document.n_sentences)])
    built = sumy_package.summarizer(method, sumy_stemmer(language), language)
    sumy_package.picks(model, built, all_by_rating)
    chosen, left = [], given.lengths[WORDS]
    for index in ranked:
        if document.sentences[index].n_words <= left:
            chosen.append(index)
            left -= document.sentences[index].n_words
    return [{WORDS: chosen or ranked[:1], SENTENCES: ranked[: given.lengths[SENTENCES]]}]


def default_of(given: Sequence[Example]) -> str:
    """Name the preset whose settings the form shows first: for texts of their own, or for groups."""
    return REVIEWS if any(len(each.document.texts) > 1 for each in given) else ARTICLE


def settings_of(preset: Preset) -> SummarySettings:
    """Return the settings of a preset; its sentences always end at line breaks, as here."""
    return SummarySettings(
        method=preset.method,
        position_weight=preset.position_weight,
        min_words=preset.min_words,
        redundancy=preset.redundancy,
    )


def systems(given: Sequence[Example]) -> Iterator[tuple[str, Choice]]:
    """Name all that is compared, the default first."""
    default = settings_of(PRESETS[default_of(given)])
    for name in sorted((ARTICLE, REVIEWS, TRANSCRIPT), key=lambda name: name != default_of(given)):
        settings = settings_of(PRESETS[name])
        label = f"{settings.method}, as for {name}"
        yield f"**{label} (default)**" if settings == default else label, partial(ours, settings=[settings])
    for method in METHODS:
        weight = default.position_weight if method in TAKE_A_QUERY else 0.0
        min_words = 0 if method in BASELINES else default.min_words
        settings = replace(default, method=method, position_weight=weight, min_words=min_words)
        if method == RANDOM:
            yield method, partial(ours, settings=[replace(settings, seed=seed) for seed in range(DRAWS)])
        elif method not in {LEXRANK, EDMUNDSON}:
            yield method, partial(ours, settings=[settings])
    longest = max(each.document.n_sentences for each in given)
    for method in sumy_package.CLASSES:
        if method != "kl" or longest <= SUMY_KL_SENTENCES:
            yield f"sumy {method}", partial(of_sumy, method=method)


def scores_of(choose: Choice, given: Sequence[Example]) -> np.ndarray:
    """Compute ROUGE F of each example in percent, as an array of shape (n_examples, 2 units, 3 measures)."""
    rows = []
    for each in given:
        document, draws = each.document, choose(each)
        chosen = [sorted(draw[unit]) for draw in draws for unit in UNITS]
        summaries = [words_of(list(map(document.text_of, indices)), document.language) for indices in chosen]
        scores = rouge_scores(summaries, each.references)
        values = np.array([[100 * score[name].f1 for name in MEASURES] for score in scores])
        rows.append(values.reshape(len(draws), len(UNITS), len(MEASURES)).mean(axis=0))
    return np.array(rows)


def table(path: Path) -> list[str]:
    """Compare all on one file."""
    given = examples(path)
    lines = [
        f"**{path.stem}** {about(path, given)}",
        "",
        "| Method | ROUGE-1 | default minus this | ROUGE-2 | ROUGE-L |"
        " by sentences: ROUGE-1 | default minus this | ROUGE-2 | ROUGE-L |",
        "|---|" + "---:|" * 8,
    ]
    default = None
    for name, choose in systems(given):
        scores = scores_of(choose, given)
        default = scores if default is None else default
        cells = [cell for unit in range(len(UNITS)) for cell in cells_of(scores[:, unit], default[:, unit])]
        lines.append(f"| {name} | {' | '.join(cells)} |")
        print(lines[-1], file=sys.stderr, flush=True)
    return lines


def cells_of(scores: np.ndarray, default: np.ndarray) -> list[str]:
    """Write the row of a system; both arrays have the shape (n_examples, 3)."""
    rouge_1, difference = scores[:, 0], default[:, 0] - scores[:, 0]
    means, lows, highs = mean_intervals(np.column_stack([rouge_1, difference]), SEED)
    about_mean = f"{means[0]:.1f} ± {(highs[0] - lows[0]) / 2:.1f}"
    compared = f"{means[1]:+.1f} ({lows[1]:+.1f} to {highs[1]:+.1f})" if difference.any() else ""
    return [about_mean, compared, *(f"{mean:.1f}" for mean in scores[:, 1:].mean(axis=0))]


def about(path: Path, given: Sequence[Example]) -> str:
    """Return the description of a set."""
    n_sentences = statistics.median(each.document.n_sentences for each in given)
    lengths = [statistics.median(each.lengths[unit] for each in given) for unit in UNITS]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return (
        f"({len(given):,} texts, median {n_sentences:.0f} sentences; references of median {lengths[0]:.0f} words, "
        f"{lengths[1]:.0f} sentences; sumy {metadata.version('sumy')}; SHA-256 {digest})"
    )


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jsonl", nargs="+", required=True, type=Path, metavar="FILE")
    parser.add_argument("--write", action="store_true", help="write the tables into docs/quality.md")
    options = parser.parse_args()
    for path in options.jsonl:
        lines = "\n".join(table(path))
        print(lines, end="\n\n", flush=True)
        if options.write:
            replace_part("quality.md", f"summaries quality, {path.stem}", lines)


if __name__ == "__main__":
    main()
