"""How fast the webapp's page draws many topics, in Chromium: the list, the bars, the map and the matrix.

Topics are distributions over made-up words, in ten groups that share words; super-topics and the map come from the
same code as in 'Discover topics'. The datasets are imported into a home of the stand-in for DSS, which serves the
webapp, and a browser opens it as a user would. Times are medians of some repetitions, from a click to the frame that
shows its result; in brackets stands how long the page's main thread worked until it came to rest, by its own clock, as
wall-clock time depends on what else the machine does.

Run ``python benchmarks/topic_pages.py``; the table is printed, and written into docs/performance.md by ``--write``.
``--topics 263`` measures another number, ``--serve PORT`` only serves the project, to look at it.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from explorer_documents import word
from pages import replace_part

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "python-lib"), str(ROOT)]

N_GROUPS, N_TERMS, N_DOCUMENTS, N_LISTED = 10, 4_000, 20_000, 20
TYPES = {"topic_id": "bigint", "topic_probability": "double", "rank": "bigint", "probability": "double", "date": "date",
         "n_documents": "bigint", "document_share": "double", "token_share": "double", "coherence_npmi": "double",
         "map_x": "double", "map_y": "double", "parent": "bigint", "count": "bigint", "document_count": "bigint",
         "lift": "double"}  # fmt: skip
Row = dict[str, Any]


def topic_term_distributions(n_topics: int, generator: np.random.Generator) -> np.ndarray:
    """Draw p(term | topic): half of each from its group's words."""
    bases = generator.dirichlet(np.full(N_TERMS, 0.02), N_GROUPS)
    groups = generator.integers(0, N_GROUPS, n_topics)
    return 0.5 * bases[groups] + 0.5 * generator.dirichlet(np.full(N_TERMS, 0.02), n_topics)


def project(n_topics: int) -> tuple[dict[str, list[Row]], Row]:
    """Make the three datasets and the manifest of the model."""
    from text_explorer.topics.describing.super_topics import group_topics  # noqa: PLC0415
    from text_explorer.topics.describing.topic_map import lay_out_topics  # noqa: PLC0415
    from text_explorer.topics.quality.distances import topic_distances  # noqa: PLC0415

    generator = np.random.default_rng(3)
    distr = topic_term_distributions(n_topics, generator)
    distances = topic_distances(distr)
    parents, places = group_topics(distances).parents.tolist(), lay_out_topics(distances).coordinates
    best = np.argsort(-distr, axis=1)[:, :N_LISTED]
    names = [[word(term + 16) for term in terms] for terms in best.tolist()]
    supers = [", ".join(names[parents.index(parent)][:3]) for parent in range(max(parents) + 1)]
    weights = 1 / np.arange(3, n_topics + 3)
    topics = generator.choice(n_topics, N_DOCUMENTS, p=weights / weights.sum())
    counts = np.bincount(topics, minlength=n_topics)
    labels = [", ".join(terms[:3]) for terms in names]
    tables = {
        "document_topics": list(_documents(topics.tolist(), names, labels, generator)),
        "topics": [
            {"topic_id": topic, "label": labels[topic], "n_documents": int(counts[topic]),
             "document_share": counts[topic] / N_DOCUMENTS, "token_share": counts[topic] / N_DOCUMENTS,
             "coherence_npmi": round(float(generator.uniform(0, 0.3)), 3), "top_terms": json.dumps(names[topic][:10]),
             "distinctive_terms": "[]", "representative_documents": "[]", "map_x": places[topic, 0],
             "map_y": places[topic, 1], "parent": parents[topic], "parent_label": supers[parents[topic]]}
            for topic in range(n_topics)
        ],
        "topic_terms": [
            {"topic_id": topic, "rank": rank, "term": names[topic][rank],
             "probability": distr[topic, best[topic, rank]], "lift": 2.0, "count": 10, "document_count": 10}
            for topic in range(n_topics) for rank in range(N_LISTED)
        ],
    }  # fmt: skip
    manifest = {
        "format_version": 1, "engine": "gsdmm", "model_id": f"{n_topics:032x}", "n_topics": n_topics,
        "topic_labels": labels, "super_topics": supers, "topic_parents": parents,
        "settings": {"text_column": "text", "date_column": "date", "seed": 1},
    }  # fmt: skip
    return tables, manifest


