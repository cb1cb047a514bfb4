"""Preview a merge of topics before it is saved: top terms, documents, and NPMI before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from text_explorer.explorer.index.reader import IndexReader, read_fact
from text_explorer.explorer.shared.errors import BadRequestError, NotFoundError
from text_explorer.explorer.shared.parameters import place
from text_explorer.explorer.terms.cooccurrence import mean_npmi, occurrences, sample_of
from text_explorer.explorer.topic_answers.entries import TopicEntries

MOST_TOPICS = 50
_LONGEST_LIST = 600
_DIGITS = 4


@dataclass(frozen=True)
class MergeRequest:
    """Which topics to merge, and into which of them."""

    topics: tuple[int, ...]
    into: int


def merge_request(arguments: Mapping[str, str]) -> MergeRequest:
    """Read ``topics``, ids with commas between them, and ``into``; a `BadRequestError` names what is wrong."""
    given = arguments.get("topics", "")
    if len(given) > _LONGEST_LIST:
        raise BadRequestError(f"'topics' must be 2 to {MOST_TOPICS} numbers of topics with commas between them.")
    topics = tuple(dict.fromkeys(place("topics", part) for part in given.split(",")))
    into = place("into", arguments.get("into", ""))
    if not 2 <= len(topics) <= MOST_TOPICS:
        raise BadRequestError(f"'topics' must be 2 to {MOST_TOPICS} different topics. Got {len(topics)}.")
    if into not in topics:
        raise BadRequestError(f"'into' must be one of 'topics'. Got {into}.")
    return MergeRequest(topics, into)


def merge_preview(index: IndexReader, request: MergeRequest) -> dict[str, Any]:
    """Compute what a merge would give; topics already merged count as their final topics.

    Raises `NotFoundError` where there is no such topic.
    """
    unknown = sorted(set(request.topics) - set(index.topic_ids))
    if unknown:
        raise NotFoundError(f"There is no topic {unknown[0]} in the data.")
    finals = list(dict.fromkeys(map(index.edits.final_of, request.topics)))
    entries = TopicEntries(index, {})
    terms = {topic: entries.top_terms([topic]) for topic in finals}
    merged = entries.top_terms(finals)
    npmi, reference, n_reference = _npmi_of_each(index, [*terms.values(), merged])
    counts = index.final_counts()[finals].tolist()
    return {
        "into": index.edits.final_of(request.into),
        "topics": finals,
        "top_terms": merged,
        "n_documents": sum(counts),
        "npmi": npmi[-1],
        "before": [
            {"topic": topic, "npmi": value, "n_documents": n, "top_terms": terms[topic]}
            for topic, value, n in zip(finals, npmi, counts)
        ],
        "reference": reference,
        "n_reference": n_reference,
    }


def _npmi_of_each(index: IndexReader, lists: Sequence[Sequence[str]]) -> tuple[list[float | None], str, int]:
    """Return the NPMI of each list of terms, a sentence on what it was counted in, and the number of documents."""
    reason = _why_uncounted(index)
    if reason is not None:
        return [None] * len(lists), reason, 0
    terms = list(dict.fromkeys(term for single in lists for term in single))
    found = occurrences(index, terms)
    places = {term: number for number, term in enumerate(terms)}
    values = [mean_npmi(found[[places[term] for term in single]]) for single in lists]
    n_rows, n_sample = index.documents.n_rows, sample_of(index.documents.n_rows).n_documents
    drawn = (
        f"{n_sample:,} of the {n_rows:,} documents, drawn evenly" if n_sample < n_rows else f"all {n_rows:,} documents"
    )
    absent = int((~found.any(axis=1)).sum())
    left_out = f" Terms found in none of them, and left out: {absent}." if absent else ""
    return (
        [None if value is None else round(value, _DIGITS) for value in values],
        f"Mean NPMI of the pairs of top terms by the documents that hold both, in {drawn}; words count as they are "
        "written. Compare it before and after, not with the NPMI of training, which uses windows of ten words."
        + left_out,
        n_sample,
    )


def _why_uncounted(index: IndexReader) -> str | None:
    if not index.is_complete:
        return "NPMI is computed once all documents have been read."
    if read_fact(index.connection, "full_text") is not True:
        return "NPMI is not computed: this installation of Python has no full-text search (FTS5 of SQLite)."
    return None if index.documents.n_rows else "NPMI is not computed: there are no documents."
