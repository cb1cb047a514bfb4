"""One request to the public API, and the table of routes that answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from werkzeug.wrappers import Request

from local_dss.public_api.errors import ApiError, forbidden
from local_dss.public_api.state.callers import Caller
from local_dss.public_api.state.instance import Instance

ANYONE = "anyone"  # with a key that is known
GLOBAL_ADMIN = "global admin"
READ, WRITE, PROJECT_ADMIN = "READ_CONF", "WRITE_CONF", "ADMIN"


@dataclass(frozen=True)
class Call:
    """A request with its caller; the client sends JSON without a content type, and ``True`` for a switch."""

    instance: Instance
    caller: Caller
    request: Request

    def body(self) -> dict[str, Any]:
        """Return the JSON object of the body, empty where there is no body."""
        value = self._json() or {}
        if not isinstance(value, dict):
            raise ApiError("The body of the request must be a JSON object.")
        return value

    def body_list(self) -> list[Any]:
        """Return the JSON list of the body."""
        value = self._json()
        if not isinstance(value, list):
            raise ApiError("The body of the request must be a JSON list.")
        return value

    def text(self, name: str, default: str = "") -> str:
        """Return a parameter of the address."""
        return self.request.args.get(name, default)

    def flag(self, name: str, default: bool = False) -> bool:
        """Return a switch of the address."""
        return self.text(name, str(default)).lower() == "true"

    def check_right(self, project_key: str, right: str) -> None:
        """Refuse a caller without a right on a project, which its owner always has."""
        self.instance.check_right(self.caller, project_key, right)

    def may(self, project_key: str, right: str) -> bool:
        """Return whether the caller has a right on a project, which its owner always has."""
        return self.instance.may(self.caller, project_key, right)

    def _json(self) -> Any:
        content = self.request.get_data()
        try:
            return json.loads(content) if content else None
        except ValueError:
            raise ApiError("The body of the request is not JSON.") from None


@dataclass(frozen=True)
class Route:
    """Method, path below the base, what answers, and the right it needs: on ``project_key``, if it is one of a project.

    `answer` takes the call and the values of the path, and returns JSON, a response, or None for an empty answer.
    """

    method: str
    path: str
    answer: Callable[..., Any]
    right: str = ANYONE

    def check(self, call: Call, values: dict[str, Any]) -> None:
        """Refuse a caller without the right."""
        if self.right == GLOBAL_ADMIN and not call.caller.is_admin:
            raise forbidden("Action forbidden, you are not an administrator of this instance")
        if self.right in {READ, WRITE, PROJECT_ADMIN}:
            call.instance.project(values["project_key"])
            call.check_right(values["project_key"], self.right)
