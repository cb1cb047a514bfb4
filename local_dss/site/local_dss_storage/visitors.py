"""Who visits a webapp: the user named by the headers of a request, in place of the session that DSS reads there."""

from __future__ import annotations

from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any, Optional

from .errors import StorageError
from .settings import InstanceSettings

VISITOR_COOKIE = "local_dss_visitor"
VISITOR_HEADER = "X-Local-DSS-Visitor"


def visitor_of(headers: Mapping[str, str], settings: InstanceSettings) -> dict[str, Any]:
    """Return the user that headers name; `StorageError` for an anonymous visitor and an unknown login.

    The login is in the header ``X-Local-DSS-Visitor``, which is empty for an anonymous visitor; without it in the
    cookie ``local_dss_visitor``, else it is the ``visitor`` of ``instance.json``.
    """
    headers = {name.lower(): value for name, value in headers.items()}
    login = headers.get(VISITOR_HEADER.lower())
    if login is None:
        login = _login_of_cookie(headers.get("cookie", "")) or settings.visitor
    if not login:
        raise StorageError("No user is authenticated in these headers: the visitor is anonymous.")
    if login not in settings.users:
        raise StorageError(f"Unknown user {login}.")
    user = settings.users[login]
    return {
        "authIdentifier": login,
        "groups": list(user.get("groups", [])),
        "associatedDSSUser": login,
        "authSource": "USER_FROM_UI",
        "userProfile": user.get("userProfile", "DESIGNER"),
        "displayName": user.get("displayName", login),
    }


def _login_of_cookie(header: str) -> Optional[str]:
    try:
        cookie = SimpleCookie(header)
    except CookieError:
        return None
    return cookie[VISITOR_COOKIE].value if VISITOR_COOKIE in cookie else None
