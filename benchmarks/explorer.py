"""How fast the webapp's backend reads a million documents and answers every address about them, over HTTP.

Documents of 12 to 40 words are drawn from 50 topics: words by Zipf's law, a date, two group columns, the shares of all
topics as JSON. They are written to a file once and handed over row by row, as DSS hands over its tuples; the time that
takes is part of what is measured. A model is trained on the first of them, so that there are a vocabulary and a folder.
One process reads and answers, as in DSS; another one asks, one request after the other over one connection, with other
values each time, so that nothing is answered from memory but what real readers would ask for twice, the next page of a
list. CPU time stands beside wall-clock time, which a busy machine distorts. Where two programs share a core, CPU time
grows too: beside each kind of question stands what a fixed loop took at that time.

Run ``python benchmarks/explorer.py``; the tables are printed. ``--rows 200000`` measures fewer, ``--quick`` 50,000.
"""

from __future__ import annotations

import argparse
import csv
import http.client
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import numpy as np
from explorer_documents import MOST_DIFFERENT, N_TOPICS, N_WORDS, SYLLABLES, GeneratedSource, word, write_documents

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "python-lib"))

N_REQUESTS = 40
LOOP = 1_000_000
REPORT_SECONDS = 30
HEAD = "| Question | p50 ms | p95 ms | most | p95 processor ms | loop ms | kB |\n|---|---|---|---|---|---|---|"


def serve(path: Path, folder: Path, n_rows: int) -> None:
    """Answer over HTTP on a free port, which is printed."""
    from flask import Flask, g  # noqa: PLC0415
    from werkzeug.serving import WSGIRequestHandler, make_server  # noqa: PLC0415

    from text_explorer.explorer.api.blueprint import register  # noqa: PLC0415

    class Handler(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_request(self, *arguments: Any) -> None:
            """Keep the terminal for the tables."""

    app = Flask("webapp")

    @app.before_request
    def start() -> None:
        g.started = time.thread_time()

    @app.after_request
    def tell(answer: Any) -> Any:
        answer.headers["X-Processor-Milliseconds"] = f"{(time.thread_time() - g.started) * 1000:.2f}"
        return answer

    register(app, GeneratedSource(path, n_rows), folder=folder)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Handler)
    print(server.port, flush=True)
    server.serve_forever()


def loop() -> float:
    """Count to a million, and return CPU milliseconds: the least of three."""
    taken = []
    for _ in range(3):
        started = time.thread_time()
        for _ in range(LOOP):
            pass
        taken.append(time.thread_time() - started)
    return min(taken) * 1000


class Client:
    """Asks one question after the other over one connection."""

    def __init__(self, port: int):
        self._connection = http.client.HTTPConnection("127.0.0.1", port)

    def get(self, address: str) -> tuple[float, float, int, bytes]:
        """Send a request, and return its wall-clock and CPU milliseconds, status code and answer."""
        started = time.perf_counter()
        self._connection.request("GET", f"/api/{address}")
        answer = self._connection.getresponse()
        content = answer.read()
        worked = float(answer.headers["X-Processor-Milliseconds"])
        return (time.perf_counter() - started) * 1000, worked, answer.status, content


