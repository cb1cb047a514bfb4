"""The page of the instance around a webapp: a title bar, and the webapp in an iframe."""

from __future__ import annotations

import html

from local_dss.webapp_host.page import ASSETS_URL, PageAddress

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


def frame_page(label: str, address: PageAddress, warnings: list[str]) -> str:
    """Write the frame around a webapp.

    Parameters
    ----------
    label : str
        The webapp's label.
    address : PageAddress
        Where the webapp is served.
    warnings : list of str
        Sentences to show above the webapp.

    Returns
    -------
    str
        An HTML document.
    """
    notes = "".join(f'<p class="bar-warning" role="alert">{html.escape(warning)}</p>\n' for warning in warnings)
    return _FRAME.format(
        label=html.escape(label), assets=ASSETS_URL, page_url=html.escape(address.page_url), notes=notes
    )
