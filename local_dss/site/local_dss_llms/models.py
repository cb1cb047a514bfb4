"""Language models that answer the same on every machine, well or in one of the ways in which real ones fail."""

from __future__ import annotations

import hashlib
import json
import math
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import cycle
from typing import Any

BEHAVIOURS = (
    *("schema", "echo", "slow", "bad_json", "refuse_pii", "rate_limit"),
    *("quota", "partial", "no_usage", "html", "5xx", "wrong_count"),
)
UNREACHABLE = {"html": "Unknown error : 502 Bad Gateway", "5xx": "The model is not available."}
N_DIMENSIONS = 64
MAX_EMBEDDED_WORDS = 512
DOLLARS_PER_TOKEN = 1e-6
_OWN_KEYS = {"behaviour", "purpose", "delay_s", "answers"}
SLOW_SECONDS = 1.0  # unless ``delay_s`` of the model says another

_WORD = re.compile(r"\w+")
_PERSONAL = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\+?\d[\d ()/-]{7,}\d")

Entry = dict[str, Any]


class LlmError(Exception):
    """A request that fails as a whole."""


class Llms:
    """The models of ``instance.json``; those of behaviour rate_limit refuse each prompt the first time.

    A model may have ``answers``: the first whose ``match``, a regular expression, is found in the messages is its
    answer. It has a ``text``, with groups of the match by number after a backslash, or an ``errorMessage``; that of an
    embedding model has an ``embedding``, of any length and with any numbers. Other texts get their own embedding.
    """

    def __init__(self, entries: Callable[[], Sequence[Entry]]):
        self._entries = entries
        self._asked: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    def offered(self, purpose: str) -> list[Entry]:
        """Return the models for a purpose, without what only the stand-in knows of them."""
        return [
            {key: value for key, value in entry.items() if key not in _OWN_KEYS}
            for entry in self._entries()
            if purpose in entry.get("purpose", ["GENERIC_COMPLETION"])
        ]

    def find(self, llm_id: Any) -> Entry:
        """Return a model with its behaviour; `LlmError` for an unknown one."""
        entry = next((item for item in self._entries() if item["id"] == llm_id), None)
        if entry is None:
            raise LlmError(f"LLM not found or not available in this project: {llm_id}")
        if entry.get("behaviour", "schema") not in BEHAVIOURS:
            raise LlmError(f"The behaviour of model {llm_id} must be one of {', '.join(BEHAVIOURS)}.")
        return {"behaviour": "schema", **entry}

    def complete(self, entry: Entry, queries: list[dict[str, Any]], settings: dict[str, Any]) -> list[dict[str, Any]]:
        """Answer prompts, in their order; what fails has ``ok`` false and a message."""
        if entry["behaviour"] == "slow":
            time.sleep(entry.get("delay_s", SLOW_SECONDS))
        prompts = [_prompt(query) for query in queries]
        faults = [self._fault(entry, number, prompt) for number, prompt in enumerate(prompts)]
        wanted = settings.get("responseFormat") or {}
        answers = [
            {"errorMessage": fault} if fault else _answer(entry, query, prompt, wanted)
            for query, prompt, fault in zip(queries, prompts, faults)
        ]
        return [_completion(entry, prompt, answer) for prompt, answer in zip(prompts, answers)]

    def embed(self, entry: Entry, queries: list[dict[str, Any]], settings: dict[str, Any]) -> list[dict[str, Any]]:
        """Return a vector for each text, or a message: for a long text too, unless it is to be cut."""
        if entry["behaviour"] == "slow":
            time.sleep(entry.get("delay_s", SLOW_SECONDS))
        cuts = settings.get("textOverflowMode", "FAIL") == "TRUNCATE"
        answers = []
        for number, query in enumerate(queries):
            text = str(query.get("text", ""))
            words = _words(text)
            fault = self._fault(entry, number, text)
            if fault is None and len(words) > MAX_EMBEDDED_WORDS and not cuts:
                fault = f"The text has {len(words)} tokens, and the model takes {MAX_EMBEDDED_WORDS} at most."
            answers.append(
                {"errorMessage": fault}
                if fault
                else _scripted(entry, text) or {"embedding": embedding(words[:MAX_EMBEDDED_WORDS])}
            )
        return answers[1:] if entry["behaviour"] == "wrong_count" else answers

    def _fault(self, entry: Entry, number: int, prompt: str) -> str | None:
        behaviour = entry["behaviour"]
        if behaviour == "refuse_pii" and _PERSONAL.search(prompt):
            return "The query was rejected: it holds personal information."
        if behaviour == "quota":
            return "The cost quota of this connection is used up."
        if behaviour == "partial" and number % 2:
            return "The model did not answer."
        if behaviour == "rate_limit":
            with self._lock:
                is_first = (entry["id"], prompt) not in self._asked
                self._asked.add((entry["id"], prompt))
            return "Too many requests: the rate limit of the model is reached." if is_first else None
        return None


