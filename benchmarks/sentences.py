"""Compare sentence splitters by the texts of each kind in the tests, and write the table of docs/languages.md.

Run ``pip install pysbd==0.3.4`` into an environment with the plugin's packages, then
``python benchmarks/sentences.py [--write]``. A text counts if all its sentences are found, without white space at their
ends. A text in a language that a splitter does not take counts as not split.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "python-lib"))

from text_explorer.corpus.words.sentences import split_sentences  # noqa: E402

TEXTS = ROOT / "tests/python/unit/corpus/words/sentence_rules/sentences.json"
PAGE = ROOT / "docs" / "languages.md"
START, END = "<!-- sentence table: start -->", "<!-- sentence table: end -->"


def ours(text: str, language: str) -> list[str]:
    """Return the sentences by Text Explorer."""
    return [text[start:end] for start, end in split_sentences(text, language)]


def by_sentencex(text: str, language: str) -> list[str]:
    """Return the sentences by sentencex alone."""
    import sentencex  # noqa: PLC0415

    return list(sentencex.segment(language, text))


def by_pysbd(text: str, language: str) -> list[str]:
    """Return the sentences by pysbd, none for a language it does not take."""
    import pysbd  # noqa: PLC0415
    from pysbd.languages import LANGUAGE_CODES  # noqa: PLC0415

    return pysbd.Segmenter(language=language, clean=False).segment(text) if language in LANGUAGE_CODES else []


def by_icu(text: str, language: str) -> list[str]:
    """Return the sentences by ICU with its suppressions, the abbreviations of CLDR."""
    import icu  # noqa: PLC0415

    units = icu.UnicodeString(text)
    breaker = icu.BreakIterator.createSentenceInstance(icu.Locale(f"{language}@ss=standard"))
    breaker.setText(units)
    ends = list(breaker)
    return [str(units[start:end]) for start, end in zip([0, *ends], ends)]


SPLITTERS: dict[str, Callable[[str, str], list[str]]] = {
    "Text Explorer": ours,
    "sentencex 1.0.32": by_sentencex,
    "pysbd 0.3.4": by_pysbd,
    "ICU, with suppressions": by_icu,
}


def table(splitters: Sequence[str]) -> str:
    """Return the number of texts that each splitter splits right, by kind."""
    kinds = json.loads(TEXTS.read_text("utf-8"))
    rows = [["Kind of text", "Texts", *splitters], ["---", "--:", *["--:"] * len(splitters)]]
    right = {kind: [_n_right(SPLITTERS[name], texts) for name in splitters] for kind, texts in kinds.items()}
    rows += [[kind, str(len(texts)), *map(str, right[kind])] for kind, texts in kinds.items()]
    totals = [sum(counts) for counts in zip(*right.values())]
    rows.append(["**All**", str(sum(map(len, kinds.values()))), *map(str, totals)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _n_right(split: Callable[[str, str], list[str]], texts: list[dict]) -> int:
    n_right = 0
    for text in texts:
        joined = text.get("separator", " ").join(text["sentences"])
        found = [sentence.strip() for sentence in split(joined, text["language"])]
        n_right += found == text["sentences"]
    return n_right


def main() -> None:
    """Print the table, and write it into the page if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--write", action="store_true", help="write the table into docs/languages.md")
    wanted = parser.parse_args()
    found = table(list(SPLITTERS))
    print(found)
    if wanted.write:
        before, _, rest = PAGE.read_text("utf-8").partition(START)
        _, end, after = rest.partition(END)
        if not end:
            raise SystemExit(f"{PAGE} must hold the lines {START} and {END}, in this order.")
        PAGE.write_text(f"{before}{START}\n{found}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
