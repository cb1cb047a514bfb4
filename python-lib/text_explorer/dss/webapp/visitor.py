"""Identify the visitor of the webapp: DSS knows its users by the headers of a request."""

from __future__ import annotations

from collections.abc import Mapping

import dataiku

from text_explorer.dss.webapp.asking import answer_or_none
from text_explorer.explorer.shared.source import Visitor

_LONGEST_NAME = 200


def visitor_of(headers: Mapping[str, str]) -> Visitor | None:
    """Ask DSS who sent a request with these headers, cookies included; None where DSS does not know."""
    user = answer_or_none(lambda: dataiku.api_client().get_auth_info_from_browser_headers(dict(headers)))
    if not isinstance(user, dict):
        return None
    login = _line(user.get("authIdentifier"))
    return Visitor(login, _line(user.get("displayName")) or login) if login else None


def _line(value: object) -> str:
    """Return a name as one line of printable characters."""
    text = value if isinstance(value, str) else ""
    writable = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(char if char.isprintable() else " " for char in writable).split())[:_LONGEST_NAME]
