"""Print what the demo has built: every dataset, a few topics, how many there should be, and one summary."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

N_TOPICS = 8


def main(home: Path) -> None:
    """Print the results of the demo flow."""
    print("\nBuilt:")
    sys.stdout.flush()
    run("list", "--home", str(home))
    print("\nThe largest topics:")
    for topic in exported(home, "topics")[:N_TOPICS]:
        terms = ", ".join(json.loads(topic["distinctive_terms"]))
        print(f"  {topic['topic_id']:>2}  {float(topic['document_share']):6.1%}  {terms}")
    suggestion = exported(home, "suggested_number")[0]
    print(f"\nHow many topics? {suggestion['suggested_n_topics']} ({suggestion['confidence']} confidence).")
    print(textwrap.indent(textwrap.fill(suggestion["reason"], 100), "  "))
    speech = exported(home, "speech_summaries")[-1]
    print(f"\n{speech['president']}, {speech['date'][:10]}, in a few sentences:")
    print(textwrap.indent(textwrap.fill(speech["summary"], 100), "  "))


def exported(home: Path, name: str) -> list[dict[str, str]]:
    """Read a dataset by way of an export."""
    csv.field_size_limit(sys.maxsize)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.csv"
        run("export", "--home", str(home), name, str(path), quiet=True)
        with path.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))


def run(*arguments: str, quiet: bool = False) -> None:
    """Call the stand-in's command line."""
    output = subprocess.DEVNULL if quiet else None
    subprocess.run([sys.executable, "-m", "local_dss", *arguments], check=True, stdout=output)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
