"""Topics of several sites that exchange counts, beside those of one machine that has all texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Optional

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.topics.federated.centre import combine_terms, first_round, next_round
from text_explorer.topics.federated.privacy import Privacy
from text_explorer.topics.federated.rounds import FINISHED, PROFILE, TERMS
from text_explorer.topics.federated.settings import FederatedSettings
from text_explorer.topics.federated.site import SiteState, count_terms, count_topics
from text_explorer.topics.models.gibbs_lda import GibbsLdaModel, fit_gibbs_lda
from text_explorer.topics.quality import predictive_likelihood
from topic_jobs.corpora import Texts, generated_short_texts, read_texts
from topic_jobs.lda import TRAINED_SHARE, held_out_perplexity
from topic_jobs.measuring import nmi

SHARES = (0.5, 0.25, 0.15, 0.1)
"""Sizes of the sites, as shares of all documents."""

SKEW = 2.0
"""Sum of the Dirichlet prior of a label's documents over the sites: most labels are mostly at one or two sites."""

TOPICS, N_ROUNDS, DELTA = 20, 20, 1e-6
PREPARATION = Preparation(min_documents=1, max_document_share=1.0)


@dataclass
class BenchSite:
    """Documents of a site, in all terms of the corpus, and the states it keeps."""

    name: str
    documents: Corpus
    states: dict[int, SiteState]


def split_by_label(labels: Sequence[str], seed: int) -> list[np.ndarray]:
    """Return the documents of four sites of unequal sizes, between which the labels are spread unevenly."""
    generator, own = np.random.default_rng(seed), np.asarray(labels)
    sites = np.empty(len(own), dtype=np.int64)
    for label in np.unique(own):
        documents = np.flatnonzero(own == label)
        weights = generator.dirichlet(SKEW * np.array(SHARES))
        sites[documents] = generator.choice(len(SHARES), len(documents), p=weights)
    return [np.flatnonzero(sites == site) for site in range(len(SHARES))]


def train_federated(
    documents: Sequence[Corpus],
    *,
    seed: int,
    sweeps_per_round: int = 10,
    n_rounds: int = N_ROUNDS,
    min_documents: int = 10,
    privacy: Optional[Privacy] = None,
    away: Mapping[int, int] = {},
) -> tuple[GibbsLdaModel, Any]:
    """Run all rounds in this process; return the model and the last round."""
    names = tuple(f"site-{number}" for number in range(len(documents)))
    settings = FederatedSettings(
        names, TOPICS, n_rounds, sweeps_per_round, 1, "en", True, PREPARATION, seed=seed, privacy=privacy
    )
    sites = [BenchSite(name, corpus, {}) for name, corpus in zip(names, documents)]
    shared, state = first_round(settings, "0" * 16)
    while shared.stage not in (PROFILE, FINISHED):
        sent = []
        for number, site in enumerate(sites):
            if away.get(shared.number) == number:
                continue
            if shared.stage == TERMS:
                sent.append(count_terms(site.documents, site.name, min_documents, privacy))
                continue
            known = in_vocabulary(site.documents, shared.known_vocabulary.terms)
            contribution, after = count_topics(known, shared, site.name, min_documents, site.states)
            if after is not None:
                site.states[after.number] = after
            sent.append(contribution)
        shared, state = next_round(shared, state, sent)
    return shared.final_model, shared


def in_vocabulary(corpus: Corpus, terms: Sequence[str]) -> Corpus:
    """Return documents in the terms of another vocabulary."""
    ids = {term: number for number, term in enumerate(terms)}
    new_ids = np.array([ids.get(term, -1) for term in corpus.vocabulary.terms])[corpus.indices]
    kept = new_ids >= 0
    indptr = np.concatenate(([0], np.cumsum(kept)))[corpus.indptr].astype(np.int64)
    nothing = np.zeros(len(terms), dtype=np.int64)
    vocabulary = replace(
        corpus.vocabulary, terms=tuple(terms), document_counts=nothing, term_counts=nothing
    )  # fmt: skip
    return Corpus(indptr, new_ids[kept].astype(np.int32), corpus.data[kept], vocabulary)


