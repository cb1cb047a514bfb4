"""Describe the topics of a trained model: terms, labels, quality, map, super-topics and correlations."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Optional

import numpy as np
import pandas as pd

from text_explorer.corpus.document_term_matrix import AnyCorpus, Corpus
from text_explorer.corpus.growing_array import GrowingArray
from text_explorer.topics import columns
from text_explorer.topics.describing.correlations import CorrelationCounts, TopicCorrelations
from text_explorer.topics.describing.representative_documents import RepresentativeDocuments
from text_explorer.topics.describing.super_topics import SuperTopics, group_topics, label_super_topics
from text_explorer.topics.describing.terms import TERMS_OF_TOPIC, TermScores, label_topics, score_terms, top_terms
from text_explorer.topics.describing.topic_map import TopicMap, lay_out_topics
from text_explorer.topics.models.documents import Documents, documents_of
from text_explorer.topics.models.inference import Inference
from text_explorer.topics.models.training import SHARES_HELD, TrainedTopics, best_topics, shares_at_once
from text_explorer.topics.quality.coherence import COHERENCE_WINDOWS, CountWindows, TopicCoherence, coherence_of
from text_explorer.topics.quality.common_terms import ProposedStopWord, occurring_terms, propose_stop_words
from text_explorer.topics.quality.diagnostics import DocumentTally, topic_diversity
from text_explorer.topics.quality.distances import topic_distances
from text_explorer.topics.quality.warnings import topic_warnings
from text_explorer.topics.storage.training_profile import ProfileCounter, TopicProfile


@dataclass(frozen=True)
class TopicDescription:
    """Description of the topics of a model."""

    corpus: AnyCorpus
    scores: TermScores
    labels: list[str]  # including the names of seeded topics
    tally: DocumentTally
    coherence: TopicCoherence
    topic_warnings: list[list[str]]
    topic_map: TopicMap
    super_topics: SuperTopics
    super_labels: list[str]
    correlations: TopicCorrelations
    profile: TopicProfile  # without its counts of words
    in_use: np.ndarray  # bool of shape (n_topics,): see `TopicModel`
    # of the documents on this machine, in a temporary file where they are many; None where they are elsewhere
    doc_topic_distr: Optional[np.ndarray] = None

    @property
    def remarks(self) -> list[list[str]]:
        """For each topic its warnings, and why a coherence is missing."""
        return [[*signs, *filter(None, [why])] for signs, why in zip(self.topic_warnings, self.coherence.reasons)]

    def proposed_stop_words(self) -> list[ProposedStopWord]:
        """Return words in most topics or in nearly all documents, which may be stop words."""
        vocabulary = self.corpus.vocabulary
        best = occurring_terms(top_terms(self.scores.probability, TERMS_OF_TOPIC), self.scores.count)
        has_documents = (self.tally.n_documents > 0).tolist()
        names = [[vocabulary.terms[term] for term in ids] for ids, known in zip(best, has_documents) if known]
        counts = dict(zip(vocabulary.terms, vocabulary.document_counts.tolist()))
        return propose_stop_words(names, counts, self.corpus.n_docs)

    def quality(self) -> dict[str, Any]:
        """Return the figures of the whole model for JSON, None where undefined."""
        return {
            "coherence_npmi": _or_none(self.coherence.mean_npmi()),
            "coherence_cv": _or_none(self.coherence.mean_cv()),
            "coherence_reference": f"the training texts, {COHERENCE_WINDOWS}",
            "n_topics_with_coherence": int(np.count_nonzero(~np.isnan(self.coherence.npmi))),
            "diversity": _or_none(topic_diversity(self.scores.best[self.in_use])),
            "n_topics_with_remarks": sum(map(bool, self.topic_warnings)),
            "map_stress": self.topic_map.stress,
            "super_topics_silhouette": self.super_topics.silhouette,
        }


class TopicCounts:
    """Sums over documents that describe their topics; they can be added in any order."""

    def __init__(self, in_use: np.ndarray):
        self._in_use = in_use
        self.tally, self.profile = DocumentTally(len(in_use)), ProfileCounter(len(in_use))
        self.correlations = CorrelationCounts(int(np.count_nonzero(in_use)))

    def add(self, doc_topic_distr: np.ndarray, doc_lengths: np.ndarray) -> None:
        """Count some documents."""
        self.tally.add(doc_topic_distr, doc_lengths)
        self.correlations.add(doc_topic_distr[:, self._in_use])
        self.profile.add(doc_topic_distr, n_words=0, n_unknown_words=0)

    def merge(self, other: TopicCounts) -> None:
        """Add the sums of other documents."""
        self.tally.merge(other.tally)
        self.correlations.merge(other.correlations)
        self.profile.merge(other.profile)


@dataclass(frozen=True)
class CountTopics:
    """Counts the topics of documents; `held` keeps their proportions."""

    inference: Inference
    in_use: np.ndarray
    held: Optional[GrowingArray] = None

    def __call__(self, part: Corpus) -> TopicCounts:
        """Infer the topics of some documents, and count them."""
        counts, doc_topic_distr = TopicCounts(self.in_use), self.inference.transform(part)
        counts.add(doc_topic_distr, part.doc_lengths)
        if self.held is not None:
            self.held.append(doc_topic_distr.ravel())
        return counts


def describe_topics(
    trained: TrainedTopics,
    documents: Optional[Documents] = None,
    *,
    rename: Callable[[Sequence[str]], Sequence[str]] = list,
    moved: Sequence[tuple[int, int]] = (),
) -> TopicDescription:
    """Describe the topics of a trained model, with another pass over its documents.

    Retired topics do not count: each has the place and the super-topic of the topic in use that is nearest to it.

    Parameters
    ----------
    documents
        Where they are elsewhere; by default those of the corpus, whose proportions are kept.
    rename
        Maps labels from the topics' terms to final labels: seeded topics have names.
    moved
        Documents of the corpus that were moved by hand, and the topics in use that they count for; one that stands for
        several equal rows may come more than once.
    """
    distr, corpus = trained.model.topic_term_distr, trained.corpus
    n_topics, in_use = len(distr), trained.model.in_use
    held = None
    if documents is None:
        held = GrowingArray(np.float64, mapped_from_bytes=SHARES_HELD * np.dtype(np.float64).itemsize)
        documents = documents_of(corpus)
    counts = documents.count(CountTopics(trained.model.inference, in_use, held), shares_at_once(trained.model))
    tally, doc_topic_distr = counts.tally, None if held is None else held.array().reshape(-1, n_topics)
    if moved:
        if doc_topic_distr is None:
            raise TypeError("Documents that were moved must be on this machine.")
        positions, to_topics = np.array(moved, dtype=np.int64).T
        tally.move(best_topics(doc_topic_distr[positions]), to_topics)
    scores = score_terms(distr, tally.n_words, corpus, in_use)
    # What stands in most topics shows in the most probable terms, before those of few topics are preferred.
    most_probable, vocabulary = top_terms(distr, TERMS_OF_TOPIC), corpus.vocabulary
    windows = documents.count(CountWindows(scores.best, corpus.n_terms))
    coherence = coherence_of(windows, scores.best, vocabulary.terms)
    distances = topic_distances(distr)
    among = distances[np.ix_(in_use, in_use)]
    nearest = _nearest_in_use(distances, in_use)
    groups, layout = group_topics(among), lay_out_topics(among)
    super_topics = replace(groups, parents=groups.parents[nearest])
    return TopicDescription(
        corpus=corpus,
        scores=scores,
        labels=list(rename(_labels(scores, corpus, tally))),
        tally=tally,
        coherence=coherence,
        topic_warnings=topic_warnings(
            tally, distr, vocabulary.term_counts, coherence, most_probable, scores.count, vocabulary.terms
        ),
        topic_map=replace(layout, coordinates=layout.coordinates[nearest]),
        super_topics=super_topics,
        super_labels=label_super_topics(super_topics.parents, distr, tally.n_words, corpus),
        correlations=_with_retired(counts.correlations.correlations(), in_use),
        profile=counts.profile.profile(),
        in_use=in_use,
        doc_topic_distr=doc_topic_distr,
    )


def _nearest_in_use(distances: np.ndarray, in_use: np.ndarray) -> np.ndarray:
    """Return for each topic the position of the nearest one among those in use: of one in use, its own."""
    nearest = distances[:, in_use].argmin(axis=1)
    nearest[in_use] = np.arange(np.count_nonzero(in_use))
    return nearest


def _with_retired(found: TopicCorrelations, in_use: np.ndarray) -> TopicCorrelations:
    correlations = np.full((len(in_use), len(in_use)), np.nan)
    correlations[np.ix_(in_use, in_use)] = found.correlations
    return replace(found, correlations=correlations)


def _labels(scores: TermScores, corpus: AnyCorpus, tally: DocumentTally) -> list[str]:
    """Label topics by their terms; those of a topic without documents say nothing of any text."""
    labels = label_topics(scores, corpus.vocabulary.terms)
    empty = {topic_id: f"Topic {topic_id} (no documents)" for topic_id in np.flatnonzero(tally.n_documents == 0)}
    return [empty.get(topic_id, label) for topic_id, label in enumerate(labels)]


def topics_table(topics: TopicDescription, examples: RepresentativeDocuments) -> pd.DataFrame:
    """Build the rows of the ``topics`` dataset."""
    topic_ids = range(len(topics.labels))
    terms = topics.corpus.vocabulary.terms
    parents = topics.super_topics.parents

    def names(ids: np.ndarray) -> list[str]:
        return [_json([terms[i] for i in row]) for row in ids]

    return pd.DataFrame({
        columns.TOPIC_ID: np.arange(len(topics.labels)),
        columns.LABEL: topics.labels,
        columns.N_DOCUMENTS: topics.tally.n_documents,
        columns.DOCUMENT_SHARE: topics.tally.document_share,
        columns.TOKEN_SHARE: topics.tally.token_share,
        columns.COHERENCE_NPMI: topics.coherence.npmi,
        columns.COHERENCE_CV: topics.coherence.cv,
        columns.EXCLUSIVITY: topics.scores.exclusivity(),
        columns.TOP_TERMS: names(topics.scores.best),
        columns.DISTINCTIVE_TERMS: names(topics.scores.most_relevant),
        columns.REPRESENTATIVE_DOCUMENTS: [examples.representative_json(topic_id) for topic_id in topic_ids],
        columns.MAP_X: topics.topic_map.coordinates[:, 0],
        columns.MAP_Y: topics.topic_map.coordinates[:, 1],
        columns.PARENT: pd.arrays.IntegerArray(np.maximum(parents, 0), parents < 0),
        columns.PARENT_LABEL: [topics.super_labels[parent] if parent >= 0 else None for parent in parents.tolist()],
        columns.EFFECTIVE_DOCUMENTS: topics.tally.effective_documents,
        columns.BORDERLINE_DOCUMENTS: [examples.borderline_json(topic_id) for topic_id in topic_ids],
        columns.REMARKS: [_json(remarks) for remarks in topics.remarks],
    })  # fmt: skip


def _json(value: list[str]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _or_none(value: float) -> Optional[float]:
    return None if np.isnan(value) else value
