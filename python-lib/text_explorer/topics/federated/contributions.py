"""What a site sends: a header and integers, in two files named by the site; never texts, row keys or assignments.

A contribution holds all counts of the site, not their change, so that one that arrives twice, late or never does no
harm: the model has the last accepted counts of every site.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Optional

import numpy as np

from text_explorer.corpus.vocabulary import TermTable
from text_explorer.errors import DataError
from text_explorer.topics.federated.rounds import PROFILE, TERMS, SharedRound, digest_of, to_json
from text_explorer.topics.federated.settings import SITE_NAME
from text_explorer.topics.files.checked_json import MOST_COUNTED, Fault, Fields, parse_object, shown
from text_explorer.topics.models.parts.lda_engine import LONGEST_COUNTED
from text_explorer.topics.models.parts.statistics import CountsError, Statistics
from text_explorer.topics.storage.manifest import LARGEST_VOCABULARY, ReadFile, is_term

FOLDER = "contributions"
LARGEST_HEADER, LARGEST_CONTENT = 2**16, 2**31
TERM_TOPICS, LENGTHS, DOC_TOPICS = "term_topics", "lengths", "doc_topics"
TOPIC_DOCUMENTS, SHARE_UNITS, TOTALS = "topic_documents", "share_units", "totals"
WINDOWS, WINDOWS_TOGETHER = "windows", "windows_together"
UNITS = 2**20
"""In which a topic's proportions are added up, so that their sums are whole numbers."""

_FORMAT = 1


class RefusedError(DataError):
    """Raised for a contribution that does not fit; the round goes on without it."""


@dataclass(frozen=True)
class Contribution:
    """Counts of a site in a round."""

    site: str
    n_docs: int  # documents of the site, those without a term included; 0 where counts are noisy
    terms: Optional[TermTable] = None  # in the first round
    # In the others: ``term_topics`` of shape (n_terms, n_topics) and, without noise, ``lengths`` (n + 1,); in rounds
    # that estimate the prior also ``doc_topics`` (n_topics, n + 1). At the end a profile of the documents under the
    # final model: ``topic_documents`` (n_topics,), documents whose main topic each is; ``share_units`` (n_topics,),
    # sums of the topics' proportions; ``totals`` (3,), rows, words and unknown words; for coherence ``windows`` (2,)
    # and ``windows_together`` (2, n_topics, n_best, n_best), windows of 10 and of 110 words in total and with pairs of
    # top terms, see `WindowCounts`
    counts: Mapping[str, np.ndarray] = field(default_factory=dict)


def paths_of(site: str) -> tuple[str, str]:
    """Return the paths of a site's header and of its content."""
    return f"{FOLDER}/{site}.json", f"{FOLDER}/{site}.bin"


def contribution_files(contribution: Contribution, shared: SharedRound) -> dict[str, bytes]:
    """Return the two files of a contribution by path; the header is to be written last."""
    header_path, content_path = paths_of(contribution.site)
    if contribution.terms is not None:
        content = to_json({term: list(counts) for term, counts in contribution.terms.counts_by_term().items()})
        longest = -1
    else:
        counts = contribution.counts
        content, longest = _statistics(counts, shared).to_bytes(), len(counts.get(LENGTHS, ())) - 1
    header = {
        "format": _FORMAT,
        "site": contribution.site,
        "training_id": shared.training_id,
        "round": shared.number,
        "stage": shared.stage,
        "vocabulary_id": shared.vocabulary_id,
        "n_documents": contribution.n_docs,
        "longest": longest,
        "digest": digest_of(content),
    }
    return {content_path: content, header_path: to_json(header)}


def sites_in(paths: Iterable[str]) -> list[str]:
    """Return the names of the sites whose headers are among some paths, in order."""
    names = (path.strip("/").removeprefix(f"{FOLDER}/").removesuffix(".json") for path in paths)
    found = {path.strip("/") for path in paths}
    return sorted(name for name in set(names) if SITE_NAME.fullmatch(name) and paths_of(name)[0] in found)


def read_contribution(site: str, read_file: ReadFile, shared: SharedRound, *, has_doc_topics: bool) -> Contribution:
    """Read the contribution of a site to a round; `has_doc_topics` is whether the round estimates the prior.

    Raises
    ------
    RefusedError
        Where it is damaged, or does not fit this round; the sentence says why.
    """

    def refused(reason: str) -> RefusedError:
        return RefusedError(f"The contribution of site '{site}' is left out: {reason}.")

    header_path, content_path = paths_of(site)
    try:
        header = Fields(parse_object(read_file(header_path) or b"", refused, most_bytes=LARGEST_HEADER), refused)
        _check_header(header, site, shared, refused)
        content = read_file(content_path)
        if content is None or digest_of(content) != header.text("digest"):
            raise refused(f"{content_path} is missing, incomplete or damaged; copy it again")
        n_docs = header.whole("n_documents") or 0
        if shared.stage == TERMS:
            return Contribution(site, n_docs, terms=_parse_terms(content, refused))
        longest = header.whole("longest", least=-1, most=LONGEST_COUNTED)
        expected = expected_counts(shared, -1 if longest is None else longest, has_doc_topics=has_doc_topics)
        read = Statistics.from_bytes(content, _statistics(expected, shared))
    except CountsError as error:
        raise refused(str(error).split(". ")[0].rstrip(".")) from error
    except DataError as error:
        raise error if isinstance(error, RefusedError) else refused(str(error)) from error
    counts = {**read.counts, **read.changes}
    _check_counts(counts, shared, refused)
    return Contribution(site, n_docs, counts=counts)


