"""Who visits the webapp: told to the backend by the host alone, whatever the browser claims.

The names are those that ``dataiku.api_client().get_auth_info_from_browser_headers`` of the stand-in reads.
"""

from __future__ import annotations

VISITOR_HEADER = "X-Local-DSS-Visitor"
VISITOR_COOKIE = "local_dss_visitor"


def name_visitor(headers: list[tuple[str, str]], login: str | None) -> list[tuple[str, str]]:
    """Replace what the browser claims about its user by what the host knows.

    Parameters
    ----------
    headers : list of (str, str)
        Names and values as received.
    login : str or None
        Login of the visitor; None for an anonymous one.

    Returns
    -------
    list of (str, str)
        Headers for the backend; that of the visitor is empty for an anonymous one.
    """
    named = []
    for name, value in headers:
        kept = _without_visitor_cookie(value) if name.lower() == "cookie" else value
        if kept and name.lower() != VISITOR_HEADER.lower():
            named.append((name, kept))
    return [*named, (VISITOR_HEADER, login or "")]


def _without_visitor_cookie(cookies: str) -> str:
    """Drop each part that holds the name at all: readers of cookies disagree on where a name may start."""
    return ";".join(part for part in cookies.split(";") if VISITOR_COOKIE not in part).strip()
