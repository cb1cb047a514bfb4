"""What Discover topics (Spark) takes after its last pass, in the driver and in Spark's workers, by the stand-in."""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
RECIPE, LAST_PASS = "text-explorer-topics-spark", "pass {n_passes} on Spark"
OUTPUTS = ("document_topics", "topics", "topic_terms", "model")
DRIVER, JAVA, WORKERS = "driver", "Java", "workers"
N_THEMES, WORDS_OF_THEME, WORDS_OF_TEXT, N_PASSES = 20, 400, 12, 10
_SECONDS_BETWEEN_LOOKS = 0.5


class Used(NamedTuple):
    """CPU seconds by kind of process, and the most memory of the driver in MB."""

    seconds: dict[str, float]
    driver_mb: float


def time_after_training(n_documents: int, plugin: Path = ROOT) -> Used:
    """Run the recipe of a copy of the plugin on short texts of themes, and return what it used after the last pass."""
    with tempfile.TemporaryDirectory() as folder:
        home, texts = Path(folder, "home"), Path(folder, "texts.csv")
        _write_texts(texts, n_documents)
        _call("import", "--home", str(home), "documents", str(texts))
        configurations = {"local": {"conf": {"spark.master": "local[2]", "spark.driver.memory": "2g"}}}
        (home / "instance.json").write_text(json.dumps({"spark_configs": configurations}), "utf-8")
        config = Path(folder, "config.json")
        settings = {
            "text_column": "text", "id_column": "id", "language": "en", "engine": "lda_gibbs", "n_topics": N_THEMES,
            "n_iterations": N_PASSES - 1, "date_column": "day", "group_columns": ["group"], "show_advanced": True,
        }  # fmt: skip
        config.write_text(json.dumps(settings), "utf-8")
        outputs = (argument for role in OUTPUTS for argument in ("--output", f"{role}={role}"))
        return _watched([
            "run", RECIPE, "--input", "documents=documents", *outputs, "--plugin", str(plugin), "--home", str(home),
            "--config", str(config), "--form-defaults", "--spark-config", "local",
        ])  # fmt: skip


def _write_texts(path: Path, n_documents: int) -> None:
    draw = random.Random(6)
    themes = [[f"w{theme}x{word}" for word in range(WORDS_OF_THEME)] for theme in range(N_THEMES)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "day", "group", "text"])
        for number in range(n_documents):
            words = draw.choices(themes[number % N_THEMES], k=WORDS_OF_TEXT)
            day = f"20{10 + number % 10}-{1 + number % 12:02}-{1 + number % 28:02}"
            writer.writerow([f"d{number}", day, "abcdefgh"[number % 8], " ".join(words)])


def _call(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "local_dss", *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _watched(arguments: list[str]) -> Used:
    """Run a recipe and look at its processes all the time: those that have ended tell no more what they used."""
    host = subprocess.Popen(
        [sys.executable, "-m", "local_dss", *arguments], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    looks, ended = [_look(host.pid)], threading.Event()

    def watch() -> None:
        while not ended.wait(_SECONDS_BETWEEN_LOOKS):
            looks.append(looks[-1] | _look(host.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    log, trained = [], None
    try:
        for line in host.stderr:
            log.append(line)
            if LAST_PASS.format(n_passes=N_PASSES) in line:
                trained = looks[-1] | _look(host.pid)
    finally:
        ended.set()
        watcher.join()
    if host.wait() != 0 or trained is None:
        raise SystemExit("".join(log))
    seconds: Counter[str] = Counter(dict.fromkeys((DRIVER, JAVA, WORKERS), 0.0))
    for process, seen in looks[-1].items():
        before = trained[process].ticks if process in trained else 0
        seconds[seen.kind] += (seen.ticks - before) / os.sysconf("SC_CLK_TCK")
    most = max(seen.most_kb for seen in looks[-1].values() if seen.kind == DRIVER)
    return Used(dict(seconds), most / 1024)


class _Seen(NamedTuple):
    kind: str
    ticks: int  # of processor time
    most_kb: int


def _kind(command: str) -> str:
    if "pyspark/daemon" in command or "pyspark.daemon" in command:
        return WORKERS
    return JAVA if "java" in command.split("\0", maxsplit=1)[0] else DRIVER


def _look(pid: int) -> dict[tuple[int, int], _Seen]:
    """Return the recipe's processes by their ids and starts."""
    found, children = {}, {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            command, status = (entry / "cmdline").read_text(errors="replace"), (entry / "status").read_text()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue  # ended in between
        if not command:
            continue  # has ended and was not waited for: it was seen before
        most = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), 0)
        seen = _Seen(_kind(command), sum(map(int, fields[11:13])), most)
        children.setdefault(int(fields[1]), []).append((int(entry.name), int(fields[19]), seen))
    waiting = [pid]
    while waiting:
        for child, start, seen in children.get(waiting.pop(), []):
            found[child, start] = seen
            waiting.append(child)
    return found
