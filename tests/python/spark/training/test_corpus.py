"""Reading texts on Spark: the corpus and the parts of one machine, however the rows lie."""

import pickle
import random
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from tests.python.recipes.test_topics import THEMES
from tests.python.spark.training.conftest import reading
from text_explorer.cells import text_key
from text_explorer.corpus.boilerplate import find_repeated_lines
from text_explorer.corpus.document_term_matrix import Corpus, build_corpus
from text_explorer.corpus.language.document_languages import TextLanguages
from text_explorer.dss.batches.topics import DocumentSums
from text_explorer.dss.forms.topics import read_topics_settings
from text_explorer.dss.spark.preflight import check_workers
from text_explorer.errors import DataError
from text_explorer.topics.models.parts.part import split
from text_explorer.topics.quality.coherence import CountWindows

FOOTER = "Please do not forward this message without permission of the sender, it is confidential."
_DRAW = random.Random(4)
TEXTS = [" ".join(_DRAW.choices(THEMES[i % 3].split(), k=12)) for i in range(150)]
TEXTS = [f"{text}.\n{FOOTER}" if i % 3 == 0 else text for i, text in enumerate(TEXTS)]
TEXTS = [*TEXTS, *TEXTS[:70], "", None, "  ", "Ünïcödé \U0001f600 gold, bank: 2,000", "null"]
SETTINGS = read_topics_settings({"text_column": "text", "language": "en"}, ["text"])
N_PARTS = 4


@pytest.fixture(scope="module")
def shipment(on_two_workers):
    return check_workers(on_two_workers).shipment


@pytest.fixture
def read(on_two_workers, shipment, monkeypatch):
    """Return a function that reads texts in a number of partitions."""

    def read_texts(texts, n_partitions, held=False):
        frame = on_two_workers.session.createDataFrame([(text,) for text in texts], "text string")
        monkeypatch.setattr(reading, "read_frame", lambda *_: frame.repartition(n_partitions))
        documents = SimpleNamespace(name="documents", schema=[], columns=["text"])
        return reading.read_corpus_on_spark(on_two_workers, shipment, documents, ["coin"], SETTINGS, held=held)

    return read_texts


@pytest.fixture(scope="module")
def expected():
    """Read the texts on this machine."""
    lines = find_repeated_lines(TEXTS, SETTINGS.preparation).lines
    assert len(lines) == 1
    preparation = replace(SETTINGS.preparation, repeated_lines=lines, extra_stop_words=("coin",))
    languages = TextLanguages("en", detect=False, placeholders_as_empty=SETTINGS.placeholders_as_empty)
    documents = [languages.with_language(languages.text_of(text)) for text in TEXTS]
    corpus, statistics = build_corpus(documents, preparation)
    keys = np.array([text_key(document.text) for document in documents])
    order = np.argsort(keys, kind="stable")
    return SimpleNamespace(
        corpus=corpus.take(order), text_keys=keys[order], preparation=preparation, statistics=statistics,
        languages=languages.as_dict(), parts=split(corpus, N_PARTS),
    )  # fmt: skip


def held_by_workers(read_on_spark):
    """Return the documents of all workers, sorted by the hashes of their texts, and these hashes."""
    bags = [pickle.loads(content) for content in read_on_spark.documents.bags.collect()]
    keys, sizes, indices, data, word_order = (
        np.concatenate([getattr(part, name) for part in bags])
        for name in ("keys", "sizes", "indices", "data", "word_order")
    )
    indptr = np.concatenate(([0], np.cumsum(sizes)))
    order = np.argsort(keys, kind="stable")
    vocabulary = read_on_spark.read.corpus.vocabulary
    return Corpus(indptr, indices, data, vocabulary, word_order).take(order), keys[order]


def assert_same_counts(read_on_spark, corpus):
    """Compare what workers count of their documents with what is counted of a corpus."""
    assert read_on_spark.sums.equals(DocumentSums.of(corpus))
    assert not read_on_spark.sums.equals(DocumentSums.of(corpus.part(1, corpus.n_docs)))
    count = CountWindows(np.arange(9).reshape(3, 3), corpus.n_terms)
    found, expected = read_on_spark.documents.count(count, n_at_once=50), count(corpus)
    for size in ("near", "wide"):
        for name in ("n_windows", "alone", "together"):
            of_workers, of_one = (getattr(getattr(counts, size), name) for counts in (found, expected))
            np.testing.assert_array_equal(of_workers, of_one)


@pytest.mark.parametrize("n_partitions", [1, 3, 20])
def test_shuffled_rows_in_any_partitions_give_the_corpus_and_parts_of_one_machine(read, expected, n_partitions):
    held = n_partitions > 1
    read_on_spark = read(random.Random(n_partitions).sample(TEXTS, len(TEXTS)), n_partitions, held=held)
    found = read_on_spark.read
    assert (found.statistics, found.preparation) == (expected.statistics, expected.preparation)
    assert found.languages.as_dict() == expected.languages
    vocabulary = found.corpus.vocabulary
    assert vocabulary.terms == expected.corpus.vocabulary.terms
    assert "coin" not in vocabulary.terms
    for name in ("document_counts", "term_counts"):
        np.testing.assert_array_equal(getattr(vocabulary, name), getattr(expected.corpus.vocabulary, name))
    for name in ("n_docs", "n_words", "n_known"):
        assert getattr(found.corpus, name) == getattr(expected.corpus, name)
    corpus, text_keys = held_by_workers(read_on_spark)
    for name in ("indptr", "indices", "data", "word_order"):
        np.testing.assert_array_equal(getattr(corpus, name), getattr(expected.corpus, name))
    np.testing.assert_array_equal(text_keys, expected.text_keys)
    assert_same_counts(read_on_spark, expected.corpus)
    parts = [pickle.loads(content) for _, content in sorted(read_on_spark.parts(N_PARTS).collect())]
    assert [part.number for part in parts] == [part.number for part in expected.parts]
    for part, expected_part in zip(parts, expected.parts):
        for name in ("doc_lengths", "indptr", "indices", "data"):
            np.testing.assert_array_equal(getattr(part, name), getattr(expected_part, name))
    first_topics = np.random.default_rng(0).integers(5, size=len(TEXTS))  # equal texts start in different topics
    if held:
        assert_same_starts(read_on_spark, expected, first_topics)
    else:
        with pytest.raises(TypeError, match="on other machines"):
            read_on_spark.parts(N_PARTS, first_topics)
    read_on_spark.close()


def assert_same_starts(read_on_spark, expected, first_topics):
    np.testing.assert_array_equal(read_on_spark.read.text_keys, expected.text_keys)
    np.testing.assert_array_equal(read_on_spark.read.corpus.word_order, expected.corpus.word_order)
    parts = [pickle.loads(content) for _, content in sorted(read_on_spark.parts(N_PARTS, first_topics).collect())]
    for part, expected_part in zip(parts, split(expected.corpus, N_PARTS, first_topics)):
        np.testing.assert_array_equal(part.first_topics, expected_part.first_topics)
        np.testing.assert_array_equal(part.indices, expected_part.indices)


def test_a_dataset_without_rows_is_named(read):
    with pytest.raises(DataError, match="The dataset documents has no rows"):
        read([], 1)


def test_texts_without_words_are_explained(read):
    with pytest.raises(DataError, match="all 3 texts in the column 'text' are empty"):
        read([None, "", " "], 2)
