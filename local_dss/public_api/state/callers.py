"""Who calls the API: by an API key, or by a ticket of a process that the instance started."""

from __future__ import annotations

import base64
import binascii
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PROJECT_ADMIN = "ADMIN"
# What a right includes besides itself.
_INCLUDED = {"WRITE_CONF": {"READ_CONF"}, "READ_CONF": set[str]()}


@dataclass(frozen=True)
class Caller:
    """A user with the rights of a key; `projects` holds the rights by project key, ``*`` standing for all others."""

    user: str
    is_admin: bool = False
    may_create_projects: bool = False
    projects: Mapping[str, list[str]] = field(default_factory=dict)

    def has_right(self, project_key: str, right: str) -> bool:
        """Return whether the key itself has a right on a project; its owner has all without it."""
        granted = set(self.projects.get(project_key, self.projects.get("*", [])))
        included = {name for own in granted for name in _INCLUDED.get(own, ())}
        return self.is_admin or bool({right, PROJECT_ADMIN} & (granted | included))


class Callers:
    """Keys of the instance, and tickets while the processes run that hold them."""

    def __init__(self, keys: Mapping[str, Mapping[str, Any]]):
        self._keys = {
            key: Caller(
                user=str(entry.get("user", "api")),
                is_admin=bool(entry.get("admin")),
                may_create_projects=bool(entry.get("may_create_projects")),
                projects=entry.get("projects", {}),
            )
            for key, entry in keys.items()
        }
        self._tickets: dict[str, Caller] = {}
        self._lock = threading.Lock()

    def of_request(self, authorization: str, ticket: str | None) -> Caller | None:
        """Return who sends a request: key as user or password of Basic, or as Bearer, or a ticket; None if unknown."""
        if ticket is not None:
            return self._tickets.get(ticket)
        return next((self._keys[key] for key in _keys_of(authorization) if key in self._keys), None)

    def issue_ticket(self, caller: Caller) -> str:
        """Return a ticket with which a process acts for a caller."""
        ticket = secrets.token_hex(16)
        with self._lock:
            self._tickets[ticket] = caller
        return ticket

    def revoke_ticket(self, ticket: str) -> None:
        """Refuse a ticket from now on."""
        with self._lock:
            self._tickets.pop(ticket, None)


def _keys_of(authorization: str) -> list[str]:
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return [value.strip()]
    if scheme.lower() != "basic":
        return []
    try:
        user, _, password = base64.b64decode(value, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return []
    return [text for text in (user, password) if text]
