"""How long the page is busy at a time while a reader opens a document of 219,000 characters, in Chromium.

That is the longest speech of the demo, with its summary and some 16,000 words coloured by topic. A task of the page's
main thread that takes more than 50 ms keeps clicks and keys waiting; the longest of each opening is printed. Words
arrive with the text, or two seconds after it, as where the model is being loaded. A fixed loop in the same page shows
how busy the machine was: a task that the system interrupts is longer by that.

Run ``make demo-flow`` and ``python benchmarks/long_document.py``.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "python-lib")]

from topic_pages import page_address  # noqa: E402

from tests.python.browser_support.chromium import headless_chromium  # noqa: E402
from tests.python.local_dss.webapp_host.running_host import RunningHost  # noqa: E402

SETTINGS = {
    "document_topics": "speeches_with_topics", "topics": "topics", "topic_terms": "topic_terms", "model": "topic_model",
    "summaries": "speech_summaries",
}  # fmt: skip
DEADLINE_MS = 120_000
WORDS_AFTER_MS = 2_000
SEARCHES = ("", "government", "peace")
HEAD = "| Opened | longest task, median ms | of all | loop, median ms |\n|---|---|---|---|"
WATCH = """
window.tasks = [];
new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map(({ duration }) => duration)))
  .observe({ type: "longtask" });
"""
LOOP = """() => {
  const started = performance.now();
  let n = 0;
  for (let i = 0; i < 3e7; i++) n = (n * 31 + i) | 0;
  return performance.now() - started + (n & 0);
}"""
LONGEST = """async () => {
  const ask = async (path) => (await fetch(getWebAppBackendUrl(`/api/${path}`))).json();
  const lengths = [];
  for (let row = 0, { total } = await ask("documents"); row < total; row++)
    lengths.push((await ask(`documents/${row}`)).text.length);
  return lengths.indexOf(Math.max(...lengths));
}"""


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, default=ROOT / ".demo" / "home")
    parser.add_argument("--times", type=int, default=3, help="openings for each search")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = shutil.copytree(arguments.home, Path(folder) / "home")
        settings = Path(folder) / "webapp.json"
        settings.write_text(json.dumps(SETTINGS), "utf-8")
        host = RunningHost("text-explorer-webapp", home, "--config", str(settings), "--user", "analyst", plugin=ROOT)
        try:
            address = page_address(host.wait_until_listening().origin)
            with headless_chromium() as browser:
                measure(browser.new_page(viewport={"width": 1440, "height": 900}), address, arguments.times)
        finally:
            host.stop()


def measure(page: Any, address: str, n_times: int) -> None:
    """Open the longest document some times, and print the longest tasks."""
    page.add_init_script(WATCH)
    page.goto(address)
    page.locator(".tx-body").wait_for(timeout=DEADLINE_MS)
    row = page.evaluate(LONGEST)
    opened(page, address, "", row)  # loads the model
    print(HEAD)
    for name, wait in (("with its words", 0), ("words two seconds later", WORDS_AFTER_MS)):
        page.unroute_all()
        page.route("**/words", partial(answer_later, page, wait))
        found = [opened(page, address, search, row) for search in SEARCHES for _ in range(n_times)]
        longest, loops = zip(*found)
        print(f"| {name} | {statistics.median(longest):.0f} | {max(longest):.0f} | {statistics.median(loops):.0f} |")


def answer_later(page: Any, wait: int, route: Any) -> None:
    """Let a request wait some milliseconds."""
    page.wait_for_timeout(wait)
    route.continue_()


def opened(page: Any, address: str, search: str, row: int) -> tuple[float, float]:
    """Open a document from a list, scroll through it, and return milliseconds of the longest task and of a loop."""
    page.goto("about:blank")
    page.goto(f"{address}#screen=documents&q={search}")
    page.locator(".tx-found").first.wait_for(timeout=DEADLINE_MS)
    page.wait_for_timeout(1_000)
    taken = page.evaluate(LOOP)
    page.wait_for_timeout(500)  # the loop is a long task too
    page.evaluate("() => { window.tasks.length = 0; }")
    page.evaluate(f"() => {{ location.hash = 'screen=documents&q={search}&doc={row}'; }}")
    page.locator(".tx-word").first.wait_for(timeout=DEADLINE_MS)
    for _ in range(10):
        page.evaluate("() => { const e = document.querySelector('.tx-right'); e.scrollTop += e.scrollHeight / 10; }")
        page.wait_for_timeout(200)
    return max(page.evaluate("window.tasks"), default=0.0), taken


if __name__ == "__main__":
    main()
