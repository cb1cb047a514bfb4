"""Write texts with summaries that people wrote, for ``summaries_quality.py``, from packages and public files.

Run ``pip download --no-deps aclsum==0.1.2 public-meetings==0.1.0rc3``, then
``python benchmarks/summaries_quality_texts.py --into FOLDER --aclsum WHEEL --meetings WHEEL --wikipedia
--reviews NAME FILE [FILE ...]``; what is left out is not written, and ``--reviews`` may stand several times.
``--wikipedia`` needs gensim, whose test data it reads. Each set becomes a file of JSON lines with ``text`` (or texts to
summarize together), ``references`` and ``language``. The sets themselves are no part of this project.

- aclsum (MIT): 250 papers of computational linguistics. Experts wrote what each is about: its challenge, approach and
  outcome (Takeshita et al. 2024). ``experts``: from introduction and conclusion to these three sentences in one;
  ``abstracts``: from the same to the abstract; ``papers``: from the whole paper to the abstract, which is no part of
  the texts. ``test`` is the package's own test set, ``train`` its train and validation sets.
- meetings (public-meetings, MIT): what was said in 22 French public meetings, as a program heard it, and the reports
  that professionals wrote, put side by side by people (Tardy et al. 2020). Most reports keep nearly all; those are
  taken that have at most half the words of what was said, which has ten sentences or more.
- wikipedia (CC BY-SA): the articles in gensim's test data, as they stood in 2016. Many authors made the lead section
  a summary of the rest, which is the text.
- reviews: eight reviews of a product or business, and three summaries in the words of three people (Brazinskas, Lapata
  and Titov 2020, twice). Amazon: ``gold_summs/dev.csv`` and ``test.csv`` of abrazinskas/Copycat-abstractive-opinion-
  summarizer; Yelp: ``artifacts/yelp/gold_summs/train.csv``, ``val.csv`` and ``test.csv`` of abrazinskas/FewSum (MIT),
  both on GitHub.
"""

from __future__ import annotations

import argparse
import bz2
import csv
import io
import json
import pickle
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple, Union
from zipfile import ZipFile

ASPECTS = ("challenge", "approach", "outcome")
SECTIONS = ("introduction", "conclusion")
SPLITS = {"train": ("train", "val"), "test": ("test",)}

ARTICLES = "enwiki-latest-pages-articles1.xml-p000000010p000030302-shortened.bz2"
NO_TEXT = re.compile(r"see also|references|external links|further reading|notes|bibliography|sources|footnotes", re.I)
LEAST_LEAD, LEAST_BODY = 300, 3_000
"""Characters below which a page is a list or a stub and its lead no summary."""

LEAST_SENTENCES, LEAST_WORDS, MOST_KEPT = 10, 30, 0.5
"""Of a meeting, of its report, and the largest fraction of the words that the report may keep."""


class Example(NamedTuple):
    """A text, or texts to summarize together, and the summaries that people wrote of it."""

    text: Union[str, list[str]]
    references: list[str]


NamedExamples = tuple[str, list[Example]]
"""A set, with its name before it."""


def aclsum(wheel: Path) -> Iterator[NamedExamples]:
    """Build the sets from the package aclsum, each with its name."""
    with ZipFile(wheel) as package:
        for split, parts in SPLITS.items():
            lines = (line for part in parts for line in package.read(f"aclsum/dataset/{part}.jsonl").splitlines())
            papers = [json.loads(line) for line in lines if line.strip()]
            texts = [written("\n".join(sent for name in SECTIONS for sent in p["sentences"][name])) for p in papers]
            abstracts = [[written(" ".join(paper["sentences"]["abstract"]))] for paper in papers]
            experts = [[" ".join(paper["summary"][aspect] for aspect in ASPECTS)] for paper in papers]
            whole = [whole_paper(package, paper["id"]) for paper in papers]
            yield f"experts_{split}", list(map(Example, texts, experts))
            yield f"abstracts_{split}", list(map(Example, texts, abstracts))
            yield f"papers_{split}", list(map(Example, whole, abstracts))


def whole_paper(package: ZipFile, name: str) -> str:
    """Return the paragraphs of a paper, each on a line of its own."""
    parsed = json.loads(package.read(f"aclsum/dataset/paper_jsons/{name}.json"))
    return "\n".join(paragraph["text"] for paragraph in parsed["pdf_parse"]["body_text"])


def written(tokens: str) -> str:
    """Write a text whose words and signs are all apart as people would."""
    closed = re.sub(r" (?=[.,;:!?%)\]])", "", tokens)
    closed = re.sub(r"(?<=[(\[]) ", "", closed)
    return re.sub(r" (?=(?:'s|'re|'ve|n't|'ll|'d)\b)", "", closed)


