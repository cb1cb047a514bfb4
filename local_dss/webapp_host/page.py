"""Assemble a webapp's page as DSS does: libraries, ``style.css``, ``body.html`` and ``app.js``.

Nothing is written inline: each script and style has a URL of its own, so that the page works under a
``Content-Security-Policy`` that allows the own origin only, and what breaks under it is the webapp's fault.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from typing import Any

from .webapp import Webapp

ASSETS_URL = "/local-dss/"
DATAIKU_LIBRARY = "dataiku"
CARRIED_LIBRARIES = frozenset({DATAIKU_LIBRARY})

_DOCUMENT = re.compile(r"<html[\s>]", re.IGNORECASE)
_HTML_START = re.compile(r"<html(\s[^>]*)?>", re.IGNORECASE)
_HEAD_START = re.compile(r"<head(\s[^>]*)?>", re.IGNORECASE)
_HEAD_END = re.compile(r"</head\s*>", re.IGNORECASE)
_BODY_END = re.compile(r"</body\s*>", re.IGNORECASE)


@dataclass(frozen=True)
class PageAddress:
    """Where the instance serves one webapp.

    Parameters
    ----------
    project_key : str
        The project the webapp is in.
    webapp_id : str
        Identifier of the webapp on the instance; it is not the name of its folder.
    """

    project_key: str
    webapp_id: str

    @property
    def page_url(self) -> str:
        """URL of the page alone; its own files lie below."""
        return f"/webapps/{self.project_key}/{self.webapp_id}"

    @property
    def relative_resource_urls(self) -> tuple[str, str]:
        """Where ``../../resource/`` leads from the page, and from the page's ``app.js``."""
        return "/resource/", "/webapps/resource/"

    @property
    def backend_url(self) -> str:
        """URL below which the backend answers, with a slash at the end."""
        return f"/web-apps-backends/{self.project_key}/{self.webapp_id}/"


def missing_libraries(webapp: Webapp) -> list[str]:
    """List the libraries the webapp asks for and the stand-in does not carry.

    Parameters
    ----------
    webapp : Webapp
        The webapp.

    Returns
    -------
    list of str
        Their names, in the order of ``webapp.json``.
    """
    return [library for library in webapp.libraries if library not in CARRIED_LIBRARIES]


def missing_libraries_warning(webapp: Webapp) -> str:
    """Say in one line which libraries are missing.

    Parameters
    ----------
    webapp : Webapp
        A webapp with missing libraries.

    Returns
    -------
    str
        One sentence.
    """
    names = ", ".join(missing_libraries(webapp))
    return f"The local stand-in for DSS does not carry these libraries the webapp asks for: {names}."


def assemble_page(webapp: Webapp, address: PageAddress) -> str:
    """Assemble the webapp's page from its files.

    Parameters
    ----------
    webapp : Webapp
        The webapp; its ``body.html`` is read anew.
    address : PageAddress
        Where its files are served.

    Returns
    -------
    str
        An HTML document.
    """
    body = webapp.read("body.html")
    libraries = _library_tags(webapp, address)
    style = f'<link rel="stylesheet" href="{address.page_url}/style.css">\n'
    script_type = ' type="module"' if webapp.uses_modules else ""
    script = f'<script{script_type} src="{address.page_url}/app.js"></script>\n'
    if _DOCUMENT.search(body):
        return _fill_document(body, libraries, style, script)
    head = f'<meta charset="utf-8">\n<title>{html.escape(webapp.label)}</title>\n{libraries}{style}'
    return f"<!DOCTYPE html>\n<html>\n<head>\n{head}</head>\n<body>\n{body}\n{script}</body>\n</html>\n"


def config_script(config: dict[str, Any], address: PageAddress) -> str:
    """Write the script that hands the page's values to the library ``dataiku``.

    Parameters
    ----------
    config : dict
        Values of the webapp's params.
    address : PageAddress
        Where the webapp is served.

    Returns
    -------
    str
        JavaScript.
    """
    page = {"config": config, "backendUrl": address.backend_url, "projectKey": address.project_key}
    return f"window.localDssPage = {json.dumps(page)};\n"


def warning_script(webapp: Webapp) -> str:
    """Write the script that names the missing libraries in the page's console.

    Parameters
    ----------
    webapp : Webapp
        A webapp with missing libraries.

    Returns
    -------
    str
        JavaScript.
    """
    return f"console.warn({json.dumps(missing_libraries_warning(webapp))});\n"


def _library_tags(webapp: Webapp, address: PageAddress) -> str:
    urls = []
    if missing_libraries(webapp):
        urls.append(f"{address.page_url}/warning.js")
    if DATAIKU_LIBRARY in webapp.libraries:
        urls += [f"{address.page_url}/config.js", f"{ASSETS_URL}dataiku.js"]
    return "".join(f'<script src="{url}"></script>\n' for url in urls)


def _fill_document(document: str, libraries: str, style: str, script: str) -> str:
    """Put the tags into a ``body.html`` that is a document of its own."""
    head_start = _HEAD_START.search(document) or _HTML_START.search(document)
    document = _insert(document, head_start.end(), "\n" + libraries)
    head_end = _HEAD_END.search(document)
    document = _insert(document, head_end.start() if head_end else head_start.end() + len("\n" + libraries), style)
    body_ends = list(_BODY_END.finditer(document))
    return _insert(document, body_ends[-1].start() if body_ends else len(document), script)


def _insert(text: str, position: int, inserted: str) -> str:
    return text[:position] + inserted + text[position:]