def questions(n_rows: int) -> dict[str, list[str]]:
    """Return the requests by kind, each with several values."""
    generator = np.random.default_rng(1)

    def some(highest: int, lowest: int = 0) -> list[int]:
        return generator.integers(lowest, highest, N_REQUESTS).tolist()

    def asked(address: str, parameters: list[dict[str, Any]]) -> list[str]:
        return [f"{address}?{urlencode(each, doseq=True)}" for each in parameters]

    topics, deep = some(N_TOPICS), [page + 1 for page in some(n_rows // 25)]
    frequent, rare, medium = some(60), some(N_WORDS, 20_000), some(3_000, 200)
    starts = [f"{year}-{month:02}-01" for year, month in zip(some(2024, 2016), some(13, 1))]
    filters = [
        {"topic": topic, "g": [f"0:country {country}", f"0:country {country + 1}"], "from": start, "min": 0.3}
        for topic, country, start in zip(topics, some(10), starts)
    ]
    searches = {
        "rare word": [{"q": word(number)} for number in rare],
        "common word": [{"q": word(number)} for number in frequent],
        "two words": [{"q": f"{word(a)} {word(b)}"} for a, b in zip(medium, frequent)],
        "phrase": [{"q": f'"{word(a)} {word(b)}"'} for a, b in zip(some(50), some(50))],
        "beginning": [{"q": f"{word(number)[:5]}*"} for number in medium],
        "three letters": [{"q": f"{word(number)[:3]}*"} for number in range(200)],
        "two letters": [{"q": f"{syllable}*"} for syllable in SYLLABLES],
        "or, without": [{"q": f"{word(a)} OR {word(b)} -{word(c)}"} for a, b, c in zip(frequent, rare, medium)],
    }
    lists = {
        "first pages": [{"page": page + 1} for page in some(20)],
        "deep pages": [{"page": page} for page in deep],
        "of a topic": [{"topic": topic, "page": page + 1} for topic, page in zip(topics, some(n_rows // 2_500))],
        "three filters": filters,
        "by date, three filters": [{**each, "sort": "-date"} for each in filters],
        "by date": [{"sort": "date", "page": page} for page in deep],
        "by probability": [{"sort": "-probability", "page": page} for page in deep],
        "100 a page": [{"page": page // 4 + 1, "size": 100} for page in deep],
        **{f"search, {name}": each for name, each in searches.items()},
        "search, common word, deep": [{"q": word(number % 30), "page": 500 + number} for number in frequent],
        "search, common word, three filters": [{**each, "q": word(n)} for each, n in zip(filters, frequent)],
    }
    found = {f"documents: {name}": asked("documents", each) for name, each in lists.items()}
    found["documents/<row>"] = [f"documents/{row}" for row in some(n_rows)]
    found["documents/<row>, searched"] = [f"documents/{row}?q={word(n)}" for row, n in zip(some(n_rows), frequent)]
    found["documents/<row>/words"] = [f"documents/{row}/words" for row in some(n_rows)]
    found["counts"] = ["counts"] * N_REQUESTS
    found["counts: three filters"] = asked("counts", filters)
    found["counts: common word"] = asked("counts", [{"q": word(n + 60)} for n in frequent])
    for by in ("auto", "day", "month"):
        found[f"time: {by}"] = asked("time", [{"by": by, "topic": topic} for topic in topics])
    found["time: everything"] = ["time"] * N_REQUESTS
    found["groups: 60 values"] = asked("groups", [{"column": 0, "from": start} for start in starts])
    found["groups: 500 values"] = asked("groups", [{"column": 1, "topic": topic} for topic in topics])
    found["groups: everything"] = ["groups?column=1"] * N_REQUESTS
    found["status"], found["overview"], found["similarity"] = (
        [address] * N_REQUESTS for address in ("status", "overview", "similarity")
    )
    found["topics/<id>"] = [f"topics/{topic}" for topic in topics]
    found["terms"] = asked("terms", [{"page": page + 1} for page in some(20)])
    found["terms: search"] = asked("terms", [{"q": word(number)[:3]} for number in frequent])
    found["term"] = asked("term", [{"term": word(number)} for number in frequent])
    found["kwic: rare"] = asked("kwic", [{"term": word(number)} for number in rare])
    found["kwic: common"] = asked("kwic", [{"term": word(number)} for number in frequent])
    found["kwic: three filters"] = asked("kwic", [{**each, "term": word(n)} for each, n in zip(filters, frequent)])
    for name, each in (("everything", [{}] * N_REQUESTS), ("three filters", filters)):
        found |= {f"{address}: {name}": asked(address, each) for address in ("story", "changes", "drivers")}
    sides = [(f"g=0:country {a}", f"g=0:country {a + 1}") for a in some(10)]
    found["compare: group, all others"] = asked("compare", [{"a": a} for a, _ in sides])
    found["compare: two groups"] = asked("compare", [{"a": a, "b": b} for a, b in sides])
    found["compare: word, all others"] = asked("compare", [{"a": f"q={word(number)}"} for number in medium])
    for address in ("models", "models/other", "edits", "stop-words", "review", "review/results"):
        found[address] = [address] * N_REQUESTS
    found["merge"] = [f"merge?topics={a},{(a + 1) % N_TOPICS}&into={a}" for a in topics]
    return found


def measure(client: Client, addresses: list[str]) -> str:
    """Send requests of one kind, and return the cells of its row."""
    answers = [client.get(address) for address in addresses]
    refused = [content for _, _, code, content in answers if code != 200]
    if refused:
        return f"not there: {refused[0].decode().strip()[:90]}"
    taken, worked = (np.array([answer[which] for answer in answers]) for which in (0, 1))
    size = max(len(answer[3]) for answer in answers) / 1000
    p50, p95, most = np.percentile(taken, [50, 95, 100])
    return f"{p50:,.0f} | {p95:,.0f} | {most:,.0f} | {np.percentile(worked, 95):,.0f} | {loop():,.0f} | {size:,.0f}"


def megabytes(pid: int, name: str) -> float:
    """Read a field of the memory of a process."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1000


def processor_seconds(pid: int) -> float:
    """Read how long the thread of a process has worked that worked most: while documents are read, the one that reads.

    Questions asked meanwhile are answered by other threads.
    """
    most = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # ended since
            fields = (task / "stat").read_text().rsplit(") ", 1)[1].split()
            most = max(most, int(fields[11]) + int(fields[12]))
    return most / os.sysconf("SC_CLK_TCK")


def wait_for_index(client: Client, pid: int, n_rows: int) -> None:
    """Watch the reading, ask for pages meanwhile, and print how it went."""
    started, usable, meanwhile, reported, worked = time.monotonic(), None, [], 0.0, 0.0
    while True:
        content = client.get("status")[-1]
        status = json.loads(content)
        if status["state"] == "failed":
            raise SystemExit(status["error"])
        if status["usable"] and usable is None:
            usable = time.monotonic() - started
        if status["state"] == "ready":
            break
        worked = processor_seconds(pid)  # the thread ends with the reading
        if usable is not None:
            meanwhile += [client.get(f"documents?topic={len(meanwhile) % N_TOPICS}")[0], client.get("counts")[0]]
        if time.monotonic() - reported > REPORT_SECONDS:
            reported = time.monotonic()
            state = f"{worked:.0f} s of the processor, {megabytes(pid, 'VmHWM'):,.0f} MB, loop {loop():.0f} ms"
            print(f"{status['rows_read']:,} rows of {status['dataset']}: {state}", flush=True)
        time.sleep(0.6)  # as an open page does
    seconds = time.monotonic() - started
    print(f"Read in {seconds:.1f} s: {n_rows / seconds:,.0f} documents a second; usable after {usable:.1f} s")
    if worked:
        print(f"Seconds of the processor: {worked:.1f}, {n_rows / worked:,.0f} documents each")
    print(f"Peak memory while reading: {megabytes(pid, 'VmHWM'):,.0f} MB")
    if meanwhile:
        p50, p95 = np.percentile(meanwhile, [50, 95])
        print(f"{len(meanwhile)} pages and counts asked for meanwhile: median {p50:,.0f} ms, p95 {p95:,.0f} ms")


def stream_csv(client: Client) -> str:
    """Ask for a topic's documents as a file."""
    milliseconds, _, _, content = client.get("documents.csv?topic=3")
    n_rows = sum(1 for _ in csv.reader(content.decode().splitlines())) - 1
    return f"documents.csv of one topic: {n_rows:,} rows, {len(content) / 1e6:,.1f} MB in {milliseconds / 1000:.1f} s"


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--quick", action="store_true", help="50,000 documents")
    parser.add_argument("--only", default="", help="questions whose name holds this")
    parser.add_argument("--folder", type=Path, help="keeps documents and index, so that the next run only asks")
    parser.add_argument("--serve", nargs=2, metavar=("FILE", "FOLDER"), help="used by the benchmark itself")
    arguments = parser.parse_args()
    if arguments.serve:
        serve(*map(Path, arguments.serve), arguments.rows)
        return
    n_rows = 50_000 if arguments.quick else arguments.rows
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("numpy", "flask"))
    print(
        f"Python {platform.python_version()}, {versions}, SQLite {sqlite3.sqlite_version}; {os.cpu_count()} processors"
    )
    with tempfile.TemporaryDirectory() as folder:
        run(arguments.folder or Path(folder), n_rows, arguments.only)


def run(folder: Path, n_rows: int, only: str) -> None:
    """Make the documents, read them, and ask."""
    documents, index = folder / f"documents-{min(n_rows, MOST_DIFFERENT)}", folder / f"index-{n_rows}"
    if not documents.exists():
        write_documents(documents, n_rows)
    command = [sys.executable, __file__, "--rows", str(n_rows), "--serve", str(documents), str(index)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            client = Client(int(process.stdout.readline()))
            print(f"{n_rows:,} documents, {documents.stat().st_size / 1e6:,.0f} MB")
            wait_for_index(client, process.pid, n_rows)
            sizes = {file.suffix: round(file.stat().st_size / 1e6) for file in index.iterdir()}
            print(f"Index in MB: {sizes}\n\n{HEAD}")
            for name, addresses in questions(n_rows).items():
                if only in name:
                    print(f"| {name} | {measure(client, addresses)} |", flush=True)
            print(f"\n{stream_csv(client)}\nPeak memory: {megabytes(process.pid, 'VmHWM'):,.0f} MB")
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
