"""Answer requests for files: those of the plugin's resource folder, of the webapp, and of the host itself."""

from __future__ import annotations

import http
import mimetypes
import os
from pathlib import Path

from werkzeug.security import safe_join
from werkzeug.utils import send_file
from werkzeug.wrappers import Request, Response

# Python's own table, and what it lacks or names otherwise in some version: the tables of operating systems differ, and
# browsers refuse modules of another type.
PYTHON_TYPES = mimetypes.MimeTypes()
MIME_TYPES = {
    ".avif": "image/avif",
    ".eot": "application/vnd.ms-fontobject",
    ".geojson": "application/geo+json",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".map": "application/json",
    ".mjs": "text/javascript",
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}


def mime_type(path: Path) -> str:
    """Return the MIME type of a file name, ``application/octet-stream`` for an unknown ending."""
    known = MIME_TYPES.get(path.suffix.lower())
    return known or PYTHON_TYPES.guess_type(path.name)[0] or "application/octet-stream"


def file_below(folder: Path, relative_path: str) -> Path | None:
    """Find a file below a folder by a path of a URL, not trusted; None where the path or a link leads out of it."""
    joined = safe_join(str(folder), relative_path)
    if joined is None or relative_path.endswith("/"):
        return None
    try:
        file = Path(joined).resolve()
        is_inside = file.is_file() and folder.resolve() in file.parents
    except (OSError, RuntimeError, ValueError):  # a name that is too long, links in a circle, a NUL byte
        return None
    return file if is_inside and os.access(file, os.R_OK) else None


def answer_with_file(request: Request, folder: Path, relative_path: str) -> Response:
    """Answer with a file below a folder, or with status 404; the browser checks it for changes at each use.

    Ranges of bytes and conditions on the date are honoured; the path is decoded and not trusted.
    """
    file = file_below(folder, relative_path)
    if file is None:
        return not_found()
    environ = {**request.environ}
    if not environ.get("HTTP_RANGE", "bytes=").startswith("bytes="):
        del environ["HTTP_RANGE"]  # as nginx: ranges of another unit are ignored, those that cannot be read refused
    return send_file(file, environ, mimetype=mime_type(file), conditional=True, max_age=None)


def not_found() -> Response:
    """Return the answer for an address at which there is nothing."""
    return Response("Nothing is at this address.\n", status=http.HTTPStatus.NOT_FOUND, mimetype="text/plain")


def answer_with_text(content: str, mimetype: str) -> Response:
    """Return the answer for content made on request, in UTF-8, which no browser may keep."""
    return Response(content, mimetype=mimetype, headers={"Cache-Control": "no-store"})
