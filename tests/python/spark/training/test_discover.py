"""Discover topics on Spark learns what it learns on one machine, in one process, with documents in several parts."""

import json
import random
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.python.recipes.test_topics import THEMES
from tests.python.spark.training.conftest import reading, spark_context, topics, topics_on_spark
from tests.python.spark.training.test_topics_recipe import moved
from tests.python.unit.topics.previous.previous_models import previous_topics, split_of
from text_explorer.dss.forms.topics_spark import read_topics_spark_settings
from text_explorer.errors import SettingsError
from text_explorer.topics.models.gsdmm import GsdmmModel
from text_explorer.topics.models.parts import part

ARMY, MONEY, SCHOOL = (theme.split() for theme in THEMES)
SEA = ["harbor", "sailor", "vessel", "whale", "anchor", "voyage"]
_DRAW = random.Random(5)
CONFIG = {"text_column": "text", "language": "en", "n_topics": 5, "n_iterations": 12, "ignore_boilerplate": False}


class Rows:
    """A dataset in memory, as a recipe reads it."""

    name = "documents"

    def __init__(self, rows, arrays=()):
        self._frame = pd.DataFrame(rows, dtype=object)
        self.columns = list(self._frame)
        self.schema = [{"name": name, "type": "array" if name in arrays else "string"} for name in self.columns]

    def chunks(self, columns=None):
        for first in range(0, len(self._frame), 50):
            yield self._frame[columns or self.columns].iloc[first : first + 50]

    def texts(self, column):
        return iter(self._frame[column])

    def on_spark(self, session):
        arrays = [column["type"] == "array" for column in self.schema]
        types = ", ".join(
            f"`{name}` {'array<double>' if array else 'string'}" for name, array in zip(self.columns, arrays)
        )
        rows = [
            tuple(json.loads(cell, parse_int=float) if array and cell else cell for cell, array in zip(row, arrays))
            for row in self._frame.itertuples(index=False)
        ]
        return session.createDataFrame(_DRAW.sample(rows, len(rows)), types)


@pytest.fixture(scope="module")
def spark():
    with spark_context("local[2]") as started:
        yield started


@pytest.fixture
def learnt(spark, monkeypatch):
    """Return a function that learns topics on one machine and on Spark, compares them, and returns both."""
    monkeypatch.setattr(part, "WORDS_PER_PART", 400)

    def on_both(rows, previous=None, arrays=(), **config):
        documents = Rows(rows, arrays)
        settings, on_spark = read_topics_spark_settings({**CONFIG, **config}, documents.columns)
        expected = topics.discover_topics(documents, ["coin"], (), settings, previous)
        monkeypatch.setattr(reading, "read_frame", lambda *_: documents.on_spark(spark.session).repartition(5))
        found, execution, _ = topics_on_spark.discover_topics_on_spark(
            documents, ["coin"], (), settings, on_spark, previous
        )
        assert (execution["parts"] == 1) == ("embedding_column" in config)
        assert_same(found, expected)
        return found, expected

    return on_both


def assert_same(found, expected):
    assert found.read.statistics == expected.read.statistics
    assert found.read.corpus.vocabulary.phrases == expected.read.corpus.vocabulary.phrases
    assert found.read.corpus.vocabulary.terms == expected.read.corpus.vocabulary.terms
    arrays = expected.trained.model.arrays()
    assert {
        name for name, array in found.trained.model.arrays().items() if array.tobytes() != arrays[name].tobytes()
    } == set()
    assert found.description.labels == expected.description.labels
    if found.description.doc_topic_distr is not None:  # else workers hold the documents
        assert found.read.text_keys.tobytes() == expected.read.text_keys.tobytes()
        assert found.description.doc_topic_distr.tobytes() == expected.description.doc_topic_distr.tobytes()
    assert found.meaning == expected.meaning


def texts_of(*themes, n=150, n_words=9):
    return [" ".join(_DRAW.choices(themes[i % len(themes)], k=n_words)) for i in range(n)]


def test_phrases_whatever_their_words_are_beside_them(learnt):
    """A stop word begins one, another has three words; equal texts have other languages."""
    told = ["New York Stock Exchange", "federal reserve bank", "the law of New York", "reserve bank, New Zealand"]
    texts = [f"{text} {told[i % 4]}" for i, text in enumerate(texts_of(ARMY, MONEY, SCHOOL))]
    texts = [*texts, *texts[:40], None, "the of"]
    codes = _DRAW.choices(["en", "EN", ""], k=len(texts))
    rows = [{"text": text, "code": code} for text, code in zip(texts, codes)]
    rows += [{"text": "war die gold", "code": code} for code in ("", "de")]
    found, expected = learnt(
        rows, engine="lda_gibbs", phrases="trigrams", phrase_min_count=10, min_documents=35, language_column="code"
    )
    terms = set(found.read.corpus.vocabulary.terms)
    assert {"new york", "federal reserve bank"} <= terms
    assert not {"coin", "new", "federal reserve"} & terms
    of_equal = expected.read.rows_of(["war die gold"] * 2, pd.DataFrame({"code": ["", "de"]}))
    assert len(set(of_equal.tolist())) == 2


