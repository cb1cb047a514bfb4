"""Language models of a project: list, completions, embeddings."""

from __future__ import annotations

import http
from typing import Any

from werkzeug.wrappers import Response

from local_dss.public_api.errors import ApiError, not_found
from local_dss.public_api.routing import READ, Call, Route
from local_dss.public_api.running.fake_llm import FakeLlms
from local_dss.site.local_dss_llms.models import UNREACHABLE, LlmError

_GATEWAY_PAGE = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n"


def _list_llms(call: Call, project_key: str) -> list[dict[str, Any]]:
    return _models(call).offered(call.text("purpose", "GENERIC_COMPLETION"))


def _completions(call: Call, project_key: str) -> Any:
    return _answer(call, FakeLlms.complete)


def _embeddings(call: Call, project_key: str) -> Any:
    return _answer(call, FakeLlms.embed)


def _answer(call: Call, ask: Any) -> Any:
    models, body = _models(call), call.body()
    try:
        entry = models.find(body.get("llmId"))
    except LlmError as error:
        raise ApiError(str(error)) from None
    if entry["behaviour"] == "html":
        return Response(_GATEWAY_PAGE, http.HTTPStatus.BAD_GATEWAY, mimetype="text/html")
    if entry["behaviour"] == "5xx":
        raise ApiError(UNREACHABLE["5xx"], http.HTTPStatus.SERVICE_UNAVAILABLE)
    return {"responses": ask(models, entry, body.get("queries") or [], body.get("settings") or {})}


def _models(call: Call) -> FakeLlms:
    if not call.instance.settings().llm_mesh:
        raise not_found("This instance has no LLM Mesh.")
    return call.instance.service(FakeLlms)


_LLMS = "/projects/<project_key>/llms"
ROUTES = (
    Route("GET", _LLMS, _list_llms, READ),
    Route("POST", f"{_LLMS}/completions", _completions, READ),
    Route("POST", f"{_LLMS}/embeddings", _embeddings, READ),
)
