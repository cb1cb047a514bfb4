"""Who visits the webapp, as DSS tells it from the headers of a request."""

from __future__ import annotations

import logging
from collections.abc import Mapping

import dataiku

from text_explorer.explorer.shared.source import Visitor

logger = logging.getLogger(__name__)

_LONGEST_NAME = 200


def visitor_of(headers: Mapping[str, str]) -> Visitor | None:
    """Ask DSS who sent a request.

    Parameters
    ----------
    headers
        All headers of the request; DSS knows its users by their cookies.

    Returns
    -------
    Visitor or None
        None for an anonymous visitor, and whenever DSS cannot tell.
    """
    try:
        told = dataiku.api_client().get_auth_info_from_browser_headers(dict(headers))
    except Exception as error:  # noqa: BLE001 - for a visitor of a public webapp DSS raises what is not documented
        logger.info("The visitor is not known: %s", type(error).__name__)
        return None
    told = told if isinstance(told, dict) else {}
    login = _line(told.get("authIdentifier"))
    return Visitor(login, _line(told.get("displayName")) or login) if login else None


def _line(value: object) -> str:
    """Give a name as one writable line."""
    text = value if isinstance(value, str) else ""
    writable = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(char if char.isprintable() else " " for char in writable).split())[:_LONGEST_NAME]
