"""Answer requests for files: those of the plugin's resource folder, of the webapp, and of the host itself."""

from __future__ import annotations

import http
import mimetypes
from pathlib import Path

from werkzeug.security import safe_join
from werkzeug.utils import send_file
from werkzeug.wrappers import Request, Response

# Written out because the tables of operating systems differ, and browsers refuse modules of another type.
MIME_TYPES = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}


def mime_type(path: Path) -> str:
    """Return the MIME type of a file by the ending of its name.

    Parameters
    ----------
    path : Path
        The file; it need not exist.

    Returns
    -------
    str
        For example ``text/javascript``; ``application/octet-stream`` for an unknown ending.
    """
    known = MIME_TYPES.get(path.suffix.lower())
    return known or mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def file_below(folder: Path, relative_path: str) -> Path | None:
    """Find a file below a folder, and nothing outside it.

    Parameters
    ----------
    folder : Path
        The folder that may be read.
    relative_path : str
        Path in a URL, decoded; not trusted.

    Returns
    -------
    Path or None
        The file; None when there is none, or when the path or a symbolic link leads out of the folder.
    """
    if "\0" in relative_path:
        return None
    joined = safe_join(str(folder), relative_path)
    if joined is None:
        return None
    file = Path(joined).resolve()
    return file if file.is_file() and folder.resolve() in file.parents else None


def answer_with_file(request: Request, folder: Path, relative_path: str) -> Response:
    """Answer with a file below a folder, or with status 404.

    Parameters
    ----------
    request : Request
        What the browser sent; ranges and conditions on the date are honoured.
    folder : Path
        The folder that may be read.
    relative_path : str
        Path in the URL below that folder, decoded; not trusted.

    Returns
    -------
    Response
        The file, to be checked for changes at each use.
    """
    file = file_below(folder, relative_path)
    if file is None:
        return not_found()
    return send_file(file, request.environ, mimetype=mime_type(file), conditional=True, max_age=None)


def not_found() -> Response:
    """Return the answer for an address at which there is nothing."""
    return Response("Nothing is at this address.\n", status=http.HTTPStatus.NOT_FOUND, mimetype="text/plain")


def answer_with_text(content: str, mimetype: str) -> Response:
    """Return the answer for content made on request, which no browser may keep.

    Parameters
    ----------
    content : str
        The body.
    mimetype : str
        Its MIME type.

    Returns
    -------
    Response
        The answer, in UTF-8.
    """
    return Response(content, mimetype=mimetype, headers={"Cache-Control": "no-store"})
