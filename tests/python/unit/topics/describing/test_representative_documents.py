import json

import numpy as np
import pytest

from tests.python.unit.topics.small_corpora import corpus_of_counts
from text_explorer.topics.describing.representative_documents import (
    EXCERPT_CHARACTERS,
    N_BORDERLINE,
    N_REPRESENTATIVE,
    RepresentativeDocuments,
    Suitability,
    excerpt,
)


def gathered(texts, shares, suitable=None, chunk=10**6):
    shares = np.array(shares, dtype=float)
    suitable = np.ones(len(texts)) if suitable is None else np.array(suitable, dtype=float)
    examples = RepresentativeDocuments(shares.shape[1])
    for first in range(0, len(texts), chunk):
        rows = range(first, min(first + chunk, len(texts)))
        keys = [f"k{row}" for row in rows]
        examples.add(keys, texts[rows.start : rows.stop], shares[rows], suitable[rows])
    return examples


def keys(documents):
    return [document["row_key"] for document in documents]


def two_topics(*first_shares):
    return [[share, 1 - share] for share in first_shares]


def test_the_documents_of_the_largest_share_represent_a_topic_each_text_once():
    texts = ["x", "y", "y", "z", None, "w"]
    examples = gathered(texts, two_topics(0.6, 0.9, 0.9, 0.3, 0.9, 0.9))
    assert keys(examples.representative(0)) == ["k1", "k5", "k0"]
    assert json.loads(examples.representative_json(1)) == [{"row_key": "k3", "excerpt": "z", "probability": 0.7}]


def test_a_document_that_suits_better_comes_before_one_of_a_larger_share():
    examples = gathered(["long", "typical"], two_topics(1.0, 0.8), [0.2, 1.0])
    assert [(found["row_key"], found["probability"]) for found in examples.representative(0)] == [
        ("k1", 0.8),
        ("k0", 1.0),
    ]


def test_no_more_documents_are_taken_than_fit():
    examples = gathered([f"text {i}" for i in range(20)], two_topics(*np.linspace(0.6, 0.99, 20)))
    assert keys(examples.representative(0)) == [f"k{19 - place}" for place in range(N_REPRESENTATIVE)]


def test_texts_with_equal_excerpts_are_one_example_the_better_one():
    same = "word " * 200
    examples = gathered([same, "other", same + "end"], two_topics(0.7, 0.8, 0.9))
    assert keys(examples.representative(0)) == ["k2", "k1"]


def test_a_borderline_document_is_listed_with_its_best_topic_and_names_the_other():
    shares = [[0.50, 0.05, 0.45], [0.40, 0.20, 0.40], [0.60, 0.0, 0.40], [0.05, 0.48, 0.47]]
    examples = gathered(["a", "b", "c", "d"], shares)
    assert examples.borderline(0) == [
        {"row_key": "k0", "excerpt": "a", "probability": 0.5, "other_topic_id": 2, "other_probability": 0.45},
        {"row_key": "k1", "excerpt": "b", "probability": 0.4, "other_topic_id": 2, "other_probability": 0.4},
    ]
    assert json.loads(examples.borderline_json(1))[0]["other_topic_id"] == 2
    assert examples.borderline(2) == []


def test_of_many_borderline_documents_those_of_the_largest_second_share_are_taken():
    examples = gathered([f"text {i}" for i in range(9)], two_topics(*np.linspace(0.5, 0.55, 9)))
    assert keys(examples.borderline(0)) == ["k0", "k1", "k2"][:N_BORDERLINE]


def test_with_one_topic_nothing_is_borderline():
    examples = gathered(["a", "b"], [[1.0], [1.0]])
    assert (keys(examples.representative(0)), examples.borderline(0)) == (["k0", "k1"], [])


def test_documents_without_a_topic_are_no_examples():
    examples = gathered(["a", "b"], [[np.nan, np.nan], [0.5, 0.5]])
    assert [keys(examples.representative(topic)) for topic in (0, 1)] == [["k1"], []]
    assert gathered([], np.zeros((0, 2))).representative(0) == []


@pytest.mark.parametrize("chunk", [1, 7, 64, 500])
def test_chunks_do_not_show(chunk):
    generator = np.random.default_rng(0)
    shares = generator.dirichlet(np.ones(3), 40)[generator.integers(40, size=500)]  # many ties
    shares[::11] = np.nan
    suitable = generator.choice([0.5, 1.0], 500)
    texts = [f"text {number}" for number in generator.integers(60, size=500)]
    found, expected = gathered(texts, shares, suitable, chunk), gathered(texts, shares, suitable)
    for topic in range(3):
        assert len(expected.representative(topic)) == N_REPRESENTATIVE
        assert found.representative_json(topic) == expected.representative_json(topic)
        assert found.borderline_json(topic) == expected.borderline_json(topic)


def test_of_a_text_that_comes_a_thousand_times_one_excerpt_is_made(monkeypatch):
    from text_explorer.topics.describing import representative_documents

    made = []
    monkeypatch.setattr(representative_documents, "excerpt", lambda text: made.append(text) or text)
    gathered(["same"] * 1000 + ["other"], two_topics(*[0.6] * 1000, 0.9))
    assert sorted(made) == ["other", "same"]


def test_documents_of_the_median_length_suit_best_and_as_far_below_as_above():
    corpus = corpus_of_counts([[4, 0], [8, 0], [16, 0], [0, 8], [0, 8], [0, 0]])
    shares = np.array([[1.0, 0.0]] * 3 + [[0.0, 1.0]] * 2 + [[np.nan] * 2])
    suitable = Suitability(corpus, np.array([[0.9, 0.1], [0.1, 0.9]])).of(corpus, shares)
    assert suitable[0] == pytest.approx(suitable[2])
    assert suitable[0] / suitable[1] == pytest.approx(np.exp(-(np.log(2) ** 2)))
    assert suitable[5] == 0


def test_documents_in_words_of_their_topic_suit_better_than_those_in_words_of_all():
    corpus = corpus_of_counts([[4, 0, 4], [0, 0, 8], [8, 0, 0], [0, 8, 0]])
    distr = np.array([[0.7, 0.05, 0.25], [0.05, 0.7, 0.25]])
    suitable = Suitability(corpus, distr).of(corpus, np.array([[0.9, 0.1]] * 3 + [[0.1, 0.9]]))
    lifts = distr[0] / (corpus.vocabulary.term_counts / 32)
    assert suitable[:3] == pytest.approx(np.sqrt([np.sqrt(lifts[0] * lifts[2]), lifts[2], lifts[0]]))


def test_a_corpus_without_words_has_no_suitable_document():
    empty = corpus_of_counts(np.zeros((2, 0), dtype=int))
    assert Suitability(empty, np.zeros((3, 0))).of(empty, np.full((2, 3), np.nan)).tolist() == [0, 0]


def test_an_excerpt_is_one_line_cut_at_a_space():
    assert excerpt("two\n lines") == "two lines"
    long = excerpt("word " * 200)
    assert len(long) <= EXCERPT_CHARACTERS
    assert long.endswith("word…")
