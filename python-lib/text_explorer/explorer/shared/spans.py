"""Stretches of a text, counted in Unicode code points from 0, end excluded, as the summaries name them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from text_explorer.explorer.shared.cells import MARK_END, MARK_START, as_integer, as_number, as_object


def sentence_spans(sentences: Iterable[Any], n_characters: int) -> list[dict[str, Any]]:
    """Return the chosen sentences of a text by place, each with ``start``, ``end``, ``rank`` and ``score``.

    One that is empty, outside the text or begins inside its predecessor is left out.
    """
    spans = []
    for sentence in map(as_object, sentences):
        start, end = as_integer(sentence.get("start")), as_integer(sentence.get("end"))
        if start is None or end is None or not 0 <= start < end <= n_characters:
            continue
        rank, score = as_integer(sentence.get("rank")), as_number(sentence.get("score"))
        spans.append({"start": start, "end": end, "rank": rank, "score": score})
    spans.sort(key=lambda span: (span["start"], span["end"]))
    kept: list[dict[str, Any]] = []
    for span in spans:
        if not kept or span["start"] >= kept[-1]["end"]:
            kept.append(span)
    return kept


def split_marked(marked: str) -> tuple[str, list[list[int]]]:
    """Turn a text framed with marks into the plain text and the places of the marked stretches."""
    pieces: list[str] = []
    spans: list[list[int]] = []
    length = 0
    for piece in marked.split(MARK_START):
        inside, end_mark, after = piece.partition(MARK_END)
        if end_mark:
            spans.append([length, length + len(inside)])
        pieces += [inside, after]
        length += len(inside) + len(after)
    return "".join(pieces), spans


def shorten(text: str, length: int) -> str:
    """Cut a text at a word near ``length`` characters, on one line, with an ellipsis where something is missing."""
    line = " ".join(text[: length * 2].split())
    if len(line) <= length and len(text) <= length * 2:
        return line
    cut = line[:length]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > length // 2 else cut).rstrip(" ,;:") + "…"