class PlainUnpickler(pickle.Unpickler):
    """Reads lists, dicts, numbers and texts, and runs nothing that a file may ask for."""

    def find_class(self, module: str, name: str) -> Any:
        """Refuse whatever is no plain value."""
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value.")


def meetings(wheel: Path) -> Iterator[NamedExamples]:
    """Build the set from the package public-meetings."""
    parts = []
    with ZipFile(wheel) as package:
        for name in sorted(name for name in package.namelist() if name.endswith(".aligned.pckl")):
            aligned = PlainUnpickler(io.BytesIO(package.read(name))).load()["final"]
            for part in aligned["doc"]:
                said = " ".join(turn["text"] for turn in aligned["ctm"] if turn["aligned"] == part["id"])
                parts.append((spoken(said), spoken(part["text"])))
    yield "meetings", [Example(said, [report]) for said, report in parts if is_condensed(said, report)]


def spoken(tokens: str) -> str:
    """Write a text of a meeting with a sentence a line, without headings, names of speakers and marks."""
    plain = re.sub(r"<(h|nom)>[^<.?!]*</\1>|<[^>]*>", "", tokens)
    sentences = re.split(r"(?<= [.?!]) +", re.sub(r"(?<=\w') ", "", plain))
    return "\n".join(written(sentence.strip()) for sentence in sentences if re.search(r"\w", sentence))


def is_condensed(said: str, report: str) -> bool:
    """Return whether a report is much shorter than the meeting."""
    n_said, n_reported = (len(re.findall(r"\w+", text)) for text in (said, report))
    n_sentences = len(re.findall(r"[.?!](?=\s|$)", said))
    return n_sentences >= LEAST_SENTENCES and LEAST_WORDS <= n_reported <= MOST_KEPT * n_said


def wikipedia() -> Iterator[NamedExamples]:
    """Read the articles in gensim's test data."""
    from gensim.corpora.wikicorpus import filter_wiki  # noqa: PLC0415 - takes seconds to load, and aclsum needs none
    from gensim.test.utils import datapath  # noqa: PLC0415

    with bz2.open(datapath(ARTICLES), "rt", encoding="utf-8") as dump:
        pages = re.findall(r"<ns>0</ns>.*?<text[^>]*>(.*?)</text>", dump.read(), re.DOTALL)
    articles = []
    for page in map(unescape, pages):
        lead, *sections = re.split(r"^(?===[^=])", filter_wiki(page), flags=re.MULTILINE)
        body = "\n".join(prose(section) for section in sections if not NO_TEXT.match(section.lstrip("= ")))
        summary = prose(lead)
        if len(summary) >= LEAST_LEAD and len(body) >= LEAST_BODY:
            articles.append(Example(body, [summary]))
    yield "wikipedia", articles


def prose(wikitext: str) -> str:
    """Return the paragraphs of a section, without headings, lists, tables and remains of templates."""
    plain = re.sub(r"'{2,}|\(\s*[;,]?\s*\)|<[^>]*>", "", wikitext)
    lines = (line.strip() for line in plain.split("\n"))
    return "\n".join(line for line in lines if re.match(r"[^\W\d_]|[\"“(\d]", line) and line.endswith((".", '"', "”")))


def reviews(path: Path) -> list[Example]:
    """Read a file of reviews with summaries: a product or business a row, tabs between rev1, ..., summ1, ..."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    return [Example(columns_of(row, "rev"), columns_of(row, "summ")) for row in rows]


def columns_of(row: Mapping[str, str], name: str) -> list[str]:
    """Return the texts in the columns of a name followed by a number."""
    return [row[column] for column in row if re.fullmatch(rf"{name}\d+", column) and row[column].strip()]


def write(folder: Path, sets: Iterable[NamedExamples], language: str = "en") -> None:
    """Write each set into a file of its name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, found in sets:
        lines = (json.dumps({**each._asdict(), "language": language}) for each in found)
        (folder / f"{name}.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")
        print(f"{name}: {len(found):,} texts")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--aclsum", type=Path, metavar="WHEEL")
    parser.add_argument("--meetings", type=Path, metavar="WHEEL")
    parser.add_argument("--wikipedia", action="store_true")
    parser.add_argument("--reviews", nargs="+", action="append", default=[], metavar=("NAME", "FILE"))
    options = parser.parse_args()
    if options.aclsum:
        write(options.into, aclsum(options.aclsum))
    if options.meetings:
        write(options.into, meetings(options.meetings), language="fr")
    if options.wikipedia:
        write(options.into, wikipedia())
    for name, *files in options.reviews:
        if not files:
            parser.error(f"--reviews {name} needs a file behind the name.")
        write(options.into, [(name, [example for file in files for example in reviews(Path(file))])])


if __name__ == "__main__":
    main()
