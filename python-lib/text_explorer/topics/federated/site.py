"""What a site computes in a round, from its documents and the shared model.

Without noise, the state of the chain (the topic of every word) stays at the site, and the round goes on from the state
whose counts the shared model has. A site without such a state, as one that joins late, lost its folder or has other
documents now, draws its topics from the shared model.

With noise there is no state: the topics of each document are drawn from the shared model alone, so that one document
changes nothing but its own counts.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Optional

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.corpus.vocabulary import TermTable
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
from text_explorer.topics.federated.documents import bounded, document_counts, without_rare_terms
from text_explorer.topics.federated.drawing import drawn_counts
from text_explorer.topics.federated.privacy import Privacy, gaussian_noise
from text_explorer.topics.federated.rounds import START, SharedRound
from text_explorer.topics.models.kernels import _gibbs_lda_kernels as kernels
from text_explorer.topics.models.parts.lda_engine import LONGEST_COUNTED, LdaEngine, LdaShared
from text_explorer.topics.models.parts.part import Part, number_of_parts, split
from text_explorer.topics.models.parts.runners import Threads, runner_of
from text_explorer.topics.models.training import infer_batches
from text_explorer.topics.quality.coherence import CountWindows
from text_explorer.topics.storage.training_profile import ProfileCounter

logger = logging.getLogger(__name__)

SWEEPS_TO_JOIN = 10
"""Sweeps before its own of a site that has no state: topics drawn at random would spoil the shared counts."""

_JOINING_SEED = 2**32


@dataclass(frozen=True)
class SiteState:
    """State of the chain after a round; it never leaves the site."""

    number: int  # of the round
    documents: str  # hash of the documents it belongs to
    topics: tuple[np.ndarray, ...]  # of each word of each part


def count_terms(corpus: Corpus, site: str, min_documents: int, privacy: Optional[Privacy]) -> Contribution:
    """Count the terms that at least `min_documents` documents have.

    With noise, `corpus` has all terms of the site: which of them are counted must not depend on other documents.
    """
    names, vocabulary = corpus.vocabulary.terms, corpus.vocabulary
    if privacy is None:
        counts = dict(zip(names, zip(vocabulary.document_counts.tolist(), vocabulary.term_counts.tolist())))
        sent = {term: pair for term, pair in counts.items() if pair[0] >= min_documents}
        return Contribution(site, corpus.n_docs, terms=TermTable.of([sent]))
    exact = np.append(document_counts(bounded(corpus, privacy.most_terms)), corpus.n_docs)
    noisy = np.rint(exact + gaussian_noise(exact.shape, privacy.sigma_of_terms)).astype(np.int64)
    least = max(float(min_documents), privacy.least_documents)
    sent = {term: (count, count) for term, count in zip(names, noisy[:-1].tolist()) if count >= least}
    return Contribution(site, max(int(noisy[-1]), 1), terms=TermTable.of([sent]))


def count_topics(
    corpus: Corpus, shared: SharedRound, site: str, min_documents: int, states: Mapping[int, SiteState]
) -> tuple[Contribution, Optional[SiteState]]:
    """Count the words of the site by term and topic after the sweeps of this round.

    Parameters
    ----------
    corpus
        Documents of the site, in the shared vocabulary.
    min_documents
        Terms that fewer documents of the site have are not counted; with noise, all are.
    states
        By round, as far as they are kept.
    """
    privacy = shared.settings.privacy
    if privacy is not None:
        counts = drawn_counts(bounded(corpus, privacy.most_terms), shared.model, secrets.randbits(64))
        noisy = np.rint(counts + gaussian_noise(counts.shape, privacy.sigma_of_topics)).astype(np.int32)
        return Contribution(site, 0, counts={TERM_TOPICS: noisy}), None
    chain = _Chain.begin(without_rare_terms(corpus, min_documents), shared, site, states)
    for _ in range(0 if shared.stage == START else shared.settings.sweeps_per_round):
        chain.sweep()
    return Contribution(site, corpus.n_docs, counts=chain.counts()), chain.state()


def count_profile(
    corpus: Corpus, n_words: np.ndarray, shared: SharedRound, site: str, min_documents: int
) -> Contribution:
    """Count how the final topics, unknown words and pairs of top terms are spread over the documents of the site.

    Parameters
    ----------
    corpus
        Documents of the site, in the shared vocabulary, with the order of their words.
    n_words : int64 array of shape (n_docs,)
        Words of each document that could be terms, known or not.
    min_documents
        Windows of words are without terms that fewer documents of the site have.
    """
    counter = ProfileCounter(shared.settings.n_topics)
    for _, shares in infer_batches(shared.final_model, corpus):
        counter.add(shares, 0, 0)
    profile, total = counter.profile(), int(n_words.sum())
    units = np.rint(np.nan_to_num(profile.mean_shares) * profile.n_documents * UNITS).astype(np.int64)
    totals = np.array([corpus.n_docs, total, total - int(corpus.doc_lengths.sum())])
    count = CountWindows(shared.known_top_terms, corpus.n_terms)
    windows = count(without_rare_terms(corpus, min_documents))
    counts = {
        TOPIC_DOCUMENTS: profile.topic_documents,
        SHARE_UNITS: units,
        TOTALS: totals,
        WINDOWS: np.array([windows.near.n_windows, windows.wide.n_windows]),
        WINDOWS_TOGETHER: np.stack([windows.near.together, windows.wide.together]),
    }
    return Contribution(site, corpus.n_docs, counts=counts)


@dataclass
class _Chain:
    """The chain of a site: its parts, and the shared counts with its own changes since the round began."""

    runner: Threads
    local: LdaShared
    own: np.ndarray  # int32, of the shape of the shared counts: those of the site
    number: int
    engine: LdaEngine
    seed: int
    documents: str
    found: Mapping[str, np.ndarray]

    @classmethod
    def begin(cls, corpus: Corpus, shared: SharedRound, site: str, states: Mapping[int, SiteState]) -> _Chain:
        settings = shared.settings
        engine = LdaEngine(settings.alpha, settings.beta)
        parts = numbered_parts(corpus, settings.sites.index(site), len(settings.sites))
        documents = _hash_of(parts)
        unstarted = engine.unstarted(settings.n_topics, corpus.n_terms, None)
        runner = runner_of(parts, None, unstarted.term_topics)
        longest = min(int(corpus.doc_lengths.max(initial=0)), LONGEST_COUNTED)
        local = replace(unstarted if shared.lda is None else shared.lda, lengths=np.zeros(longest + 1, dtype=np.int64))
        chain = cls(runner, local, unstarted.term_topics, shared.number, engine, settings.seed, documents, {})
        if shared.stage == START:
            chain._start(unstarted)
        elif not chain._resume(states.get(shared.accepted.get(site, -1))):
            chain._join(unstarted)
        return chain

    def sweep(self, seed: Optional[int] = None) -> None:
        """Draw the topic of each word of the site once."""
        statistics = self.runner.apply(self.engine.sweep, self.local, self.seed if seed is None else seed)
        changes = statistics.changes[TERM_TOPICS]
        self.own = self.own + changes
        term_topics = self.local.term_topics + changes
        topic_words = term_topics.sum(axis=0, dtype=np.int64)
        self.local = replace(
            self.local, sweep=self.local.sweep + 1, term_topics=term_topics, topic_words=topic_words
        )  # fmt: skip
        self.found = statistics.counts

    def counts(self) -> dict[str, np.ndarray]:
        """Return the counts to send; the histogram for the prior only where it is to be estimated."""
        lengths = sum(
            kernels.count_lengths(part.indptr, len(_known(self.local.lengths)) - 1) for part in self.runner.parts
        )  # fmt: skip
        counts = {
            TERM_TOPICS: np.ascontiguousarray(self.own[:, : len(self.local.alpha)]),
            LENGTHS: np.asarray(lengths),
        }
        return {**counts, **{name: array for name, array in self.found.items() if name == DOC_TOPICS}}

    def state(self) -> SiteState:
        """Return the state to keep."""
        return SiteState(self.number, self.documents, tuple(part.assignments for part in self.runner.parts))

    def _start(self, unstarted: LdaShared) -> None:
        statistics = self.runner.apply(self.engine.start, unstarted, self.seed)
        self.own = statistics.counts[TERM_TOPICS]

    def _resume(self, state: Optional[SiteState]) -> bool:
        """Take up a state, unless it is of other documents or not in the shared counts."""
        if state is None or state.documents != self.documents:
            return False
        words = [part.by_word() for part in self.runner.parts]
        if [part.n_words for part in words] != [len(topics) for topics in state.topics]:
            return False
        own = np.zeros_like(self.own)
        for part, topics in zip(words, state.topics):
            if topics.max(initial=0) >= len(self.local.alpha):
                return False
            np.add.at(own, (part.indices, topics), 1)
        if (own > self.local.term_topics).any():
            return False
        self.runner.parts = [part.assigned(topics) for part, topics in zip(words, state.topics)]
        self.own = own
        return True

    def _join(self, unstarted: LdaShared) -> None:
        """Draw topics at random, then from the shared model, without their counts in that of the other sites."""
        logger.info("no state of the last accepted round: the topics of this site's words are drawn again")
        self._start(unstarted)
        shared = self.local
        term_topics = shared.term_topics + self.own
        self.local = replace(shared, term_topics=term_topics, topic_words=term_topics.sum(axis=0, dtype=np.int64))
        for number in range(SWEEPS_TO_JOIN):
            self.sweep(self.seed + (number + 1) * _JOINING_SEED)
            self.local = replace(self.local, sweep=shared.sweep)
        self.found = {}


def numbered_parts(corpus: Corpus, site: int, n_sites: int) -> list[Part]:
    """Divide the documents of a site into parts, whose numbers no other site has."""
    parts = split(corpus, number_of_parts(int(corpus.doc_lengths.sum())))
    return [replace(part, number=site + n_sites * part.number) for part in parts]


def _hash_of(parts: list[Part]) -> str:
    digest = blake2b(digest_size=16)
    for part in parts:
        for array in (part.indptr, part.indices, part.data):
            digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def _known(lengths: Optional[np.ndarray]) -> np.ndarray:
    if lengths is None:
        raise ValueError("The lengths are not counted.")
    return lengths
