"""Language models as the public API client offers them: a model, queries to it, and its answers."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, Optional

from local_dss_llms.models import UNREACHABLE, Entry, LlmError, Llms

from .errors import DssError, Limited
from .instance import settings


@lru_cache(maxsize=1)
def models() -> Llms:
    """Return the models of the instance, which know what this process asked before."""
    return Llms(lambda: settings().llms)


class LocalLlmItem(Limited):
    """An entry of ``list_llms``."""

    def __init__(self, entry: Entry):
        self.id: str = entry["id"]
        self.type: str = entry.get("type", "")
        self.description: str = entry.get("friendlyName", "")


class LocalLlm(Limited):
    """A handle of a model, whether or not there is one of this id; asking tells."""

    def __init__(self, llm_id: str):
        self.llm_id = llm_id

    def new_completion(self) -> LocalCompletion:
        """Return a query of its own."""
        return LocalCompletion(self.llm_id)

    def new_completions(self) -> LocalCompletions:
        """Return several queries asked at once."""
        return LocalCompletions(self.llm_id)

    def new_embeddings(self, text_overflow_mode: str = "FAIL") -> LocalEmbeddings:
        """Return a query for vectors."""
        return LocalEmbeddings(self.llm_id, text_overflow_mode)


class _Messages(Limited):
    def __init__(self) -> None:
        self.cq: dict[str, Any] = {"messages": []}

    def with_message(self, message: str, role: str = "user") -> Any:
        """Add a message."""
        self.cq["messages"].append({"role": role, "content": message})
        return self


class _JsonOutput(Limited):
    def __init__(self) -> None:
        self.settings: dict[str, Any] = {}

    def with_json_output(
        self, schema: Optional[dict[str, Any]] = None, strict: Optional[bool] = None, compatible: Optional[bool] = None
    ) -> Any:
        """Ask for JSON."""
        self.settings["responseFormat"] = {"type": "json", "schema": schema, "strict": strict, "compatible": compatible}
        return self


class LocalCompletion(_Messages, _JsonOutput):
    """A query of its own."""

    def __init__(self, llm_id: str):
        _Messages.__init__(self)
        _JsonOutput.__init__(self)
        self._llm_id = llm_id

    def execute(self) -> LocalResponse:
        """Ask; a model that fails makes an answer without success."""
        return LocalResponse(_ask(self._llm_id, "complete", [self.cq], self.settings)[0])


class LocalCompletions(_JsonOutput):
    """Several queries asked at once."""

    def __init__(self, llm_id: str):
        super().__init__()
        self._llm_id = llm_id
        self.queries: list[_Messages] = []

    def new_completion(self) -> _Messages:
        """Add a query."""
        self.queries.append(_Messages())
        return self.queries[-1]

    def execute(self) -> LocalResponses:
        """Ask; the answers come in the order of the queries."""
        answers = _ask(self._llm_id, "complete", [query.cq for query in self.queries], self.settings)
        return LocalResponses([LocalResponse(answer) for answer in answers])


class LocalEmbeddings(Limited):
    """A query for vectors."""

    def __init__(self, llm_id: str, text_overflow_mode: str):
        self._llm_id = llm_id
        self.eq: dict[str, Any] = {"queries": [], "settings": {"textOverflowMode": text_overflow_mode}}

    def add_text(self, text: str) -> LocalEmbeddings:
        """Add a text."""
        self.eq["queries"].append({"text": text})
        return self

    def execute(self) -> LocalVectors:
        """Ask for the vectors."""
        return LocalVectors({"responses": _ask(self._llm_id, "embed", self.eq["queries"], self.eq["settings"])})


class LocalResponses(Limited):
    """Answers in the order of their queries."""

    def __init__(self, responses: list[LocalResponse]):
        self.responses = responses


class LocalResponse(Limited):
    """The answer to a query; reading one without success raises."""

    def __init__(self, raw: dict[str, Any]):
        self._raw = raw

    @property
    def success(self) -> bool:
        """Whether the model answered."""
        return self._raw["ok"]

    @property
    def text(self) -> str:
        """What it answered."""
        if not self.success:
            raise DssError(self._raw["errorMessage"])
        return self._raw["text"]

    @property
    def json(self) -> Any:
        """What it answered, read as JSON."""
        return json.loads(self.text)


class LocalVectors(Limited):
    """Vectors in the order of their texts."""

    def __init__(self, raw: dict[str, Any]):
        self._raw = raw

    def get_embeddings(self) -> list[list[float]]:
        """Return the vectors; one that failed raises."""
        for answer in self._raw["responses"]:
            if "embedding" not in answer:
                raise DssError(answer["errorMessage"])
        return [answer["embedding"] for answer in self._raw["responses"]]


def _ask(llm_id: str, how: str, queries: list[dict[str, Any]], query_settings: dict[str, Any]) -> list[dict[str, Any]]:
    try:
        entry = models().find(llm_id)
    except LlmError as error:
        raise DssError(str(error)) from None
    if entry["behaviour"] in UNREACHABLE:
        raise DssError(UNREACHABLE[entry["behaviour"]])
    return getattr(models(), how)(entry, queries, query_settings)
