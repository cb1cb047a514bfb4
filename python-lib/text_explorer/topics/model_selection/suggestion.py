"""Suggest a number of topics, with the reason and the confidence in words.

The one-standard-error rule (Breiman, Friedman, Olshen and Stone 1984, section 3.4.3): the smallest number whose score
is within one standard error of the best one's. Fewer topics are easier to read, and a difference within a standard
error is no improvement. See `candidates` for the score.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Optional

import pandas as pd

from text_explorer.columns import names_of
from text_explorer.topics.model_selection import columns
from text_explorer.topics.model_selection.candidates import PLAIN_DIFFERENCES, Candidate, score_candidates
from text_explorer.topics.models.engines import ENGINES
from text_explorer.wording import plural

SURE_SEEDS = 3
"""A spread seen on two seeds may be an accident."""

CLEAR_ERRORS = 2.0
"""A difference of this number of standard errors is hardly an accident."""

CLEAR_SCORE = 0.05
"""A smaller difference of scores is of no use to a reader, however sure it is."""

LIMIT_SHARE = 0.9
"""GSDMM that uses fewer topics than this share of its limit would use about as many with a higher one."""

_WORDS = {
    columns.COHERENCE_NPMI: "NPMI",
    columns.COHERENCE_CV: "C_v",
    columns.STABILITY: "stability",
    columns.DIVERSITY: "diversity",
}


def suggest(comparison: pd.DataFrame) -> pd.DataFrame:
    """Suggest a number of topics: the one row of the ``suggestion`` dataset.

    At least one row of `comparison` is a model.
    """
    candidates, measures = score_candidates(comparison)
    best = max(candidates, key=lambda candidate: (candidate.score, -candidate.n_topics))
    chosen = _smallest_as_good(candidates, best)
    row = {
        columns.ENGINE: chosen.engine,
        columns.SUGGESTED_N_TOPICS: chosen.n_topics,
        columns.CONFIDENCE: _confidence(comparison, candidates, chosen, best),
        columns.REASON: _reason(candidates, chosen, best, measures),
        columns.CAVEATS: " ".join(_caveats(comparison, candidates, chosen, best, measures)) or None,
        columns.ALTERNATIVES: _alternatives(candidates, chosen, best),
        columns.N_FITS: sum(candidate.n_seeds for candidate in candidates),
    }
    return pd.DataFrame([row], columns=names_of(columns.SUGGESTION)).astype(object)


def _error(candidate: Candidate) -> float:
    """Return the standard error, 0 where unknown."""
    return 0.0 if math.isnan(candidate.standard_error) else candidate.standard_error


def _is_limit(candidate: Candidate) -> bool:
    """Return whether the number of topics is an upper limit."""
    return ENGINES[candidate.engine].one_topic_per_document


def _smallest_as_good(candidates: Sequence[Candidate], best: Candidate) -> Candidate:
    as_good = [candidate for candidate in candidates if best.score - candidate.score <= _error(best)]
    return min(as_good, key=lambda candidate: (candidate.n_topics, -candidate.score))


def _is_flat(candidates: Sequence[Candidate]) -> bool:
    """Return whether the scores differ by no more than seeds do."""
    scores = [candidate.score for candidate in candidates]
    return max(scores) - min(scores) <= CLEAR_ERRORS * max(map(_error, candidates))


def _at_edge(comparison: pd.DataFrame, candidates: Sequence[Candidate], best: Candidate) -> Optional[str]:
    """Return the end of the list at which the best score is, None if inside or where scores do not differ.

    Numbers that could not be trained are in the list: what lies beyond them cannot be trained either.
    """
    numbers = set(comparison[columns.N_TOPICS])
    binds = not _is_limit(best) or best.means[columns.N_TOPICS_ALIVE] >= LIMIT_SHARE * best.n_topics
    if len(numbers) < 2 or not binds or _is_flat(candidates):
        return None
    if best.n_topics == max(numbers):
        return "largest"
    return "smallest" if best.n_topics == min(numbers) > 2 else None


def _confidence(comparison: pd.DataFrame, candidates: Sequence[Candidate], chosen: Candidate, best: Candidate) -> str:
    """Compare the differences between numbers with the spread across seeds."""
    if chosen.n_seeds < 2 or len(candidates) < 2 or _is_flat(candidates):
        return columns.LOW
    others = [candidate for candidate in candidates if candidate is not chosen]
    # Both scores of a difference have an error.
    clear = all(
        chosen.score - other.score > max(CLEAR_ERRORS * math.hypot(_error(chosen), _error(other)), CLEAR_SCORE)
        for other in others
    )
    if clear and chosen is best and chosen.n_seeds >= SURE_SEEDS and not _at_edge(comparison, candidates, best):
        return columns.HIGH
    return columns.MEDIUM


def _reason(candidates: Sequence[Candidate], chosen: Candidate, best: Candidate, measures: Sequence[str]) -> str:
    sentences = [f"{_named(chosen)} {_standing(candidates, chosen, best)}", _figures(chosen)]
    if _is_limit(chosen):
        alive = chosen.means[columns.N_TOPICS_ALIVE]
        sentences.append(f"Of at most {chosen.n_topics} topics, {alive:.4g} are in use on average.")
    scored = _joined([_WORDS[name] for name in measures])
    if measures:
        sentences.append(
            f"The score is the mean of {scored}, each from 0 (the worst of the numbers compared) to 1 (the best). "
            "Perplexity takes no part: topics that predict words better may mean less to people (Chang et al. 2009)."
        )
    return " ".join(sentences)


def _named(candidate: Candidate) -> str:
    at_most = "at most " if _is_limit(candidate) else ""
    return f"{ENGINES[candidate.engine].name} with {at_most}{candidate.n_topics} topics"


def _standing(candidates: Sequence[Candidate], chosen: Candidate, best: Candidate) -> str:
    numbers = ", ".join(map(str, sorted({candidate.n_topics for candidate in candidates})))
    if len(candidates) == 1:
        return "is the only one that was trained, so there is nothing to compare it with."
    compared = f"of the numbers compared ({numbers}; {plural(chosen.n_seeds, 'seed')} each)"
    if chosen is best:
        return f"has the best score {compared}: {chosen.score:.2f}."
    return (
        f"is the smallest {compared} whose score, {chosen.score:.2f}, is within one standard error "
        f"({_error(best):.2f}) of the best, {best.score:.2f} of {_named(best)}; more topics are not clearly better."
    )


def _figures(chosen: Candidate) -> str:
    known = [f"{_WORDS[name]} {chosen.means[name]:.3f}" for name in _WORDS if not math.isnan(chosen.means[name])]
    return f"Its topics have {_joined(known)} on average." if known else "No measure could be computed."


def _caveats(
    comparison: pd.DataFrame,
    candidates: Sequence[Candidate],
    chosen: Candidate,
    best: Candidate,
    measures: Sequence[str],
) -> list[str]:
    caveats = []
    if chosen.n_seeds < 2:
        caveats.append(
            "With one seed, stability cannot be measured and chance cannot be ruled out: use 3 seeds or more."
        )
    missing = [_WORDS[name] for name in _WORDS if name not in measures and not (name == columns.STABILITY and caveats)]
    if missing:
        caveats.append(f"Not every number has {_joined(missing)}, so the score leaves it out; see the column 'notes'.")
    if len(candidates) > 1 and _is_flat(candidates):
        caveats.append("The scores differ no more than those of seeds do: decide by how detailed the topics should be.")
    edge = _at_edge(comparison, candidates, best)
    if edge is not None:
        larger = "larger" if edge == "largest" else "smaller"
        is_at = "It is" if chosen is best else "The best score is that of"
        caveats.append(
            f"{is_at} the {edge} number compared, and a better one may lie beyond: try {larger} numbers too."
        )
    n_failed = int((comparison[columns.STATUS] != columns.STATUS_OK).sum())
    if n_failed:
        caveats.append(f"{n_failed} of {len(comparison)} models could not be trained; see the column 'status'.")
    return caveats


def _alternatives(candidates: Sequence[Candidate], chosen: Candidate, best: Candidate) -> str:
    others = [candidate for candidate in candidates if candidate is not chosen]
    others.sort(key=lambda candidate: (-candidate.score, candidate.n_topics))
    return json.dumps([
        {
            columns.ENGINE: other.engine,
            columns.N_TOPICS: other.n_topics,
            "score": round(other.score, 4),
            "within_one_standard_error": best.score - other.score <= _error(best),
            **{name: _or_none(other.means[name]) for name in (*PLAIN_DIFFERENCES, columns.PERPLEXITY)},
        }
        for other in others
    ])  # fmt: skip


def _or_none(value: float) -> Optional[float]:
    return None if math.isnan(value) else round(value, 6)


def _joined(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