def _documents(
    topics: list[int], names: list[list[str]], labels: list[str], generator: np.random.Generator
) -> Iterator[Row]:
    drawn = np.minimum(generator.geometric(0.2, (len(topics), 12)) - 1, N_LISTED - 1)
    years = generator.integers(2000, 2026, len(topics))
    for number, topic in enumerate(topics):
        text = " ".join(names[topic][place] for place in drawn[number])
        yield {"id": f"d{number}", "text": text, "date": f"{years[number]}-06-01T00:00:00.000Z", "topic_id": topic,
               "topic_label": labels[topic], "topic_probability": 0.9, "topic_distribution": "",
               "topic_status": "ok"}  # fmt: skip


def import_project(n_topics: int, folder: Path) -> Path:
    """Write the project into a home folder of the stand-in; return the settings of the webapp."""
    from local_dss.command_line import main as local_dss  # noqa: PLC0415

    tables, manifest = project(n_topics)
    home = ["--home", str(folder / "home")]
    for role, rows in tables.items():
        path, schema = folder / f"{role}.csv", folder / f"{role}.json"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        schema.write_text(json.dumps([{"name": name, "type": TYPES.get(name, "string")} for name in rows[0]]), "utf-8")
        local_dss(["import", *home, role, str(path), "--schema", str(schema)])
    (folder / "model").mkdir()
    (folder / "model" / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    local_dss(["import-folder", *home, "model", str(folder / "model")])
    config = folder / "webapp.json"
    config.write_text(json.dumps({**{role: role for role in tables}, "model": "model", "id_column": "id"}), "utf-8")
    return config


def serve(folder: Path, config: Path, port: int) -> subprocess.Popen[bytes]:
    """Serve the webapp to an analyst."""
    command = [sys.executable, "-m", "local_dss", "serve", "text-explorer-webapp", "--plugin", str(ROOT), "--home"]
    command += [str(folder / "home"), "--config", str(config), "--user", "analyst", "--port", str(port)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


# Resolves in the frame after the one that shows what an action changed; `ready` is a selector that must be there.
TIMED = """async ([action, ready]) => {
    const root = document;
    const started = performance.now();
    action && (0, eval)(`(${action})`)(root);
    while (ready && !root.querySelector(ready)) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    await new Promise((done) => setTimeout(done));
    return performance.now() - started;
}"""
# Scrolls through the list step by step, and returns the length that 95% of the frames do not exceed.
SCROLLED = """async () => {
    const list = document.querySelector(".tx-left");
    const frames = [];
    let last = performance.now();
    for (let top = 0; top < list.scrollHeight; top += 400) {
        list.scrollTop = top;
        await new Promise(requestAnimationFrame);
        frames.push(performance.now() - last);
        last = performance.now();
    }
    return frames.sort((a, b) => a - b)[Math.floor(frames.length * 0.95)];
}"""


LOOP = "() => { let n = 0; for (let i = 0; i < 3e7; i++) n = (n * 31 + i) | 0; return n; }"
REST_MS = 700


def click(selector: str) -> str:
    """Return the action that clicks on an element."""
    return f"(root) => root.querySelector({json.dumps(selector)}).click()"


def typed(text: str) -> str:
    """Return the action that types into the field that finds topics."""
    return (
        "(root) => { const field = root.querySelector('.tx-find-topic'); "
        f"field.value = {json.dumps(text)}; field.dispatchEvent(new Event('input')); }}"
    )


def shape(name: str) -> str:
    """Return the selector of the button of a shape of the topics."""
    return f".tx-choices [data-value={name}]"


STEPS = [
    ("list, grouped", click(".tx-topic-tools [data-value=grouped]"), "[role=tree] .tx-super",
     click("[data-value=flat]")),
    ("list, flat: first topics", click(".tx-topic-tools [data-value=flat]"), "[role=listbox]",
     click("[data-value=grouped]")),
    ("a super-topic unfolded in list and bars", click(".tx-super"), ".tx-super[aria-expanded=true]",
     click(".tx-super")),
    ("find a topic: one letter", typed("k"), None, typed("")),
    ("find a topic by a term", typed("kan"), None, typed("")),
    ("map", click(shape("map")), ".tx-map .tx-map-topic", click(shape("bars"))),
    ("map, zoomed in", click(".tx-zoom button"), None, None),
    ("matrix by super-topic", click(shape("matrix")), ".tx-similarity .tx-cell", click(shape("bars"))),
]  # fmt: skip
"""What is measured: its name, the action, what shows that it is done, and the action that takes it back."""


def measure(address: str, n_times: int) -> dict[str, str]:
    """Open the page and return by step milliseconds until it is drawn and, of the main thread, of work until rest."""
    from tests.python.browser_support.chromium import headless_chromium  # noqa: PLC0415

    found: dict[str, str] = {}
    with headless_chromium() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(address)
        page.locator(".tx-bar-plain").first.wait_for()
        opened = [_open(page, address) for _ in range(n_times)]
        found["page opened again, until the bars are drawn"] = f"{statistics.median(opened):,.0f}"
        clock = page.context.new_cdp_session(page)
        clock.send("Performance.enable", {"timeDomain": "threadTicks"})
        found["(a loop of 30 million additions)"] = _timed(page, clock, n_times, LOOP, None, None)
        for name, action, ready, back in STEPS:
            found[name] = _timed(page, clock, n_times, action, ready, back)
            if name.startswith("list, flat"):
                page.evaluate(TIMED, [click(".tx-topic-tools [data-value=flat]"), None])
                page.wait_for_timeout(1_500)
                found["a frame while the flat list scrolls, p95"] = f"{page.evaluate(SCROLLED):,.0f}"
                page.evaluate(TIMED, [click(".tx-topic-tools [data-value=grouped]"), None])
                page.wait_for_timeout(REST_MS)
            if name == "map":
                page.evaluate(TIMED, [click(shape("map")), None])
                page.wait_for_timeout(REST_MS)
    return found


def _timed(page: Any, clock: Any, n_times: int, action: str, ready: str | None, back: str | None) -> str:
    """Return medians of milliseconds until an action's result is drawn and of the main thread's work until rest."""
    times, work = [], []
    for _ in range(n_times):
        before = _worked(clock)
        times.append(page.evaluate(TIMED, [action, ready]))
        page.wait_for_timeout(REST_MS)
        work.append(_worked(clock) - before)
        if back:
            page.evaluate(TIMED, [back, None])
            page.wait_for_timeout(REST_MS)
    return f"{statistics.median(times):,.0f} ({statistics.median(work):,.0f})"


def _worked(clock: Any) -> float:
    """Return CPU milliseconds of the tasks of the page's main thread."""
    metrics = clock.send("Performance.getMetrics")["metrics"]
    return next(each["value"] for each in metrics if each["name"] == "TaskDuration") * 1000


def _open(page: Any, address: str) -> float:
    started = time.perf_counter()
    page.goto(address)
    page.reload()
    page.locator(".tx-bar-plain").first.wait_for()
    return (time.perf_counter() - started) * 1000


def page_address(address: str) -> str:
    """Wait until the documents are read, and return the address of the page without the frame of the stand-in."""
    for _ in range(600):
        try:
            path = re.search(r'data-src="([^"]+)"', _content(address))[1]
            status = _content(address + path.replace("/webapps/", "/web-apps-backends/") + "/api/status")
            if json.loads(status)["state"] == "ready":
                return address + path
        except OSError:  # the stand-in or its backend is not there yet
            pass
        time.sleep(0.2)
    raise SystemExit(f"Nothing is served at {address}")


def _content(address: str) -> str:
    with urllib.request.urlopen(address, timeout=5) as answer:
        return answer.read().decode()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--topics", type=int, nargs="+", default=[24, 263, 1_000])
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--port", type=int, default=8917)
    parser.add_argument("--serve", action="store_true", help="serve the first project until interrupted")
    parser.add_argument("--write", action="store_true", help="write the table into docs/performance.md")
    arguments = parser.parse_args()
    columns = {n: _measured(n, arguments) for n in arguments.topics}
    heads = " | ".join(f"{n:,} topics" for n in columns)
    lines = [f"| Milliseconds until drawn (work of the main thread) | {heads} |", "|---|" + "---:|" * len(columns)]
    for name in next(iter(columns.values())):
        lines.append(f"| {name} | {' | '.join(column[name] for column in columns.values())} |")
    table = "\n".join(lines)
    print(table)
    if arguments.write:
        replace_part("performance.md", "topic pages benchmark", table)


def _measured(n_topics: int, arguments: argparse.Namespace) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = serve(folder, import_project(n_topics, folder), arguments.port)
        try:
            address = page_address(f"http://127.0.0.1:{arguments.port}")
            if arguments.serve:
                server.wait()
            return measure(address + "#levels=grouped&open=none", arguments.times)
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
