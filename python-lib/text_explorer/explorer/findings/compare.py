"""Two sets of documents beside one another: topics by difference, distinctive words, typical documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Optional
from urllib.parse import parse_qsl

import numpy as np
from werkzeug.datastructures import MultiDict

from text_explorer.explorer.documents.selection import Selection, parse_selection
from text_explorer.explorer.findings.distinctive_words.comparison import RULE, RULE_OF_DOCUMENTS, compare_words
from text_explorer.explorer.findings.scope import Scope, by_chance, share_rows
from text_explorer.explorer.index.reader import IndexReader
from text_explorer.explorer.shared.errors import BadRequestError
from text_explorer.topics.prevalence.intervals import CONFIDENCE
from text_explorer.wording import plural

OTHERS = "others"
_LONGEST_SIDE = 20_000
FEWEST_DOCUMENTS = 20

RULE_OF_TOPICS = (
    "Difference of the shares of documents with Newcombe's 95% interval (1998, method 10). A topic differs if the "
    "interval excludes 0. Shares are of the documents of each side that have a topic."
)
_NAMES = ("b", "a")


@dataclass(frozen=True)
class Sides:
    """Which documents are compared: filters of each side, those of both; ``b`` None for all that are not in ``a``."""

    both: Selection
    a: Selection
    b: Optional[Selection]


def parse_sides(arguments: MultiDict[str, str]) -> Sides:
    """Read ``a`` and ``b``, each the filters of a side as a query string, and the filters of both."""
    a, b = arguments.get("a"), arguments.get("b", OTHERS)
    if a is None:
        raise BadRequestError("'a' must name the documents to compare, such as 'g=0:x' or 'q=war'. Got none.")
    both = parse_selection(arguments)
    return Sides(both, _side("a", a), None if b == OTHERS else _side("b", b))


def _side(name: str, query: str) -> Selection:
    if len(query) > _LONGEST_SIDE:
        raise BadRequestError(f"'{name}' may have at most {_LONGEST_SIDE:,} characters. Got {len(query):,}.")
    return parse_selection(MultiDict(parse_qsl(query, keep_blank_values=True)))


def compare(index: IndexReader, sides: Sides) -> dict[str, Any]:
    """Compare two sets of documents.

    Returns
    -------
    dict
        ``topics``: all that are not hidden, by the size of the difference of their shares, a minus b; ``by_chance``:
        the number of topics expected to differ by chance; ``words`` and ``documents`` of each side; ``rules``.
    """
    both = Scope.of(index, sides.both)
    in_a = both.meets(sides.a)
    in_b = ~in_a if sides.b is None else both.meets(sides.b)
    a, b, n_both = both.part(in_a), both.part(in_b), int(np.count_nonzero(in_a & in_b))
    words, documents = compare_words(index, a.rows, b.rows)
    return {
        **{
            name: {"n": side.n, "n_assigned": side.n_assigned, "is_others": name == "b" and sides.b is None}
            for name, side in (("a", a), ("b", b))
        },
        "n_both": n_both,
        "level": CONFIDENCE,
        "notes": _notes(a, b, n_both),
        "topics": compare_topics(b, a, _NAMES),
        "by_chance": by_chance(len(both.visible)),
        "words": words,
        "documents": documents,
        "rules": {"topics": RULE_OF_TOPICS, "words": RULE, "documents": RULE_OF_DOCUMENTS},
    }


def compare_topics(then: Scope, now: Scope, names: tuple[str, str]) -> list[dict[str, Any]]:
    """Compare the shares of the visible topics in two sets of documents; see `share_rows`."""
    visible = now.visible
    return share_rows(
        visible, (then.counts[visible], then.n_assigned), (now.counts[visible], now.n_assigned), names
    )  # fmt: skip


def _notes(a: Scope, b: Scope, n_both: int) -> list[str]:
    notes = too_few((("A", a), ("B", b)))
    if n_both:
        notes.append(
            f"{plural(n_both, 'document')} {'is' if n_both == 1 else 'are'} on both sides, so differences are smaller "
            "than between the documents that only one side has."
        )
    return notes


def too_few(sides: Sequence[tuple[str, Scope]]) -> list[str]:
    """Return a sentence for each set of documents that is too small to compare topics."""
    return [
        f"{name} has {plural(side.n_assigned, 'document')} with a topic: too few to compare topics, of which at least "
        f"{FEWEST_DOCUMENTS} are needed."
        for name, side in sides
        if side.n_assigned < FEWEST_DOCUMENTS
    ]
