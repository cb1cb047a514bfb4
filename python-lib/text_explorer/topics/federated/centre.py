"""What the combining site computes: the next round from the contributions of a round.

It keeps the last accepted counts of every site. The shared model is their sum, so a site that misses a round stays in
the model with its last counts, and one that comes back replaces them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Optional

import numpy as np

from text_explorer.corpus.vocabulary import TermTable, Vocabulary, build_vocabulary, prune
from text_explorer.errors import DataError
from text_explorer.topics.describing.terms import score_terms
from text_explorer.topics.federated.contributions import (
    DOC_TOPICS,
    LENGTHS,
    SHARE_UNITS,
    TERM_TOPICS,
    TOPIC_DOCUMENTS,
    TOTALS,
    UNITS,
    WINDOWS,
    WINDOWS_TOGETHER,
    Contribution,
)
from text_explorer.topics.federated.documents import without_documents
from text_explorer.topics.federated.rounds import FINISHED, PROFILE, START, SWEEPS, TERMS, SharedRound, lda_shared
from text_explorer.topics.federated.settings import FederatedSettings
from text_explorer.topics.models.gibbs_lda import GibbsLdaModel, is_sample
from text_explorer.topics.models.parts.lda_engine import FIRST_ALPHA, FIRST_BETA, LdaEngine, LdaShared
from text_explorer.topics.models.parts.statistics import Statistics
from text_explorer.topics.quality.coherence import CoherenceCounts, WindowCounts, coherence_of
from text_explorer.topics.storage.training_profile import TopicProfile

THRESHOLD = 2.0
"""Standard deviations of the noise below which a noisy count is taken as 0."""

NOISY_SAMPLES = 4
"""With noise, the model is the mean of the counts of this number of last rounds."""

_MOST_WORDS = 2**31 - 1


@dataclass(frozen=True)
class CentreState:
    """What the combining site keeps and sends to nobody."""

    number: int  # of the round it belongs to
    counts: Mapping[str, Mapping[str, np.ndarray]] = field(default_factory=dict)  # last accepted counts by site
    n_docs: Mapping[str, int] = field(default_factory=dict)  # documents by site
    n_releases: Mapping[str, int] = field(default_factory=dict)  # accepted contributions by site
    total: Optional[np.ndarray] = None  # int64 of shape (n_terms, n_topics): sum over the states in the mean
    n_samples: int = 0


def first_round(settings: FederatedSettings, training_id: str) -> tuple[SharedRound, CentreState]:
    """Open the first round, in which sites send their terms."""
    return SharedRound(training_id, 0, TERMS, settings), CentreState(0)


def needs_doc_topics(shared: SharedRound) -> bool:
    """Return whether the sites send the histograms from which the document-topic prior is estimated."""
    if shared.stage != SWEEPS or shared.settings.privacy is not None:
        return False
    return _engine(shared.settings).estimates_alpha(shared.model.sweep + shared.settings.sweeps_per_round)


def next_round(
    shared: SharedRound, state: CentreState, contributions: Sequence[Contribution]
) -> tuple[SharedRound, CentreState]:
    """Combine the contributions to a round.

    Raises
    ------
    DataError
        Where they are too few, or no term is left.
    """
    settings = shared.settings
    if len(contributions) < settings.min_sites:
        names = ", ".join(contribution.site for contribution in contributions) or "none"
        raise DataError(
            f"Round {shared.number} needs contributions of at least {settings.min_sites} sites ('Minimum sites per "
            f"round'), but those that fit are: {names}. Run 'Contribute to federated topics' at the other sites, or "
            "lower the number; nothing was changed."
        )
    state = _accept(state, contributions)
    if shared.stage == TERMS:
        vocabulary = combine_terms(contributions, settings)
        if settings.privacy is None:
            return replace(shared, number=1, stage=START, vocabulary=vocabulary), state
        return replace(shared, number=1, stage=SWEEPS, vocabulary=vocabulary, lda=_drawn(vocabulary, settings)), state
    if shared.stage == PROFILE:
        return _profiled(shared, contributions), state
    accepted = {**shared.accepted, **{contribution.site: shared.number for contribution in contributions}}
    lda = _noisy_sum(shared, state) if settings.privacy else _sum(shared, state)
    is_last, in_mean = _place_of(lda.sweep, settings)
    if in_mean:
        counts = lda.term_topics[:, : settings.n_topics].astype(np.int64)
        total = counts if state.total is None else state.total + counts
        state = replace(state, total=total, n_samples=state.n_samples + 1)
    after = replace(shared, number=shared.number + 1, stage=SWEEPS, accepted=accepted, lda=lda)
    if not is_last:
        return after, state
    after = replace(after, final=_mean(after, state))
    if settings.privacy is not None:
        return replace(after, stage=FINISHED), state
    return replace(after, stage=PROFILE, top_terms=_top_terms(after.final_model, after.known_vocabulary)), state


def _place_of(n_sweeps: int, settings: FederatedSettings) -> tuple[bool, bool]:
    """Return whether some sweeps, or rounds with noise, are all, and whether the state after them is in the mean."""
    if settings.privacy is not None:
        return n_sweeps == settings.n_rounds, n_sweeps > settings.n_rounds - NOISY_SAMPLES
    n_iterations = settings.n_rounds * settings.sweeps_per_round
    return n_sweeps == n_iterations, n_sweeps > 0 and is_sample(n_sweeps, n_iterations)


def combine_terms(contributions: Sequence[Contribution], settings: FederatedSettings) -> Vocabulary:
    """Add up the terms of all sites and choose the vocabulary."""
    tables = [contribution.terms.counts_by_term() for contribution in contributions if contribution.terms is not None]
    table = TermTable.of(tables)
    n_docs = sum(contribution.n_docs for contribution in contributions)
    kept, _ = prune(table.document_counts, table.terms, n_docs, settings.preparation)
    if not len(kept):
        raise DataError(
            f"No term is left for the vocabulary: the sites sent {len(table.terms):,}. Lower 'Minimum documents per "
            "term' here or at the sites, or raise 'Maximum share of documents per term'; nothing was changed."
        )
    names = tuple(table.terms[term] for term in kept.tolist())
    return build_vocabulary(names, table.document_counts[kept], table.term_counts[kept], {}, ())


def _mean(shared: SharedRound, state: CentreState) -> GibbsLdaModel:
    """Return the mean of the last states, topics in the order of their sizes."""
    total = np.zeros(0) if state.total is None else state.total
    counts = np.ascontiguousarray((total / state.n_samples).T)
    order = np.argsort(-counts.sum(axis=1), kind="stable")
    return GibbsLdaModel(counts, shared.model.alpha, shared.model.beta).reordered(order)


def _top_terms(model: GibbsLdaModel, vocabulary: Vocabulary) -> np.ndarray:
    n_words = np.maximum(model.topic_term_counts.sum(axis=1), 1e-9)
    return score_terms(model.topic_term_distr, n_words, without_documents(vocabulary)).best


def _profiled(shared: SharedRound, contributions: Sequence[Contribution]) -> SharedRound:
    """Add up the profiles and the windows, and order topics by falling number of documents, then of words."""
    found = {
        name: sum((contribution.counts[name] for contribution in contributions), np.zeros(1, dtype=np.int64))
        for name in (TOPIC_DOCUMENTS, SHARE_UNITS, TOTALS, WINDOWS, WINDOWS_TOGETHER)
    }
    model = shared.final_model
    order = np.lexsort((-model.topic_term_counts.sum(axis=1), -found[TOPIC_DOCUMENTS]))
    documents, units = found[TOPIC_DOCUMENTS][order], found[SHARE_UNITS][order]
    n_documents = int(documents.sum())
    shares = units / (n_documents * UNITS) if n_documents else np.full(len(units), np.nan)
    n_rows, n_words, n_unknown = found[TOTALS].tolist()
    profile = TopicProfile(n_rows, documents, np.minimum(shares, 1.0), n_words, n_unknown)
    windows = CoherenceCounts(*map(WindowCounts, found[WINDOWS].tolist(), found[WINDOWS_TOGETHER][:, order]))
    coherence = coherence_of(windows, shared.known_top_terms[order], shared.known_vocabulary.terms)
    return replace(
        shared, number=shared.number + 1, stage=FINISHED, final=model.reordered(order), top_terms=None,
        profile=profile, coherence=coherence,
    )  # fmt: skip


def _engine(settings: FederatedSettings) -> LdaEngine:
    return LdaEngine(settings.alpha, settings.beta)


def _accept(state: CentreState, contributions: Sequence[Contribution]) -> CentreState:
    counts, n_docs, n_releases = dict(state.counts), dict(state.n_docs), dict(state.n_releases)
    for contribution in contributions:
        site = contribution.site
        if TERM_TOPICS in contribution.counts:
            # Histograms stay until the next ones come: not every round has them.
            before = {name: array for name, array in counts.get(site, {}).items() if name.startswith("prior_")}
            counts[site] = {**before, **_with_prior(contribution.counts)}
        n_docs[site] = contribution.n_docs or n_docs.get(site, 0)
        n_releases[site] = n_releases.get(site, 0) + 1
    return replace(state, number=state.number + 1, counts=counts, n_docs=n_docs, n_releases=n_releases)


def _with_prior(counts: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Keep the histograms of an estimation together: lengths and words by topic of the same documents."""
    if DOC_TOPICS not in counts:
        return dict(counts)
    return {**counts, "prior_lengths": counts[LENGTHS], "prior_topics": counts[DOC_TOPICS]}