def expected_counts(shared: SharedRound, longest: int, *, has_doc_topics: bool) -> dict[str, np.ndarray]:
    """Return zeros of the shapes and types of a site's counts, whose longest document has `longest` words."""
    n_topics, n_terms = shared.settings.n_topics, len(shared.known_vocabulary.terms)
    if shared.stage == PROFILE:
        n_best = shared.known_top_terms.shape[1]
        shapes: dict[str, tuple[int, ...]] = {
            TOPIC_DOCUMENTS: (n_topics,), SHARE_UNITS: (n_topics,), TOTALS: (3,), WINDOWS: (2,),
            WINDOWS_TOGETHER: (2, n_topics, n_best, n_best),
        }  # fmt: skip
        return {name: np.zeros(shape, dtype=np.int64) for name, shape in shapes.items()}
    counts: dict[str, np.ndarray] = {TERM_TOPICS: np.zeros((n_terms, n_topics), dtype=np.int32)}
    if shared.settings.privacy is None:
        counts[LENGTHS] = np.zeros(longest + 1, dtype=np.int64)
        if has_doc_topics:
            counts[DOC_TOPICS] = np.zeros((n_topics, longest + 1), dtype=np.int64)
    return counts


def _statistics(counts: Mapping[str, np.ndarray], shared: SharedRound) -> Statistics:
    """Noise makes counts negative, which is refused without it."""
    return Statistics(counts, {}) if shared.settings.privacy is None else Statistics({}, counts)


def _check_header(header: Fields, site: str, shared: SharedRound, refused: Fault) -> None:
    values = header.values
    if values.get("format") != _FORMAT:
        raise refused("it is of another version of Text Explorer; use the same version at all sites")
    if values.get("site") != site:
        raise refused(f"its header names the site {shown(values.get('site'))}")
    if site not in shared.settings.sites:
        raise refused(f"'Sites' does not list it, only {', '.join(shared.settings.sites)}")
    if values.get("training_id") != shared.training_id:
        raise refused("it belongs to another training")
    if values.get("round") != shared.number or values.get("stage") != shared.stage:
        raise refused(f"it is of round {shown(values.get('round'))}, but round {shared.number} is open")
    if values.get("vocabulary_id") != shared.vocabulary_id:
        raise refused("it was counted with another vocabulary")


def _parse_terms(content: bytes, refused: Fault) -> TermTable:
    table = parse_object(content, refused, most_bytes=LARGEST_VOCABULARY)
    for term, counts in table.items():
        if not term or not is_term(term):
            raise refused(f"{shown(term)} cannot be a term")
        right = isinstance(counts, list) and len(counts) == 2 and all(type(count) is int for count in counts)
        if not right or not 0 < counts[0] <= counts[1] <= MOST_COUNTED:
            raise refused(f"{shown(counts)} cannot be the number of documents and words of a term")
    return TermTable.of([{term: (counts[0], counts[1]) for term, counts in table.items()}])


def _check_counts(counts: Mapping[str, np.ndarray], shared: SharedRound, refused: Fault) -> None:
    """Compare the counts with one another: a histogram has a document or a word for each that is counted."""
    if shared.stage == PROFILE:
        n_rows, n_words, n_unknown = counts[TOTALS].tolist()
        n_known = int(counts[TOPIC_DOCUMENTS].sum())
        off = abs(int(counts[SHARE_UNITS].sum()) - n_known * UNITS)
        if n_known > n_rows or n_unknown > n_words or off > UNITS // 1_000 * max(n_known, 1):
            raise refused("the numbers of its profile contradict one another")
        if not _are_windows(counts[WINDOWS], counts[WINDOWS_TOGETHER]):
            raise refused("the numbers of windows with its top terms contradict one another")
    if shared.settings.privacy is not None or shared.stage == PROFILE:
        return
    n_words, lengths = int(counts[TERM_TOPICS].sum(dtype=np.int64)), counts[LENGTHS]
    values = np.arange(len(lengths))
    all_counted = len(lengths) <= LONGEST_COUNTED  # else longer documents are in the last place
    counted = _total(lengths, values)
    if counted > n_words or (all_counted and counted != n_words):
        raise refused(f"its documents have {counted:,} words by their lengths, but {n_words:,} by their topics")
    if DOC_TOPICS in counts and sum(_total(row, values) for row in counts[DOC_TOPICS]) != counted:
        raise refused("its documents have other words by length than by topic")


def _are_windows(n_windows: np.ndarray, together: np.ndarray) -> bool:
    """Return whether no pair of terms has more windows than either term, and no term more than there are."""
    alone = np.diagonal(together, axis1=2, axis2=3)
    is_in_both = (together <= alone[..., None, :]).all() and (together == np.swapaxes(together, 2, 3)).all()
    return bool(is_in_both and (alone <= n_windows[:, None, None]).all())


def _total(histogram: np.ndarray, values: np.ndarray) -> int:
    return sum(int(count) * int(value) for count, value in zip(histogram, values) if count)
