import json
import random

import numpy as np
import pytest

from tests.python.unit.topics.small_corpora import corpus_of
from text_explorer.columns import names_of
from text_explorer.topics import columns
from text_explorer.topics.describing import description as description_module
from text_explorer.topics.describing.description import describe_topics, topics_table
from text_explorer.topics.describing.representative_documents import RepresentativeDocuments
from text_explorer.topics.models.engines import ENGINES
from text_explorer.topics.models.training import EngineSettings, infer_batches, train
from text_explorer.topics.quality.coherence import topic_coherence


@pytest.fixture(scope="module", params=sorted(ENGINES))
def trained(request, themed_corpus):
    return train(themed_corpus, EngineSettings(engine=request.param, n_topics=3, seed=1))


@pytest.fixture(scope="module")
def description(trained):
    return describe_topics(trained)


@pytest.fixture(scope="module")
def table(description, trained):
    examples = RepresentativeDocuments(3)
    for part, shares in infer_batches(trained.model, trained.corpus):
        examples.add(range(part.n_docs), [f"text {row}" for row in range(part.n_docs)], shares, np.ones(part.n_docs))
    return topics_table(description, examples)


def test_the_table_has_the_columns_that_are_promised(table):
    assert list(table.columns) == names_of(columns.TOPICS)


@pytest.mark.parametrize("n_held", [1, 10_000])
def test_the_proportions_of_all_documents_are_kept_as_inferred(trained, monkeypatch, n_held):
    monkeypatch.setattr(description_module, "SHARES_HELD", n_held)
    kept = describe_topics(trained).doc_topic_distr
    assert isinstance(kept, np.memmap) == (n_held == 1)
    np.testing.assert_array_equal(kept, trained.model.transform(trained.corpus))


def test_documents_and_words_are_shared_among_the_topics(table):
    assert table[columns.N_DOCUMENTS].tolist() == [20, 20, 20]
    assert table[columns.DOCUMENT_SHARE].sum() == pytest.approx(1)
    assert table[columns.TOKEN_SHARE].sum() == pytest.approx(1)
    assert table[columns.EFFECTIVE_DOCUMENTS].between(15, 60).all()


def test_terms_of_plain_themes_belong_together():
    draw = random.Random(3)
    themes = [[f"{theme}{number:02}" for number in range(12)] for theme in ("war", "gold", "school")]
    corpus = corpus_of(" ".join(draw.choices(themes[text % 3], k=12)) for text in range(120))
    coherence = describe_topics(train(corpus, EngineSettings(engine="gsdmm", n_topics=3))).coherence
    assert (coherence.npmi > 0.2).all()
    assert (coherence.cv > 0.5).all()


def test_the_quality_of_the_model_is_the_mean_of_its_topics(table, description):
    assert description.quality()["coherence_npmi"] == pytest.approx(table[columns.COHERENCE_NPMI].mean())
    assert description.quality()["n_topics_with_remarks"] == sum(map(bool, description.topic_warnings))


def test_few_topics_have_no_super_topic(table):
    assert table[columns.PARENT].isna().all()
    assert table[columns.PARENT_LABEL].isna().all()


def test_topics_as_unlike_as_can_be_lie_far_apart_on_the_map(table, description):
    places = table[[columns.MAP_X, columns.MAP_Y]].to_numpy()
    distances = np.linalg.norm(places[:, None] - places, axis=2)
    assert distances[~np.eye(3, dtype=bool)].min() > 0.8
    assert description.topic_map.stress < 0.05


def test_labels_may_be_given_other_names(trained):
    renamed = describe_topics(trained, rename=lambda labels: ["mine", *labels[1:]])
    assert renamed.labels[0] == "mine"
    assert renamed.labels[1:] == describe_topics(trained).labels[1:]


def test_a_missing_coherence_is_in_the_remarks_and_not_in_the_mean():
    trained = train(corpus_of(["gold", "gold gold", "gold"]), EngineSettings(engine="gsdmm", n_topics=1))
    description = describe_topics(trained)
    assert description.quality()["coherence_npmi"] is None
    assert "The topic has a single term; coherence needs at least two." in description.remarks[0]
    assert json.dumps(description.quality(), allow_nan=False)


def test_topics_without_documents_have_no_terms_in_their_labels():
    trained = train(corpus_of(["gold silver coin"] * 5 + ["army navy fleet"] * 5), EngineSettings("lda_gibbs", 8))
    description = describe_topics(trained)
    empty = [f"Topic {topic} (no documents)" for topic in np.flatnonzero(description.tally.n_documents == 0)]
    assert empty
    assert description.labels[-len(empty) :] == empty
    assert len(set(description.labels)) == 8
    assert all("It is the main topic of no document." in remarks for remarks in description.remarks[-len(empty) :])
    assert describe_topics(trained, rename=lambda labels: ["mine"] * len(labels)).labels == ["mine"] * 8


def test_coherence_and_diversity_are_measured_on_the_top_terms_that_are_shown(description, table):
    term_ids = {term: place for place, term in enumerate(description.corpus.vocabulary.terms)}
    shown = np.array([[term_ids[term] for term in json.loads(terms)] for terms in table[columns.TOP_TERMS]])
    measured = topic_coherence(description.corpus, shown)
    assert table[columns.COHERENCE_NPMI].tolist() == measured.npmi.tolist()
    assert table[columns.COHERENCE_CV].tolist() == measured.cv.tolist()
    assert description.quality()["diversity"] == len(np.unique(shown)) / shown.size