def embedding(words: list[str]) -> list[float]:
    """Return a vector of unit length from the hashes of words, the first axis for a text without words."""
    vector = [0.0] * N_DIMENSIONS
    for word in words:
        digest = hashlib.blake2b(word.encode(), digest_size=2).digest()
        vector[digest[0] % N_DIMENSIONS] += 1.0 if digest[1] % 2 else -1.0
    length = math.sqrt(sum(value * value for value in vector))
    return [round(value / length, 9) for value in vector] if length else [1.0, *vector[1:]]


def smallest_document(schema: dict[str, Any], terms: Iterator[str], root: dict[str, Any] | None = None) -> Any:
    """Return the smallest document that a JSON schema allows, its texts made of terms."""
    root = schema if root is None else root
    if "$ref" in schema:
        named = reduce(lambda part, name: part[name], schema["$ref"].lstrip("#/").split("/"), root)
        return smallest_document(named, terms, root)
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        return smallest_document(choices[0], terms, root)
    if "const" in schema or "enum" in schema:
        return schema["const"] if "const" in schema else schema["enum"][0]
    return _smallest_of_kind(schema, terms, root)


def _smallest_of_kind(schema: dict[str, Any], terms: Iterator[str], root: dict[str, Any]) -> Any:
    kinds = schema.get("type", "object")
    kind = kinds if isinstance(kinds, str) else next((name for name in kinds if name != "null"), "null")
    if kind == "object":
        properties, required = schema.get("properties", {}), schema.get("required", [])
        return {name: smallest_document(properties.get(name, {"type": "string"}), terms, root) for name in required}
    if kind == "array":
        items = schema.get("items", {"type": "string"})
        return [smallest_document(items, terms, root) for _ in range(schema.get("minItems", 0))]
    if kind == "string":
        return _text(schema.get("minLength", 0), schema.get("maxLength"), terms)
    return {"integer": schema.get("minimum", 0), "number": schema.get("minimum", 0.0), "boolean": False}.get(kind)


def _text(min_length: int, max_length: int | None, terms: Iterator[str]) -> str:
    text = next(terms)
    while len(text) < min_length:
        text += f" {next(terms)}"
    return text[:max_length]


def _answer(entry: Entry, query: Mapping[str, Any], prompt: str, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return the first answer of the script whose expression is found in the messages; without a script, some text."""
    if "answers" not in entry:
        return {"text": _made_up(entry["behaviour"], prompt, wanted)}
    asked = "\n".join(str(message.get("content")) for message in query.get("messages") or ())
    for answer in entry["answers"]:
        found = re.search(answer.get("match", ""), asked)
        if found:
            return (
                {"errorMessage": answer["errorMessage"]} if "text" not in answer else {"text": _filled(answer, found)}
            )
    return {"errorMessage": "The script of the model has no answer to this query."}


def _scripted(entry: Entry, text: str) -> dict[str, Any] | None:
    """Return the answer of the script to a text that is embedded."""
    for answer in entry.get("answers", ()):
        if re.search(answer.get("match", ""), text):
            return {name: value for name, value in answer.items() if name != "match"}
    return None


def _filled(answer: Mapping[str, Any], found: re.Match[str]) -> str:
    return re.sub(r"\\(\d)", lambda group: found[int(group[1])] or "", answer["text"])


def _completion(entry: Entry, prompt: str, answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer as the API sends it."""
    if "text" not in answer:
        return {"ok": False, **answer, "errorSource": "LLM"}
    text, finish = answer["text"], "STOP"
    if entry["behaviour"] == "bad_json":
        text, finish = text[: max(len(text) - 1, 1)] + ' "', "LENGTH"
    sent = {"ok": True, "text": text, "finishReason": finish}
    if entry["behaviour"] == "no_usage":
        return sent
    n_prompt, n_answer = len(_words(prompt)), len(_words(text))
    total = n_prompt + n_answer
    return {
        **sent,
        "promptTokens": n_prompt,
        "completionTokens": n_answer,
        "totalTokens": total,
        "tokenCountsAreEstimated": True,
        "estimatedCost": round(total * DOLLARS_PER_TOKEN, 9),
    }


def _made_up(behaviour: str, prompt: str, wanted: Mapping[str, Any]) -> str:
    if behaviour == "echo":
        return prompt
    terms = cycle(_terms(prompt))
    if wanted.get("type") == "json":
        return json.dumps(smallest_document(wanted.get("schema") or {}, terms), ensure_ascii=False)
    return _text(0, None, terms)


def _terms(prompt: str) -> list[str]:
    """Return the longer words of a prompt, the most frequent first."""
    counts = Counter(word for word in _words(prompt) if len(word) > 3)
    return sorted(counts, key=lambda word: (-counts[word], word)) or ["text"]


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _prompt(query: dict[str, Any]) -> str:
    """Return the last message of a query, whose content is a text or in parts."""
    messages = query.get("messages") or [{}]
    parts = messages[-1].get("parts") or [{"text": messages[-1].get("content")}]
    return " ".join(str(part["text"]) for part in parts if part.get("text"))
