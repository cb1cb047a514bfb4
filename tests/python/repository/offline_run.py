"""A whole flow and the webapp on a machine of which nothing but loopback is up; run by `test_offline` in a process."""

from __future__ import annotations

import fcntl
import json
import random
import socket
import struct
import sys
import time
from pathlib import Path

from tests.python.conftest import ROOT, LocalInstance
from tests.python.local_dss.webapp_host.running_host import RunningHost

THEMES = ("army navy battle soldier enemy fleet", "gold silver bank currency treasury coin")
_SET_FLAGS, _UP_AND_RUNNING = 0x8914, 0x41


def bring_loopback_up() -> None:
    """Switch on the loopback interface, which is down in a new network namespace."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14s", b"lo", _UP_AND_RUNNING, b""))


def run_flow(instance: LocalInstance) -> None:
    """Run every recipe of the plugin on two themes, and one on words that have to be segmented."""
    draw = random.Random(3)
    sentences = [
        [" ".join(draw.choices(theme.split(), k=8)).capitalize() + "." for _ in range(4)] for theme in THEMES * 12
    ]
    instance.import_rows("documents", [{"text": " ".join(text)} for text in sentences])
    topics = {name: name for name in ("document_topics", "topics", "topic_terms", "model")}
    instance.import_rows("chinese", [{"text": text} for text in ["守门员救了球队。", "洋葱和大蒜很好吃。"] * 6])
    runs = [
        ("text-explorer-topics", "chinese", topics, {"normal_form": "stem"}),
        (
            "text-explorer-topics",
            "documents",
            topics,
            {"n_topics": 2, "engine": "lda_gensim", "normal_form": "lemma", "phrases": "bigrams"},
        ),
        ("text-explorer-summarize", "documents", {"summaries": "summaries"}, {}),
        (
            "text-explorer-summarize-groups",
            "document_topics",
            {"group_summaries": "groups"},
            {"group_columns": ["topic_id"]},
        ),
    ]
    for recipe, documents, outputs, settings in runs:
        config = {"text_column": "text", **settings}
        done = instance.run(recipe, {"documents": documents}, outputs, config, "--form-defaults")
        assert done.returncode == 0, done.stderr
    inputs = {"documents": "documents", "model": "model"}
    done = instance.run("text-explorer-assign", inputs, {"document_topics": "assigned"}, {"text_column": "text"})
    assert done.returncode == 0, done.stderr
    outputs = {name: name for name in ("evaluation", "evaluation_overall")}
    config = {"text_column": "text", "summary_column": "summary", "reference_columns": ["reference"]}
    instance.import_rows("judged", [{**row, "reference": row["text"]} for row in instance.rows("summaries")])
    done = instance.run("text-explorer-evaluate", {"summaries": "judged"}, outputs, config, "--form-defaults")
    assert done.returncode == 0, done.stderr


def ask_webapp(instance: LocalInstance) -> dict:
    """Start the webapp and ask for its overview once the datasets are read."""
    names = {name: name for name in ("document_topics", "topics", "topic_terms", "model", "summaries")}
    config = instance.folder / "webapp.json"
    config.write_text(json.dumps({**names, "group_summaries": "groups"}), "utf-8")
    host = RunningHost("text-explorer-webapp", instance.home, "--config", str(config), plugin=ROOT).wait_until_serving()
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            answer = host.call("/api/overview")
            if answer.ok:
                return answer.json()
            time.sleep(0.1)
        raise AssertionError(f"no overview: {answer.text} {host.log}")
    finally:
        host.stop()


def main(folder: Path) -> None:
    """Run everything and print how much came out."""
    bring_loopback_up()
    instance = LocalInstance(folder)
    run_flow(instance)
    overview = ask_webapp(instance)
    with_topics = sum(row["topic_status"] == "ok" for row in instance.rows("document_topics"))
    assigned = sum(row["topic_status"] == "ok" for row in instance.rows("assigned"))
    with_summary = sum(bool(row["summary"]) for row in instance.rows("summaries"))
    with_rouge = sum(float(row["rouge_1_precision"]) == 1 for row in instance.rows("evaluation"))
    print(
        f"{with_topics} rows with topics, {assigned} rows assigned, {with_summary} rows with summaries, "
        f"{with_rouge} summaries evaluated, "
        f"{len(instance.rows('groups'))} topics summarized, {len(overview['topics'])} topics in the webapp"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
