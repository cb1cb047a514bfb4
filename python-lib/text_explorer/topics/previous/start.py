"""How training begins where there is a previous model: words that count for its topics, and documents in them.

The occurrences of a term in a previous topic, times a weight, count as occurrences in the new one, as those of seed
terms do. Each document starts in the previous topic that most likely wrote it. Topics beyond the previous ones start
with the documents that these explain worst.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.topics.models.training import TopicModel
from text_explorer.topics.previous.edited_topics import PreviousTopics
from text_explorer.topics.previous.explaining import Explain, Explained, PreviousWords
from text_explorer.topics.previous.matching import distributions, match, similarities

WEIGHT_OF_MOVED = 10
"""Times that the words of a document moved by hand count for its topic, besides once in the document."""


@dataclass(frozen=True)
class PreviousStart:
    """What training begins with; previous topics in use are the first ones, by rising id."""

    previous: PreviousTopics
    term_ids: np.ndarray  # int64 of shape (n_previous_terms,): id of each previous term in the corpus, -1 for none
    n_topics: int
    seed_counts: np.ndarray
    first_topics: np.ndarray  # int64 of shape (n_docs,)
    seeded: tuple[int, ...]  # index of each seeded topic

    def in_corpus(self, counts: np.ndarray, n_terms: int) -> np.ndarray:
        """Return counts of the previous terms, of shape (n, n_previous_terms), as counts of the corpus' n terms."""
        return _in_corpus(counts, self.term_ids, n_terms)

    def similarity(self, topic_term_counts: np.ndarray) -> np.ndarray:
        """Return the similarities of topics and previous topics in use, by their words alone; see `similarities`.

        The topic-term prior would make small topics unlike themselves.
        """
        previous = self.in_corpus(self.previous.counts, topic_term_counts.shape[1])
        return similarities(distributions(topic_term_counts), distributions(previous))

    def number(self, model: TopicModel, by_prevalence: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Assign topics the ids of their matches, others new ids by falling prevalence; see `Numbering`."""
        counts, previous = model.topic_term_counts, self.previous
        matches = match(self.similarity(counts))
        new = [topic for topic in by_prevalence.tolist() if matches[topic] < 0]
        order = np.concatenate((np.full(previous.n_ids, -1), np.array(new, dtype=np.int64)))
        known = np.flatnonzero(matches >= 0)
        order[previous.ids[matches[known]]] = known
        retired = self.in_corpus(previous.last_counts, counts.shape[1])
        return order, np.vstack([retired, np.zeros((len(new), counts.shape[1]))])


def start_from(
    previous: PreviousTopics,
    corpus: Corpus,
    n_topics: int,
    *,
    weight: float,
    seed: int = 0,
    moved: Optional[Mapping[int, int]] = None,
    seeded_names: Sequence[str] = (),
    seeds: Optional[np.ndarray] = None,
    explain: Optional[Explain] = None,
) -> PreviousStart:
    """Prepare the training of a corpus from a previous model.

    Parameters
    ----------
    n_topics
        Number of topics the user asks for: those beyond the number of the previous training are new ones.
    weight
        What an occurrence in the previous model counts, from 0 on; one in the corpus counts 1.
    moved
        Topic of the documents moved by hand, by their row in the corpus.
    seeded_names, seeds
        Names of the seeded topics, and the pseudo-counts of their seeds, int array of shape (n_seeded or more,
        n_terms). One with the label of a previous topic seeds that one, the others new ones.
    explain
        Explains the documents where they are, if that is elsewhere.
    """
    term_ids = _term_ids(previous, corpus)
    counts = _in_corpus(previous.counts, term_ids, corpus.n_terms)
    by_label = {previous.edits.labels[topic].casefold(): index for index, topic in enumerate(previous.ids.tolist())}
    n_known = len(previous.ids)
    unknown = [name for name in seeded_names if name.casefold() not in by_label]
    by_name = by_label | {name.casefold(): n_known + number for number, name in enumerate(unknown)}
    seeded = tuple(by_name[name.casefold()] for name in seeded_names)
    n_new = max(n_topics - previous.n_trained, len(unknown))
    seed_counts = np.zeros((n_known + n_new, corpus.n_terms), dtype=np.int64)
    seed_counts[:n_known] = np.rint(weight * counts)
    words = PreviousWords.of(counts, previous.n_documents, corpus.vocabulary.term_counts)
    explained = words.explain(corpus) if explain is None else explain(words)
    first_topics = _first_topics(explained, corpus.doc_lengths, (n_known, n_new), seed)
    if seeds is not None:
        np.add.at(seed_counts, list(seeded), seeds[: len(seeded)])
    index_of = {topic: index for index, topic in enumerate(previous.ids.tolist())}
    for row, topic in (moved or {}).items():
        first_topics[row] = index_of[topic]
        entries = slice(corpus.indptr[row], corpus.indptr[row + 1])
        seed_counts[index_of[topic], corpus.indices[entries]] += WEIGHT_OF_MOVED * corpus.data[entries]
    return PreviousStart(previous, term_ids, n_known + n_new, seed_counts, first_topics, seeded)


def _term_ids(previous: PreviousTopics, corpus: Corpus) -> np.ndarray:
    ids = {term: number for number, term in enumerate(corpus.vocabulary.terms)}
    return np.array([ids.get(term, -1) for term in previous.stored.vocabulary.terms], dtype=np.int64)


def _in_corpus(counts: np.ndarray, term_ids: np.ndarray, n_terms: int) -> np.ndarray:
    known = term_ids >= 0
    found = np.zeros((len(counts), n_terms))
    found[:, term_ids[known]] = counts[:, known]
    return found


def _first_topics(explained: Explained, doc_lengths: np.ndarray, n_topics: tuple[int, int], seed: int) -> np.ndarray:
    """Return the most likely topic of each document; one of the new ones for those that all explain worst."""
    n_known, n_new = n_topics
    topics = explained.topics.copy()
    known = np.flatnonzero(doc_lengths)
    order = known[np.argsort(explained.gains[known], kind="stable")]
    worst = order[: round(len(known) * n_new / (n_known + n_new))]
    topics[worst] = n_known + np.random.default_rng(seed).integers(max(n_new, 1), size=len(worst))
    return topics
