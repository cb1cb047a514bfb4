"""Choose the vocabulary of texts that Spark's workers hold: they count, the driver chooses as for one machine."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from pyspark import RDD, Broadcast

from text_explorer.concurrency.sending import unpack
from text_explorer.corpus.document_term_matrix import CorpusSize, choose_vocabulary
from text_explorer.corpus.phrases import PairCounts, PhraseMerge, choose_phrases
from text_explorer.corpus.statistics import CorpusStatistics
from text_explorer.corpus.terms import TermsOfWords, choose_terms
from text_explorer.corpus.vocabulary import Vocabulary, automatic_min_documents
from text_explorer.corpus.words.preparation import NO_PHRASES, Preparation
from text_explorer.dss.spark.corpus import tasks
from text_explorer.dss.spark.session import Spark
from text_explorer.dss.spark.shipping import Shipment


class ChosenVocabulary(NamedTuple):
    """A vocabulary, and how workers number its terms; see `tasks.make_bags`."""

    vocabulary: Vocabulary
    statistics: CorpusStatistics
    numbers: Broadcast[tasks.WordNumbers]
    merges: tuple[PhraseMerge, ...]
    final: np.ndarray


class _Words(NamedTuple):
    surfaces: list[str]
    languages: list[str]
    counts: np.ndarray


class VocabularyOnSpark:
    """Counts words, phrases and terms in the blocks of `tasks.read_blocks`."""

    def __init__(self, spark: Spark, shipment: Shipment, blocks: RDD[bytes], preparation: Preparation) -> None:
        self._spark, self._shipment, self._blocks, self._preparation = spark, shipment, blocks, preparation

    def choose(self, size: CorpusSize) -> ChosenVocabulary:
        """Choose the vocabulary.

        Terms that are too rare to be kept or to be in a phrase, which are most, get no number: documents are not
        counted of them, since they are too few in any number of documents.
        """
        words, preparation = self._distinct_words(), self._preparation
        found = choose_terms(words.surfaces, words.languages, words.counts, preparation)
        is_term = found.word_terms >= 0
        occurrences = np.bincount(
            found.word_terms[is_term], weights=words.counts[is_term], minlength=len(found.names)
        ).astype(np.int64)
        least = preparation.min_documents or automatic_min_documents(size.n_docs)
        if preparation.phrases != NO_PHRASES:
            least = min(least, preparation.phrase_min_count)
        numbered = np.flatnonzero(occurrences >= least)
        numbers = self._spark.context.broadcast(_numbers(words, found, numbered))
        counter = _Counter(self._spark, self._shipment, self._blocks, numbers, len(numbered))
        passes, merges = choose_phrases(
            counter, [found.names[term] for term in numbered.tolist()], found.only_in_phrases[numbered], preparation
        )
        phrases = merges[-1].names[len(numbered) :] if merges else ()
        occurrences[found.only_in_phrases] = 0
        occurrences = np.append(occurrences, np.zeros(len(phrases), dtype=np.int64))
        numbered = np.append(numbered, np.arange(len(found.names), len(occurrences)))
        term_counts = np.vstack((occurrences, occurrences))
        term_counts[:, numbered] = counter.count_documents(merges)
        term_counts[:, : len(found.names)][:, found.only_in_phrases] = 0
        kept, vocabulary, statistics = choose_vocabulary(
            found, words.counts, [*found.names, *phrases], term_counts, passes, size, preparation
        )
        return ChosenVocabulary(vocabulary, statistics, numbers, _without_names(merges), _index_in(kept, numbered))

    def _distinct_words(self) -> _Words:
        pairs = self._blocks.mapPartitions(self._shipment.task(tasks.count_distinct_words)).reduceByKey(operator.add)
        entries = sorted(pairs.collect())
        counts = np.fromiter((count for _, count in entries), dtype=np.int64, count=len(entries))
        return _Words([word for (word, _), _ in entries], [language for (_, language), _ in entries], counts)


class _Counter:
    """Counts the terms that have a number; see `phrases.PhraseCounter`."""

    def __init__(
        self, spark: Spark, shipment: Shipment, blocks: RDD[bytes], numbers: Broadcast[tasks.WordNumbers], n_terms: int
    ) -> None:
        self._spark, self._shipment, self._blocks, self._numbers = spark, shipment, blocks, numbers
        self._n_terms = n_terms

    def count_documents(self, merges: Sequence[PhraseMerge]) -> np.ndarray:
        """Count the documents and occurrences of each term: int64 array of shape (2, n_terms)."""
        n_terms = len(merges[-1].starts_pair) if merges else self._n_terms
        count = self._shipment.task(tasks.count_documents, _without_names(merges), n_terms, broadcasts=[self._numbers])
        counts: np.ndarray = unpack(self._blocks.mapPartitions(count).treeReduce(self._shipment.task(tasks.add_arrays)))
        return counts

    def count_terms(self, merges: Sequence[PhraseMerge]) -> np.ndarray:
        """See `PhraseCounter`."""
        occurrences: np.ndarray = self.count_documents(merges)[1]
        return occurrences

    def count_pairs(self, merges: Sequence[PhraseMerge], frequent: np.ndarray, least: int) -> tuple[PairCounts, int]:
        """See `PhraseCounter`; pairs are added up in as many parts as tasks run at a time."""
        n_partitions = self._spark.default_partitions
        count = self._shipment.task(
            tasks.count_pairs, _without_names(merges), frequent, n_partitions, broadcasts=[self._numbers]
        )
        sums = self._blocks.mapPartitions(count).reduceByKey(self._shipment.task(tasks.add_pairs), n_partitions, int)
        found = [
            unpack(packed)
            for packed in sums.mapValues(self._shipment.task(tasks.frequent_pairs, least)).values().collect()
        ]
        return PairCounts.sum_of(pairs for pairs, _ in found), sum(n_pairs for _, n_pairs in found)


def _without_names(merges: Sequence[PhraseMerge]) -> tuple[PhraseMerge, ...]:
    return tuple(PhraseMerge(merge.codes, merge.merged, merge.starts_pair) for merge in merges)


def _index_in(kept: np.ndarray, numbered: np.ndarray) -> np.ndarray:
    """Return the index in `kept` of each numbered term, -1 for none, and last of no term: int32 array."""
    index = np.full(int(numbered.max(initial=-1)) + 1, -1, dtype=np.int32)
    index[kept] = np.arange(len(kept))
    return np.append(index[numbered], np.int32(-1))


def _numbers(words: _Words, found: TermsOfWords, terms: np.ndarray) -> tasks.WordNumbers:
    """Return the index in `terms` of each word that leads to one of them."""
    numbers = np.full(len(found.names) + 1, -1, dtype=np.int64)  # one more, so that the term -1 stays -1
    numbers[terms] = np.arange(len(terms))
    of_words = numbers[found.word_terms]
    by_language: dict[str, dict[str, int]] = {}
    for word in np.flatnonzero(of_words >= 0).tolist():
        by_language.setdefault(words.languages[word], {})[words.surfaces[word]] = int(of_words[word])
    return by_language