@pytest.mark.parametrize("engine", ["gsdmm", "lda_gibbs"])
def test_a_previous_model_decides_the_starts(learnt, engine):
    """Its edits, a split and moved documents among them; equal texts are among those that start in new topics."""
    texts = [*texts_of(ARMY, MONEY, SCHOOL), *["whale harbor sailor anchor voyage vessel"] * 20, *texts_of(SEA, n=20)]
    rows = [{"text": text, "id": f"d{i}"} for i, text in enumerate(texts)]
    words = [*ARMY, *MONEY, *SCHOOL]
    counts = [[40 * (term // 8 == topic) for term in range(24)] for topic in range(3)]
    edits = (
        {"topic_id": 0, "split": split_of(ARMY[:2], (3, [0.8, 0.2], 0.5), (4, [0.2, 0.8], 0.5))},
        {"topic_id": 1, "label": "Kept", "documents": [moved(rows[0]), moved(rows[2])]},
    )
    previous = previous_topics(counts, *edits, terms=words)
    stored = replace(previous.stored, model=previous.stored.model if engine == "lda_gibbs" else as_gsdmm(previous))
    found, _ = learnt(
        rows, replace(previous, stored=stored), engine="auto", n_topics=5, id_column="id", previous_weight=0.2
    )
    assert found.trained.model.engine == engine
    assert len(found.moved.rows) == 2
    assert "Kept" in found.description.labels
    whales = found.read.rows_of([texts[150]], pd.DataFrame({"text": [texts[150]]}))[0]
    assert len(set(found.start.first_topics[whales : whales + 20].tolist())) > 1


def as_gsdmm(previous):
    counts = previous.stored.model.topic_term_counts.astype(np.int32)
    return GsdmmModel(np.full(3, 10), counts, 0.1, 0.1, 4, np.arange(3))


def test_a_previous_model_of_gensim_is_refused(spark):
    previous = previous_topics([[1, 2, 3]])
    of_gensim = replace(previous.stored, model=type("Model", (), {"engine": "lda_gensim"})())
    settings, on_spark = read_topics_spark_settings(CONFIG, ["text"])
    with pytest.raises(SettingsError, match="which does not run on Spark"):
        topics_on_spark.discover_topics_on_spark(
            Rows([{"text": "a"}]), [], (), settings, on_spark, replace(previous, stored=of_gensim)
        )


def test_embeddings_join_texts_that_share_no_word(learnt):
    """Some rows have no embedding, one of another length, or the text of another row with an embedding of its own."""
    generator = np.random.default_rng(3)
    texts = texts_of(ARMY[:4], MONEY[:4], ARMY[4:], MONEY[4:], n=200, n_words=7)
    directions = np.eye(12)[np.arange(200) % 2] + 0.1 * generator.normal(size=(200, 12))
    rows = [{"text": text, "vector": json.dumps(vector.tolist())} for text, vector in zip(texts, directions)]
    rows += [
        {"text": texts[0], "vector": rows[1]["vector"]}, {"text": texts[0], "vector": rows[0]["vector"]},
        {"text": "the of and", "vector": rows[2]["vector"]}, {"text": None, "vector": rows[3]["vector"]},
        {"text": texts[4], "vector": None}, {"text": texts[5], "vector": "0.5"}, {"text": texts[6], "vector": "[1, 2]"},
    ]  # fmt: skip
    found, _ = learnt(rows, engine="gsdmm", n_topics=4, embedding_column="vector")
    assert found.read.corpus.vectors.given.sum() == 203
    assert found.trained.model.meaning is not None


def test_embeddings_may_be_arrays_of_dss(learnt):
    generator = np.random.default_rng(4)
    directions = np.eye(6)[np.arange(120) % 2] + 0.1 * generator.normal(size=(120, 6))
    texts = texts_of(ARMY, MONEY, n=120)
    rows = [{"text": text, "vector": json.dumps(vector.tolist())} for text, vector in zip(texts, directions)]
    rows += [{"text": texts[0], "vector": "[1, 2, 3, 4, 5, 6]"}, {"text": texts[0], "vector": None}]
    found, _ = learnt(rows, arrays=["vector"], engine="gsdmm", embedding_column="vector")
    assert found.read.corpus.vectors.given.sum() == 121
    as_json = pd.DataFrame({"vector": ["[1.0,2,3.0, 4,5,6]", rows[0]["vector"]]})
    assert len(set(found.read.rows_of([texts[0]] * 2, as_json).tolist())) == 2
