"""How long the page of the zip takes until its first topic is drawn, from a server 150 ms away.

The plugin is built and served on the demo's project; its documents have been read. Chromium delays each answer by 150
ms. *First* is a load with an empty cache, *again* the load after it. Answers of the machine itself are part of what is
measured, so a busy one is slower: the median and the fastest of the loads are printed, and how many requests followed
one another.

Run ``make demo-flow`` and ``python benchmarks/first_load.py``; ``--plugin FOLDER`` measures an unpacked zip.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page  # noqa: E402

from tests.python.browser_support.chromium import headless_chromium  # noqa: E402
from tests.python.local_dss.webapp_host.running_host import RunningHost  # noqa: E402

LATENCY_MS = 150
MEGABITS = 10
N_LOADS = 7
DEADLINE_MS = 120_000
HEAD = "| Load | median ms | fastest ms | requests | kB | one after the other |\n|---|---|---|---|---|---|"
# When the first topic of the list is there, by the clock that starts with the load.
WATCH = """
new MutationObserver((_, observer) => {
  if (!document.querySelector(".tx-topics [data-value]")) return;
  window.drawnAt = performance.now();
  observer.disconnect();
}).observe(document, { childList: true, subtree: true });
"""
REQUESTS = """
() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .filter((entry) => entry.responseEnd <= window.drawnAt)
  .map((entry) => ({ start: entry.startTime, end: entry.responseStart, size: entry.transferSize }))
"""


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plugin", type=Path, help="folder of an unpacked zip, built by default")
    parser.add_argument("--home", type=Path, default=ROOT / ".demo" / "home")
    parser.add_argument("--loads", type=int, default=N_LOADS)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        plugin = arguments.plugin or built_plugin(Path(folder))
        home = shutil.copytree(arguments.home, Path(folder) / "home")
        options = ("--config", str(ROOT / "demo" / "webapp.json"), "--user", "analyst")
        host = RunningHost("text-explorer-webapp", home, *options, plugin=plugin)
        try:
            address = host.wait_until_listening().origin + host.page_path
            with headless_chromium() as browser:
                wait_for_documents(browser, address)
                measured = [load_twice(browser, address) for _ in range(arguments.loads)]
        finally:
            host.stop()
    print(HEAD)
    for name, loads in zip(("first", "again"), zip(*measured)):
        print(f"| {name} | {describe(loads)} |")


def built_plugin(folder: Path) -> Path:
    """Build the zip and unpack it."""
    subprocess.run([sys.executable, ROOT / "packaging" / "make_plugin.py", folder], check=True, capture_output=True)
    shutil.unpack_archive(next(folder.glob("*.zip")), folder / "plugin")
    return folder / "plugin"


def wait_for_documents(browser: Browser, address: str) -> None:
    """Open the page until all documents are read."""
    page = browser.new_page()
    page.goto(address)
    page.locator(".tx-body").wait_for(timeout=DEADLINE_MS)
    page.get_by_text("Reading the documents").first.wait_for(state="hidden", timeout=DEADLINE_MS)
    page.close()


def load_twice(browser: Browser, address: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Load the page with an empty cache and again."""
    with browser.new_context() as context:
        page = context.new_page()
        page.add_init_script(WATCH)
        network = {
            "offline": False, "latency": LATENCY_MS,
            "downloadThroughput": MEGABITS * 125_000, "uploadThroughput": MEGABITS * 125_000,
        }  # fmt: skip
        context.new_cdp_session(page).send("Network.emulateNetworkConditions", network)
        page.goto(address)
        first = drawn(page)
        page.wait_for_load_state("networkidle")
        page.reload()
        return first, drawn(page)


def drawn(page: Page) -> dict[str, Any]:
    """Wait for the first topic, and return when it was drawn and which requests came before."""
    page.wait_for_function("window.drawnAt", timeout=DEADLINE_MS)
    return {"ms": page.evaluate("window.drawnAt"), "requests": page.evaluate(REQUESTS)}


def describe(loads: tuple[dict[str, Any], ...]) -> str:
    """Return the cells of a row."""
    times = [load["ms"] for load in loads]
    fastest = min(loads, key=lambda load: load["ms"])["requests"]
    n_bytes = sum(request["size"] for request in fastest)
    return (
        f"{statistics.median(times):,.0f} | {min(times):,.0f} | {len(fastest)} | {n_bytes / 1000:,.0f} | "
        f"{longest_chain(fastest)}"
    )


def longest_chain(requests: list[dict[str, float]]) -> int:
    """Count how many requests followed one another at most, each begun after the one before was answered."""
    n, last = 0, -1.0
    for request in sorted(requests, key=lambda request: request["end"]):
        if request["start"] >= last:
            n, last = n + 1, request["end"]
    return n


if __name__ == "__main__":
    main()
