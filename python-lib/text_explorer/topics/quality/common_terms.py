"""Terms that do not distinguish topics: boilerplate, and function words that a list of stop words lacks.

The thresholds were tested on 726 topics (2 to 50 a model) of GSDMM and of LDA by Gibbs sampling of five labelled
sets of short texts and news, none of which has more than four such terms among its top ten, and on the same texts with
``reuters``, ``href`` and the like put into 30% of the documents: each of the 40 topics has six to nine of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, TypeVar

import numpy as np
import regex
from scipy.special import entr, rel_entr

from text_explorer.corpus.vocabulary import MAX_SHARE_FROM_DOCUMENTS

Term = TypeVar("Term", bound=Hashable)

MIN_TOPICS = 3
"""Terms of fewer topics are not compared: half of them is a single one."""

NEARLY_ALL = 0.8
"""Of the documents; such terms are in the vocabulary only if 'Maximum share of documents per term' allows it."""

MAX_DIVERGENCE = 0.1
"""Of p(topic | term) from p(topic), as share of the entropy of p(topic): boilerplate had at most 0.03, the terms of
subjects mostly 0.3 and more, and general words of a field (model, analysis, news) about 0.07."""

OCCURRENCES_PER_TOPIC = 5
"""Of rarer terms, the spread comes from the topic-term prior."""

MIN_OCCURRENCES = 0.5
"""Of a term in a topic, rounded to one."""

_MARKUP = regex.compile(
    r"rt|href|https?|www|quot|amp|nbsp|apos|[lg]t|[mn]dash|[lr][sd]quo|hellip|n't|(\w)\1+", flags=regex.I
)
"""Left over from markup, retweets, cut words and redaction (xxxx)."""


class ProposedStopWord(NamedTuple):
    """A word that may be a stop word, and why: ``in 16 of 20 topics``."""

    word: str
    reason: str


def terms_in_most_topics(top_terms: Sequence[Sequence[Term]]) -> dict[Term, int]:
    """Return the terms among the top terms of more than half of the topics, with the number of topics.

    Parameters
    ----------
    top_terms
        The top terms of each topic that has documents.
    """
    counts = Counter(chain.from_iterable(top_terms))
    least = max(MIN_TOPICS, len(top_terms) // 2 + 1)
    return {term: count for term, count in counts.most_common() if count >= least}


def propose_stop_words(
    top_terms: Sequence[Sequence[str]], document_counts: Mapping[str, int], n_documents: int
) -> list[ProposedStopWord]:
    """Return the words that are in most topics, then those in nearly all documents, most frequent first.

    Phrases are never proposed, since each of their words would become a stop word.

    Parameters
    ----------
    top_terms
        See `terms_in_most_topics`.
    document_counts
        Number of documents of each term, or of the most frequent ones.
    n_documents
        Number of documents.
    """
    found = {term: f"in {count} of {len(top_terms)} topics" for term, count in terms_in_most_topics(top_terms).items()}
    if n_documents >= MAX_SHARE_FROM_DOCUMENTS:
        for term, count in sorted(document_counts.items(), key=lambda entry: (-entry[1], entry[0])):
            if count > NEARLY_ALL * n_documents:
                found.setdefault(term, f"in {count / n_documents:.0%} of the documents")
    return [ProposedStopWord(term, reason) for term, reason in found.items() if " " not in term]


def occurring_terms(top_term_ids: np.ndarray, topic_counts: np.ndarray) -> list[list[int]]:
    """Return the top terms of each topic that occur in it: a topic of few terms has others by its prior alone.

    Parameters
    ----------
    top_term_ids
        int array of shape (n_topics, n_best).
    topic_counts
        float64 array of shape (n_topics, n_terms): occurrences of each term that belong to each topic.
    """
    return [ids[counts[ids] >= MIN_OCCURRENCES].tolist() for ids, counts in zip(top_term_ids, topic_counts)]


def count_common_terms(
    top_term_ids: np.ndarray, has_documents: np.ndarray, topic_counts: np.ndarray, terms: Sequence[str]
) -> np.ndarray:
    """Count the top terms of each topic that are in most topics, spread evenly over the topics, or markup.

    Parameters
    ----------
    top_term_ids, topic_counts
        See `occurring_terms`.
    has_documents
        bool array of shape (n_topics,).
    terms
        Names of all terms.

    Returns
    -------
    ndarray of shape (n_topics,)
    """
    ids = np.unique(top_term_ids)
    is_common = np.zeros(len(terms), dtype=np.bool_)
    if np.count_nonzero(has_documents) >= MIN_TOPICS:
        is_common[ids] = _is_even(topic_counts[:, ids], topic_counts.sum(axis=1))
    occurring = occurring_terms(top_term_ids[has_documents], topic_counts[has_documents])
    is_common[list(terms_in_most_topics(occurring))] = True
    is_common[[term for term in ids.tolist() if _MARKUP.fullmatch(terms[term])]] = True
    return np.count_nonzero(is_common[top_term_ids], axis=1)


def _is_even(counts: np.ndarray, topic_sizes: np.ndarray) -> np.ndarray:
    """Return whether the occurrences of terms are spread over topics about as all words are."""
    sums, token_share = counts.sum(axis=0), topic_sizes / topic_sizes.sum()
    divergence = rel_entr(counts / sums, token_share[:, None]).sum(axis=0)
    is_frequent = sums >= OCCURRENCES_PER_TOPIC * len(counts)
    return is_frequent & (divergence < MAX_DIVERGENCE * entr(token_share).sum())
