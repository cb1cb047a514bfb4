"""Warnings of poor topics, in sentences: too small, dominated by single documents, without terms of their own.

A warning is a reason to look at a topic, not a verdict. The thresholds were tested on 370 topics of GSDMM and of LDA by
Gibbs sampling of five labelled sets of short texts and news, eleven of which have a warning, and on the same texts with
junk added: words shuffled over all documents, documents of random words, two long documents with words of their own.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from text_explorer.topics.quality.coherence import CV_WINDOW, TopicCoherence
from text_explorer.topics.quality.common_terms import count_common_terms
from text_explorer.topics.quality.diagnostics import DocumentTally, distinctness, uniform_distance
from text_explorer.wording import plural

MIN_DOCUMENTS = 3
"""Topics of two documents are mostly a repeated text, or two texts that share a phrase."""

MAX_SHARE_OF_TWO = 0.75
"""More than two of three equal documents would have."""

MIN_FOCUS = 0.3
"""Topics of LDA on a subject mostly had a focus of 0.4 and more, those of words for all occasions (day, thing, great)
0.2 to 0.3, those of shuffled texts 0.04 to 0.11. GSDMM, with one topic per document, never had less than 0.8."""

MIN_DISTINCTNESS = 0.1
"""Topics of a subject had 0.17 and more; the one topic that GSDMM makes of shuffled short texts had 0.04."""

MAX_PAIRS_APART = 0.7
"""Topics with a larger share of pairs apart were mixtures of subjects: in the four found, the largest class had 21 to
59 % of the documents."""

LARGEST_SHARE = 0.5
"""A topic with more of the words necessarily resembles the whole corpus."""

_EVERYWHERE = "It has about the same proportion in every document, as general words do."
_LIKE_CORPUS = "Its terms are about as frequent in all texts: it does not distinguish documents."
_NO_PREFERENCE = "It prefers no terms: its words are spread more evenly than those of all texts together."


def topic_warnings(
    tally: DocumentTally,
    topic_term_distr: np.ndarray,
    term_counts: np.ndarray,
    coherence: TopicCoherence,
    top_term_ids: np.ndarray,
    topic_counts: np.ndarray,
    terms: Sequence[str],
) -> list[list[str]]:
    """Return the warnings of each topic, in sentences.

    Preferences are judged only for topics with at least as many words as there are terms; in smaller ones the
    topic-term prior, which is the same for all terms, outweighs the words.

    Parameters
    ----------
    coherence, top_term_ids
        Coherence of the topics' best terms, and those terms: int array of shape (n_topics, n_best).
    topic_counts
        float64 array of shape (n_topics, n_terms): occurrences of each term that belong to each topic.
    terms
        Names of all terms.
    """
    corpus_preference = uniform_distance((term_counts / term_counts.sum())[None])
    preference = uniform_distance(topic_term_distr)
    large = tally.n_words >= len(term_counts)
    shares_of_two = tally.two_largest_share.tolist()
    n_common = count_common_terms(top_term_ids, tally.n_documents > 0, topic_counts, terms).tolist()
    # Comparisons with NaN are false: an undefined figure gives no warning.
    signs = {
        _EVERYWHERE: tally.document_focus < MIN_FOCUS,
        _LIKE_CORPUS: large & (distinctness(topic_term_distr, term_counts, tally.token_share) < MIN_DISTINCTNESS),
        _NO_PREFERENCE: large & (preference < corpus_preference) & (tally.token_share <= LARGEST_SHARE),
    }
    return [
        [
            *_of_size(int(tally.n_documents[topic]), shares_of_two[topic]),
            *(sentence for sentence, found in signs.items() if found[topic]),
            *_of_pairs(float(coherence.apart[topic])),
            *_of_common_terms(n_common[topic], len(top_term_ids[topic])),
        ]
        for topic in range(len(topic_term_distr))
    ]


def _of_size(n_documents: int, share_of_two: float) -> list[str]:
    if n_documents == 0:
        return ["It is the main topic of no document."]
    if n_documents < MIN_DOCUMENTS:
        return [f"It is the main topic of only {plural(n_documents, 'document')}."]
    if share_of_two > MAX_SHARE_OF_TWO:
        return [f"Two documents contain {share_of_two:.0%} of its words."]
    return []


def _of_pairs(apart: float) -> list[str]:
    if apart > MAX_PAIRS_APART:
        return [f"{apart:.0%} of the pairs of its top terms never occur within {CV_WINDOW} words of each other."]
    return []


def _of_common_terms(n_common: int, n_terms: int) -> list[str]:
    if 2 * n_common >= n_terms:
        return [
            f"{n_common} of its {n_terms} top terms are boilerplate or function words: in most topics, spread evenly "
            "over topics, or left from markup."
        ]
    return []
