"""Sentences of findings: parts, so that the page can write the present labels, and their text with the saved ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Union

from text_explorer.explorer.index.reader import IndexReader

Part = Union[str, dict[str, Any]]


def topic_part(topic: int) -> Part:
    """Name a topic."""
    return {"topic": topic}


def super_topic_part(super_topic: int, label: str) -> Part:
    """Name a super-topic."""
    return {"super_topic": super_topic, "label": label}


def share_part(share: float) -> Part:
    """Write a share, 0 to 1, in percent."""
    return {"share": round(float(share), 6)}


def points_part(difference: float) -> Part:
    """Write a difference of shares in percentage points."""
    return {"points": round(float(difference), 6)}


def number_part(number: float, digits: int = 0) -> Part:
    """Write a number."""
    return {"number": round(float(number), 6), "digits": digits}


def ratio_part(ratio: float) -> Part:
    """Write how many times as large something is."""
    return {"ratio": round(float(ratio), 6)}


def span_part(span: dict[str, Any]) -> Part:
    """Name a time."""
    return {"span": {name: span[name] for name in ("from", "to", "label")}}


def group_part(value: str, column: int) -> Part:
    """Name a value of a group column."""
    return {"group": value, "column": column}


def listed(items: Sequence[Sequence[Part]]) -> list[Part]:
    """Join items as in "a, b and c"."""
    parts: list[Part] = []
    for number, item in enumerate(items):
        between = "" if number == 0 else " and " if number == len(items) - 1 else ", "
        parts += [between, *item] if between else item
    return parts


def text_of(index: IndexReader, parts: Sequence[Part]) -> str:
    """Return the sentence with the current labels."""
    return "".join(part if isinstance(part, str) else _text(index, part) for part in parts)


def _text(index: IndexReader, part: dict[str, Any]) -> str:
    if "topic" in part or "super_topic" in part:
        return f"“{part['label'] if 'label' in part else index.edits.label_of(part['topic'])}”"
    if "share" in part:
        return percent(part["share"])
    if "points" in part:
        return f"{100 * part['points']:+.1f} percentage points"
    if "ratio" in part:
        return f"{part['ratio']:.1f}×"
    if "number" in part:
        return f"{part['number']:,.{part['digits']}f}"
    return str(part["group"] if "group" in part else part["span"]["label"])


def percent(share: float) -> str:
    """Return a share in percent; a very small one never looks like none."""
    return f"{100 * share:.1f}%" if share >= 0.001 or not share else f"{100 * share:.2g}%"


def unsaid(kind: str, sentence: str, rule: str, n: int) -> dict[str, Any]:
    """Describe what cannot be said, and why."""
    return {"kind": kind, "sentence": sentence, "rule": rule, "n": n}
