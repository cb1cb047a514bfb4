"""Libraries a webapp may tick in ``standardWebAppLibraries``, from a folder filled by ``make webapp-libraries``.

Public material names version 3 of d3 and no version of the others. Chosen: the last Bootstrap 3 and Font
Awesome 4, whose class names (``col-md-6``, ``fa fa-check``) pages for DSS use, and current jQuery 3 and Leaflet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from local_dss.errors import LocalDssError
from local_dss.webapp_host.static_files import file_below

LIBRARIES_URL = "/local-dss-libraries/"
DATAIKU_LIBRARY = "dataiku"
HOW_TO_GET_THEM = "Run 'make webapp-libraries', then serve with --libraries .webapp-libraries."


@dataclass(frozen=True)
class Library:
    """Files of a library, as paths below ``node_modules``."""

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()


# In the order in which a page loads them: Bootstrap needs jQuery.
LIBRARIES = {
    "jquery": Library(scripts=("jquery/dist/jquery.min.js",)),
    "bootstrap": Library(
        scripts=("bootstrap/dist/js/bootstrap.min.js",), styles=("bootstrap/dist/css/bootstrap.min.css",)
    ),
    "font_awesome": Library(styles=("font-awesome/css/font-awesome.min.css",)),
    "d3": Library(scripts=("d3/d3.min.js",)),
    "leaflet": Library(scripts=("leaflet/dist/leaflet.js",), styles=("leaflet/dist/leaflet.css",)),
}


@dataclass(frozen=True)
class LibraryShelf:
    """The libraries a host can serve, in a ``node_modules`` folder; None when the host has none."""

    folder: Path | None = None

    def served(self, ticked: Iterable[str]) -> list[Library]:
        """Return those of the ticked libraries that can be served, in the order in which a page loads them."""
        wanted = set(ticked) if self.folder is not None else set()
        return [library for name, library in LIBRARIES.items() if name in wanted]

    def warnings(self, ticked: Iterable[str]) -> list[str]:
        """Return a sentence for each reason why a ticked library is not served."""
        ticked = [name for name in ticked if name != DATAIKU_LIBRARY]
        unknown = [name for name in ticked if name not in LIBRARIES]
        absent = [name for name in ticked if name in LIBRARIES and self.folder is None]
        sentences = []
        if absent:
            sentences.append(f"The page lacks libraries it asks for: {', '.join(absent)}. {HOW_TO_GET_THEM}")
        if unknown:
            carried = ", ".join([DATAIKU_LIBRARY, *LIBRARIES])
            sentences.append(
                f"The local stand-in for DSS does not have libraries the page asks for: {', '.join(unknown)}. "
                f"It has: {carried}."
            )
        return sentences


def open_shelf(folder: Path | None, ticked: Iterable[str]) -> LibraryShelf:
    """Open the folder of the libraries, None for none, and check that the ticked ones are in it."""
    if folder is None:
        return LibraryShelf()
    modules = folder.resolve() / "node_modules"
    shelf = LibraryShelf(modules)
    files = [file for library in shelf.served(ticked) for file in (*library.scripts, *library.styles)]
    missing = [file for file in files if file_below(modules, file) is None]
    if missing:
        raise LocalDssError(
            f"The libraries folder {folder} does not have {', '.join(missing)}. "
            "Run 'make webapp-libraries', which fills .webapp-libraries."
        )
    return shelf


def library_urls(files: Iterable[str]) -> list[str]:
    """Return where the host serves files of libraries."""
    return [LIBRARIES_URL + quote(file) for file in files]
