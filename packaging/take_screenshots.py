"""Take a picture of each screen of the webapp on the demo, in light and dark, into ``docs/screenshots/``.

``make screenshots`` runs this after ``make demo-flow`` has built the data. Pictures are PNG files of the page as a
reader with a window of 1280 x 800 sees it.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Page  # noqa: E402

from tests.python.browser_support.chromium import headless_chromium  # noqa: E402

PICTURES = ROOT / "docs" / "screenshots"
PORT = 8799
WINDOW = {"width": 1280, "height": 800}
DEADLINE_SECONDS = 120
N_COLOURS = 128

# Name of the picture, and the hash of the view it shows; those of `docs/tour.md` begin with "tour-".
SCREENS = {
    "story": "",
    "report": "",
    "tour-riser": "screen=time&topic=1",
    "tour-topic": "topic=1",
    "tour-document": "screen=documents&topic=1&sort=-probability",
    "tour-report": "",
    "overview": "screen=overview",
    "map": "shape=map",
    "matrix": "shape=matrix",
    "topic": "topic=8",
    "merge": "topic=8",
    "documents": "screen=documents&q=gold&doc=9700",
    "document-map": "screen=documents&docs=map",
    "terms": "screen=terms&term=peace",
    "time": "screen=time",
    "groups": "screen=groups&column=1",
    "models": "screen=models",
    "try": "screen=try",
    "review": "screen=review",
}
TEXT_TO_TRY = (
    "We will create new jobs by lowering taxes on small businesses, and balance the budget without cutting health care "
    "for the elderly."
)


def main(home: Path) -> None:
    """Take all pictures of the webapp on a home folder of the stand-in."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    with served(home) as address, headless_chromium() as browser:
        for scheme in ("light", "dark"):
            for name, fragment in SCREENS.items():
                page = opened(browser, f"{address}#{fragment}", scheme)
                if name in ACTIONS:
                    ACTIONS[name](page)
                    page.wait_for_load_state("networkidle")
                keep(page.screenshot(), PICTURES / f"{name}-{scheme}.png")
                page.context.close()
    n_bytes = sum(path.stat().st_size for path in PICTURES.iterdir())
    print(f"{len(list(PICTURES.iterdir()))} pictures, {n_bytes / 1e6:.1f} MB")  # noqa: T201 - what the command has done


@contextlib.contextmanager
def served(home: Path) -> Iterator[str]:
    """Serve the webapp to the analyst, and yield the address of its page."""
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(home, Path(folder) / "home")
        command = [
            sys.executable,
            "-m",
            "local_dss",
            "serve",
            "text-explorer-webapp",
            "--plugin",
            ".",
            "--home",
            str(copy),
        ]
        command += ["--config", "demo/webapp.json", "--user", "analyst", "--port", str(PORT)]
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            yield page_address(f"http://127.0.0.1:{PORT}")
        finally:
            server.terminate()
            server.wait()


def page_address(origin: str) -> str:
    """Wait for the host, and read where the page is."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while True:
        try:
            with urllib.request.urlopen(origin) as answer:
                return origin + answer.read().decode("utf-8").split('data-src="')[1].split('"')[0]
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def opened(browser: Browser, address: str, scheme: str) -> Page:
    """Open a view and wait until all documents are read and it is drawn."""
    page = browser.new_context(viewport=WINDOW, color_scheme=scheme, reduced_motion="reduce").new_page()
    page.goto(address)
    page.locator(".tx-body").wait_for(timeout=DEADLINE_SECONDS * 1000)
    page.get_by_text("Reading the documents").first.wait_for(state="hidden", timeout=DEADLINE_SECONDS * 1000)
    page.wait_for_load_state("networkidle")
    return page


def keep(picture: bytes, path: Path) -> None:
    """Write a picture with so few colours that all pictures together stay small."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(N_COLOURS, dither=Image.Dither.NONE).save(
        path, optimize=True
    )


def try_a_text(page: Page) -> None:
    """Paste a text and ask for its topics."""
    page.locator("main textarea").fill(TEXT_TO_TRY)
    page.get_by_role("button", name="Find topics").click()
    page.locator("main .tx-mixture").wait_for(timeout=DEADLINE_SECONDS * 1000)


def begin_review(page: Page) -> None:
    """Start the quiz."""
    page.get_by_role("button", name="Start 10 questions").click()


def prepare_merge(page: Page) -> None:
    """Open the dialog that merges a topic, and choose the first target it offers."""
    page.get_by_role("button", name="Merge").first.click()
    page.locator("dialog[open] [role=option]").first.click()
    page.get_by_text("Merged", exact=True).wait_for()


def open_report(page: Page) -> None:
    """Open the dialog of the report."""
    page.get_by_role("button", name="Report").click()


def show_saved_report(page: Page) -> None:
    """Save the report, and show the file in place of the page."""
    open_report(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save report").click()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.html"
        download.value.save_as(path)
        page.goto(path.as_uri())
    page.locator(".tx-report-findings").scroll_into_view_if_needed()


def open_first_document(page: Page) -> None:
    """Open the first document of the list."""
    page.locator("main .tx-card").first.click()
    page.locator(".tx-text").wait_for()


# What a reader does before the picture of a screen is taken.
ACTIONS = {
    "report": show_saved_report,
    "tour-document": open_first_document,
    "tour-report": open_report,
    "try": try_a_text,
    "review": begin_review,
    "merge": prepare_merge,
}


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / ".demo" / "home"))