def compare_federated(folder: str, name: str, seeds: list[int]) -> list[dict[str, Any]]:
    """Train on a labelled set by each way, once for each seed; perplexity is always in the federated vocabulary."""
    return [row for seed in seeds for row in _compared(read_texts(folder, name), name, seed)]


def _compared(texts: Texts, name: str, seed: int) -> list[dict[str, Any]]:
    n_trained = int(TRAINED_SHARE * len(texts.documents))
    training, held_out = texts.part(0, n_trained), texts.part(n_trained, len(texts.documents))
    corpus = training.corpus
    sites = [with_own_counts(corpus.take(rows)) for rows in split_by_label(training.labels, seed)]
    rows = []
    for least in (1, 10):
        settings = FederatedSettings(("a",), TOPICS, 1, 1, 1, "en", True, PREPARATION)
        terms = combine_terms([count_terms(site, "a", least, None) for site in sites], settings).terms
        known = in_vocabulary(corpus, terms)
        halves = predictive_likelihood.split_words(held_out.in_terms_of(list(terms)), 0)
        ways: dict[str, Any] = {
            "pooled": lambda known=known: fit_gibbs_lda(known, TOPICS, seed=seed, n_workers=1),
            "1 sweep a round": lambda least=least: train_federated(
                sites, seed=seed, sweeps_per_round=1, n_rounds=200, min_documents=least
            )[0],
            "5 sweeps a round": lambda least=least: train_federated(
                sites, seed=seed, sweeps_per_round=5, n_rounds=40, min_documents=least
            )[0],
            "10 sweeps a round": lambda least=least: train_federated(sites, seed=seed, min_documents=least)[0],
            "10 sweeps, a site away in every second round": lambda least=least: train_federated(
                sites, seed=seed, min_documents=least, away={number: (number // 2) % 4 for number in range(3, 20, 2)}
            )[0],
        }
        for way, train in ways.items():
            model = train()
            topics = model.transform(known, n_workers=1).argmax(axis=1)
            rows.append({
                "name": name, "least": least, "way": way, "n_terms": len(terms), "nmi": nmi(training.labels, topics),
                "perplexity": held_out_perplexity(model, *halves),
            })  # fmt: skip
    return rows


def with_own_counts(corpus: Corpus) -> Corpus:
    """Return documents with the counts of their own terms in the vocabulary, as a site reads them."""
    n_docs = np.bincount(corpus.indices, minlength=corpus.n_terms)
    n_words = np.bincount(corpus.indices, corpus.data, corpus.n_terms).astype(np.int64)
    own = np.flatnonzero(n_docs)
    terms = [corpus.vocabulary.terms[term] for term in own.tolist()]
    known = in_vocabulary(corpus, terms)
    vocabulary = replace(known.vocabulary, document_counts=n_docs[own], term_counts=n_words[own])
    return replace(known, vocabulary=vocabulary)


def train_with_noise(
    folder: str, name: str, noises: list[float], n_rounds: int, most_terms: int, seed: int
) -> list[dict[str, Any]]:
    """Train on a labelled or a generated set (``generated``) with each noise; 0 is the same way of counting without."""
    if name == "generated":
        corpus, labels = generated_short_texts(100_000, TOPICS, seed)
    else:
        texts = read_texts(folder, name)
        corpus, labels = texts.corpus, texts.labels
    sites = [with_own_counts(corpus.take(rows)) for rows in split_by_label(labels, 0)]
    rows = []
    for noise in noises:
        privacy = Privacy(noise or 1e-6, most_terms, DELTA)
        model, shared = train_federated(sites, seed=seed, n_rounds=n_rounds, privacy=privacy)
        known = in_vocabulary(corpus, shared.known_vocabulary.terms)
        shares = model.transform(known, n_workers=1)
        kept = ~np.isnan(shares[:, 0])
        topics = np.where(kept, np.nan_to_num(shares).argmax(axis=1), -1)
        rows.append({
            "name": name, "noise": noise, "epsilon": privacy.epsilon(n_rounds + 1) if noise else None,
            "n_terms": known.n_terms, "nmi": nmi(labels, topics), "share": float(kept.mean()),
        })  # fmt: skip
    return rows