def _sum(shared: SharedRound, state: CentreState) -> LdaShared:
    """Add up the counts of all sites and let the engine check them and estimate the priors."""
    settings, engine = shared.settings, _engine(shared.settings)
    counts = _padded_sum([site[TERM_TOPICS] for site in state.counts.values()])
    _check_size(counts)
    if shared.stage == START:
        unstarted = engine.unstarted(settings.n_topics, len(counts), None)
        added = lda_shared(counts, unstarted.alpha, unstarted.beta, 0)
        lengths = _padded_sum([site[LENGTHS] for site in state.counts.values()])
        found = {"words": np.array([added.n_words]), TERM_TOPICS: added.term_topics, LENGTHS: lengths}
        return engine.update(unstarted, Statistics(found, {}))
    before = shared.model
    # The sum is in place before the update, whose change is 0: sites may join, and documents come and go.
    after = lda_shared(counts, before.alpha, before.beta, before.sweep + settings.sweeps_per_round - 1)
    found = {"words": np.array([after.n_words])}
    if needs_doc_topics(shared):
        known = [site for site in state.counts.values() if "prior_topics" in site]
        after = replace(after, lengths=_padded_sum([site["prior_lengths"] for site in known]))
        found[DOC_TOPICS] = _padded_sum([site["prior_topics"] for site in known])
    return engine.update(after, Statistics(found, {TERM_TOPICS: np.zeros_like(after.term_topics)}))


