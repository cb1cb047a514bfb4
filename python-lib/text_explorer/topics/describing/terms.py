"""The terms that describe a topic: their scores, the top terms, and the labels built from them.

Top terms are ranked by class-based TF-IDF: next to the most probable terms, they repeat one another less from topic to
topic, and an intruder among them is found more often, at about the same coherence. Labels are of the most relevant
terms, of which three tell a topic from the others. Both were chosen by measurement, see docs/quality.md.

References
----------
Carson Sievert and Kenneth Shirley (2014). LDAvis: A method for visualizing and interpreting topics. Relevance:
equation 1.
Jonathan Bischof and Edoardo Airoldi (2012). Summarizing topical content with word frequency and exclusivity. FREX:
equation 5; computed from ranks as in R's stm.
Maarten Grootendorst (2022). BERTopic: Neural topic modeling with a class-based TF-IDF procedure. Section 3.3.
Jason Chuang, Christopher Manning and Jeffrey Heer (2012). Termite: visualization techniques for assessing textual topic
models. Saliency.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Optional

import numpy as np
import pandas as pd
from scipy.special import rel_entr

from text_explorer.corpus.document_term_matrix import AnyCorpus
from text_explorer.topics import columns

RELEVANCE_LAMBDA = 0.6
"""The value users found best in Sievert and Shirley's study."""

FREX_WEIGHT = 0.5
TERMS_BY_LAMBDA = 30
"""Terms kept for each step of lambda, as many as the bar chart of the webapp shows."""

LAMBDA_STEPS = np.arange(11) / 10
TERMS_OF_TOPIC = 10
TERMS_OF_LABEL = 3


@dataclass(frozen=True)
class TermScores:
    """Scores of all terms in all topics: float64 arrays of shape (n_topics, n_terms)."""

    probability: np.ndarray  # p(w|t)
    lift: np.ndarray  # p(w|t) / p(w)
    frex: np.ndarray
    count: np.ndarray  # occurrences that belong to the topic; they sum to the term's occurrences over topics
    total: np.ndarray  # float64 of shape (n_terms,): sum over the topics in use of p(w|t)

    def relevance(self, weight: float = RELEVANCE_LAMBDA) -> np.ndarray:
        """Return lambda log p(w|t) + (1 - lambda) log lift, of shape (n_topics, n_terms)."""
        return weight * np.log(self.probability) + (1 - weight) * np.log(self.lift)

    @cached_property
    def best(self) -> np.ndarray:
        """Ids of the ten top terms of each topic, int64 of shape (n_topics, at most 10), see `class_tf_idf`."""
        return top_terms(class_tf_idf(self.probability, self.probability[0] / self.lift[0]), TERMS_OF_TOPIC)

    @cached_property
    def most_relevant(self) -> np.ndarray:
        """Ids of the ten most relevant terms of each topic, int64 of shape (n_topics, at most 10)."""
        return top_terms(self.relevance(), TERMS_OF_TOPIC)

    @cached_property
    def shown(self) -> list[frozenset[int]]:
        """For each topic the ids of the terms that are shown of it: top terms and most relevant ones."""
        return list(map(frozenset, np.hstack([self.best, self.most_relevant]).tolist()))

    def exclusivity(self) -> np.ndarray:
        """Return each topic's mean of p(w|t) / sum over topics of p(w|t) over its ten top terms."""
        share = self.probability / self.total
        return np.take_along_axis(share, self.best, axis=1).mean(axis=1)

    def saliency(self) -> np.ndarray:
        """Return p(w) KL(p(t|w) || p(t)) of each term, in nats, at least 0.

        It is the information of a term about the topics, weighted by its frequency. Their sum is the mutual information
        of terms and topics.
        """
        term_counts, topic_counts = self.count.sum(axis=0), self.count.sum(axis=1)
        total = term_counts.sum()
        divergence = np.zeros(len(term_counts))
        for counts, topic_count in zip(self.count, topic_counts):
            # By topic, for an array of all topics and terms may be large. What does not occur adds nothing.
            shares = np.divide(counts, term_counts, out=np.zeros_like(counts), where=term_counts > 0)
            divergence += rel_entr(shares, topic_count / total * (shares > 0))
        return np.maximum(term_counts / total * divergence, 0)


