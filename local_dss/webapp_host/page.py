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

from local_dss.webapp_host.libraries import DATAIKU_LIBRARY, LibraryShelf, library_urls
from local_dss.webapp_host.webapp import Webapp

ASSETS_URL = "/local-dss/"

_FRAME = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{label}</title>
<link rel="stylesheet" href="{assets}frame.css">
</head>
<body>
<header class="bar">
<h1 class="bar-title">{label}</h1>
<a class="bar-link" href="{page_url}">Open without frame</a>
</header>
{notes}<iframe class="webapp" title="{label}" data-src="{page_url}"></iframe>
<script src="{assets}frame.js"></script>
</body>
</html>
"""

_DOCUMENT = re.compile(r"<html[\s>]", re.IGNORECASE)
_HTML_START = re.compile(r"<html(\s[^>]*)?>", re.IGNORECASE)
_HEAD_START = re.compile(r"<head(\s[^>]*)?>", re.IGNORECASE)
_HEAD_END = re.compile(r"</head\s*>", re.IGNORECASE)
_BODY_END = re.compile(r"</body\s*>", re.IGNORECASE)


@dataclass(frozen=True)
class PageAddress:
    """Where the instance serves one webapp, by an identifier that is not the name of its folder."""

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


def assemble_page(webapp: Webapp, address: PageAddress, shelf: LibraryShelf) -> str:
    """Assemble the webapp's page, an HTML document, from its files, which are read again at each call."""
    body = webapp.read("body.html")
    libraries = _library_tags(webapp, address, shelf)
    style = _style_tags([f"{address.page_url}/style.css"] if webapp.has_style else [])
    script_type = ' type="module"' if webapp.uses_modules else ""
    script = f'<script{script_type} src="{address.page_url}/app.js"></script>\n'
    if _DOCUMENT.search(body):
        return _fill_document(body, libraries, style, script)
    head = f'<meta charset="utf-8">\n<title>{html.escape(webapp.label)}</title>\n{libraries}{style}'
    return f"<!DOCTYPE html>\n<html>\n<head>\n{head}</head>\n<body>\n{body}\n{script}</body>\n</html>\n"


def config_script(config: dict[str, Any], address: PageAddress, api_key: str) -> str:
    """Write the script that hands the page's values, its own API key among them, to the library ``dataiku``."""
    page = {"config": config, "backendUrl": address.backend_url, "projectKey": address.project_key, "apiKey": api_key}
    return f"window.localDssPage = {json.dumps(page)};\n"


def warning_script(warnings: list[str]) -> str:
    """Write the script that logs a sentence for each missing library to the page's console."""
    return "".join(f"console.error({json.dumps(warning)});\n" for warning in warnings)


def frame_page(label: str, address: PageAddress, warnings: list[str]) -> str:
    """Write the page of the instance around a webapp: a title bar, the warnings, and the webapp in an iframe."""
    notes = "".join(f'<p class="bar-warning" role="alert">{html.escape(warning)}</p>\n' for warning in warnings)
    return _FRAME.format(
        label=html.escape(label), assets=ASSETS_URL, page_url=html.escape(address.page_url), notes=notes
    )


def _library_tags(webapp: Webapp, address: PageAddress, shelf: LibraryShelf) -> str:
    libraries = shelf.served(webapp.libraries)
    scripts = library_urls(file for library in libraries for file in library.scripts)
    if shelf.warnings(webapp.libraries):
        scripts.insert(0, f"{address.page_url}/warning.js")
    if DATAIKU_LIBRARY in webapp.libraries:
        scripts += [f"{address.page_url}/config.js", f"{ASSETS_URL}dataiku.js"]
    styles = library_urls(file for library in libraries for file in library.styles)
    return _style_tags(styles) + "".join(f'<script src="{url}"></script>\n' for url in scripts)


def _style_tags(urls: list[str]) -> str:
    return "".join(f'<link rel="stylesheet" href="{url}">\n' for url in urls)


def _fill_document(document: str, libraries: str, style: str, script: str) -> str:
    """Put the tags into a ``body.html`` that is a document of its own."""
    head_start = _HEAD_START.search(document) or _HTML_START.search(document)
    after_start = head_start.end() if head_start else 0
    document = _insert(document, after_start, "\n" + libraries)
    head_end = _HEAD_END.search(document)
    document = _insert(document, head_end.start() if head_end else after_start + len("\n" + libraries), style)
    body_ends = list(_BODY_END.finditer(document))
    return _insert(document, body_ends[-1].start() if body_ends else len(document), script)


def _insert(text: str, position: int, inserted: str) -> str:
    return text[:position] + inserted + text[position:]
