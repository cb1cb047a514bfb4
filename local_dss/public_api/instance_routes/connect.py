"""Who calls, what instance it is, its connections and its work in progress."""

from __future__ import annotations

from typing import Any

from local_dss.public_api.routing import Call, Route
from local_dss.site.local_dss_storage.visitors import visitor_of


def _auth_info(call: Call) -> dict[str, Any]:
    user = call.instance.settings().users.get(call.caller.user, {})
    return {
        "authIdentifier": call.caller.user,
        "groups": list(user.get("groups", ["administrators"] if call.caller.is_admin else [])),
        "isAdmin": call.caller.is_admin,
    }


def _visitor(call: Call) -> dict[str, Any]:
    return visitor_of(call.body(), call.instance.settings())


def _instance_info(call: Call) -> dict[str, Any]:
    return {
        "nodeId": "local",
        "nodeName": "Local stand-in",
        "nodeType": "DESIGN",
        "dssVersion": call.instance.settings().dss_version,
        "dataDirPath": str(call.instance.home),
    }


def _connection_names(call: Call) -> list[str]:
    return list(call.instance.settings().connections)


def _list_futures(call: Call) -> list[dict[str, Any]]:
    return call.instance.futures.running()


def _peek(call: Call, future_id: str) -> dict[str, Any]:
    return call.instance.futures.peek(future_id)


def _abort(call: Call, future_id: str) -> None:
    call.instance.futures.abort(future_id)


ROUTES = (
    Route("GET", "/auth/info", _auth_info),
    Route("POST", "/auth/info-from-browser-headers", _visitor),
    Route("GET", "/instance-info", _instance_info),
    Route("GET", "/connections/get-names", _connection_names),
    Route("GET", "/futures/", _list_futures),
    Route("GET", "/futures/<future_id>", _peek),
    Route("DELETE", "/futures/<future_id>", _abort),
)