def score_terms(
    topic_term_distr: np.ndarray, topic_words: np.ndarray, corpus: AnyCorpus, in_use: Optional[np.ndarray] = None
) -> TermScores:
    """Score the terms of each topic; `topic_words` are the words of the corpus that belong to each topic.

    A term is exclusive among the topics in use: bool array of shape (n_topics,), all by default.
    """
    term_counts = corpus.vocabulary.term_counts
    total = (topic_term_distr if in_use is None or in_use.all() else topic_term_distr[in_use]).sum(axis=0)
    joint = topic_term_distr * topic_words[:, None]
    exclusive = topic_term_distr / total
    n_terms = topic_term_distr.shape[1]
    frequent_rank = _ranks_by_row(topic_term_distr) / n_terms
    exclusive_rank = _ranks_by_row(exclusive) / n_terms
    return TermScores(
        probability=topic_term_distr,
        lift=topic_term_distr / (term_counts / term_counts.sum()),
        frex=1 / (FREX_WEIGHT / exclusive_rank + (1 - FREX_WEIGHT) / frequent_rank),
        count=joint / joint.sum(axis=0) * term_counts,
        total=total,
    )


def _ranks_by_row(values: np.ndarray) -> np.ndarray:
    """Return the rank of each value in its row, from 1, ties averaged: scipy.stats.rankdata, slow to import."""
    ranks = np.empty(values.shape)
    for row, own_ranks in zip(values, ranks):
        _, position, counts = np.unique(row, return_inverse=True, return_counts=True)
        own_ranks[:] = (np.cumsum(counts) - (counts - 1) / 2)[position]
    return ranks


def class_tf_idf(topic_term_distr: np.ndarray, term_share: np.ndarray) -> np.ndarray:
    """Return p(w|t) log(1 + 1 / (n_topics p(w))), of shape (n_topics, n_terms); `term_share` is p(w).

    The logarithm is that of 1 + A / f(w), where A is the mean number of words of a topic and f(w) the number of w.
    """
    return topic_term_distr * np.log1p(1 / (len(topic_term_distr) * term_share))


def top_terms(scores: np.ndarray, n_best: int) -> np.ndarray:
    """Return the ids of the best terms of each topic, best first; ties go to the lower id, which is alphabetical."""
    return np.argsort(-scores, axis=1, kind="stable")[:, :n_best]


def label_topics(scores: TermScores, terms: tuple[str, ...]) -> list[str]:
    """Return a label of each topic, its most relevant terms, ``war, army, enemy``; no two topics share one.

    A term with the same beginning as one in the label (bank, banks) is skipped where others are left. A label of the
    same terms as an earlier one, in whatever order, gets further terms; where there are none, a number.
    """
    taken: set[frozenset[str]] = set()
    labels = []
    for topic_terms in scores.most_relevant:
        names = _different_first([terms[i] for i in topic_terms])
        label = next(label for label in _possible_labels(names) if frozenset(label) not in taken)
        taken.add(frozenset(label))
        labels.append(", ".join(label))
    return labels


def _possible_labels(names: list[str]) -> Iterator[list[str]]:
    """Yield labels of more and more terms, then the first numbered from 2."""
    for length in range(TERMS_OF_LABEL, max(len(names), TERMS_OF_LABEL) + 1):
        yield names[:length]
    *first, last = names[:TERMS_OF_LABEL]
    for number in count(2):
        yield [*first, f"{last} ({number})"]


def _different_first(names: list[str]) -> list[str]:
    """Move terms that are the beginning of an earlier one, or begin with one, behind all others."""
    different: list[str] = []
    for name in names:
        if not any(name.startswith(other) or other.startswith(name) for other in different):
            different.append(name)
    return different + [name for name in names if name not in different]


def topic_terms_table(scores: TermScores, corpus: AnyCorpus) -> pd.DataFrame:
    """Build the ``topic_terms`` dataset: the best terms of each topic for any lambda from 0 to 1, by relevance."""
    relevance, saliency = scores.relevance(), scores.saliency()
    best_by_lambda = [top_terms(scores.relevance(step), TERMS_BY_LAMBDA) for step in LAMBDA_STEPS]
    tables = []
    for topic_id in range(len(relevance)):
        kept = np.unique(np.concatenate([best[topic_id] for best in best_by_lambda]))
        kept = kept[np.argsort(-relevance[topic_id, kept], kind="stable")]
        tables.append(
            pd.DataFrame({
                columns.TOPIC_ID: topic_id,
                columns.RANK: np.arange(1, len(kept) + 1),
                columns.TERM: [corpus.vocabulary.terms[i] for i in kept],
                columns.PROBABILITY: scores.probability[topic_id, kept],
                columns.LIFT: scores.lift[topic_id, kept],
                columns.RELEVANCE: relevance[topic_id, kept],
                columns.FREX: scores.frex[topic_id, kept],
                columns.COUNT: np.rint(scores.count[topic_id, kept]).astype(np.int64),
                columns.DOCUMENT_COUNT: corpus.vocabulary.document_counts[kept],
                columns.SALIENCY: saliency[kept],
            })
        )  # fmt: skip
    return pd.concat(tables, ignore_index=True)