def _noisy_sum(shared: SharedRound, state: CentreState) -> LdaShared:
    """Add up noisy counts; those that noise alone may have made are 0."""
    privacy = shared.settings.privacy
    counts = _padded_sum([site[TERM_TOPICS] for site in state.counts.values()])
    least = THRESHOLD * (privacy.sigma_of_topics if privacy else 0) * np.sqrt(len(state.counts))
    counts = np.where(counts > least, counts, 0)
    _check_size(counts)
    return lda_shared(counts, shared.model.alpha, shared.model.beta, shared.model.sweep + 1)


def _drawn(vocabulary: Vocabulary, settings: FederatedSettings) -> LdaShared:
    """Divide the words of each term over the topics at random, for a training that starts without sites."""
    generator = np.random.default_rng(settings.seed)
    shares = generator.dirichlet(np.ones(settings.n_topics), size=len(vocabulary.terms))
    counts = generator.multinomial(np.minimum(vocabulary.term_counts, _MOST_WORDS), shares)
    alpha = np.full(settings.n_topics, settings.alpha or FIRST_ALPHA)
    return lda_shared(counts, alpha, settings.beta or FIRST_BETA, 0)


def _check_size(counts: np.ndarray) -> None:
    if counts.max(initial=0) > _MOST_WORDS:
        raise DataError(f"A term has more than {_MOST_WORDS:,} words in a topic, more than can be counted.")


def _padded_sum(arrays: Sequence[np.ndarray]) -> np.ndarray:
    """Add up tables of sites, whose histograms are as long as their longest documents."""
    longest = max(array.shape[-1] for array in arrays)
    total = np.zeros((*arrays[0].shape[:-1], longest), dtype=np.int64)
    for array in arrays:
        total[..., : array.shape[-1]] += array
    return total
