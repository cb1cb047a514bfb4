import numpy as np
import pytest
from scipy import sparse

from text_explorer.summaries.ranking import lexrank as lexrank_ranking
from text_explorer.summaries.ranking.lexrank import lexrank


def walk_over(cosines, damping=0.85, jumps=None):
    """Walk step by step, as the papers write it."""
    n_sentences = len(cosines)
    jumps = np.full(n_sentences, 1.0 / n_sentences) if jumps is None else jumps
    scores = np.full(n_sentences, 1.0 / n_sentences)
    for _ in range(500):
        following = (1 - damping) * jumps
        for origin in range(n_sentences):
            degree = sum(cosines[origin][other] for other in range(n_sentences) if other != origin)
            for target in range(n_sentences):
                onward = 0.0 if target == origin else cosines[origin][target]
                share = onward / degree if degree > 1e-9 else jumps[target]
                following[target] += damping * share * scores[origin]
        scores = following
    return scores


def test_lexrank_is_the_settled_walk(make_document, made_up_text):
    document = make_document(made_up_text(25) + " The of was.")
    expected = walk_over(document.vectors @ document.vectors.T)
    np.testing.assert_allclose(lexrank(document.vectors), expected, atol=1e-12)


def test_lexrank_steps_and_solution_agree(make_document, made_up_text, monkeypatch):
    vectors = make_document(made_up_text(60)).vectors
    solved = lexrank(vectors)
    monkeypatch.setattr(lexrank_ranking, "SOLVED_SENTENCES", 0)
    np.testing.assert_allclose(lexrank(vectors), solved, atol=1e-9)
    np.testing.assert_allclose(lexrank(sparse.csr_matrix(vectors)), solved, atol=1e-9)


def test_lexrank_scores_sum_to_one(make_document, made_up_text):
    for n_sentences in (1, 2, 40, 400):
        assert lexrank(make_document(made_up_text(n_sentences)).vectors).sum() == pytest.approx(1.0)


def test_lexrank_prefers_the_sentence_that_shares_words_with_most(make_document, phone_review):
    scores = lexrank(make_document(phone_review).vectors)
    assert scores.argmax() == 2
    assert scores.argmin() == 4


def test_lexrank_without_content_words_scores_all_sentences_equally(make_document):
    scores = lexrank(make_document("The of. It was. And the.").vectors)
    np.testing.assert_allclose(scores, 1 / 3)


def test_biased_lexrank_jumps_to_sentences_by_their_cosine_with_the_query(make_document, made_up_text, monkeypatch):
    vectors = make_document(made_up_text(25) + " The of was.").vectors
    query_cosines = np.zeros(26)
    query_cosines[[3, 7, 25]] = 0.2, 0.6, 0.4
    expected = walk_over(vectors @ vectors.T, damping=0.5, jumps=query_cosines / 1.2)
    np.testing.assert_allclose(lexrank(vectors, query_cosines), expected, atol=1e-12)
    monkeypatch.setattr(lexrank_ranking, "SOLVED_SENTENCES", 0)
    np.testing.assert_allclose(lexrank(vectors, query_cosines), expected, atol=1e-9)


def test_biased_lexrank_scores_sentences_similar_to_those_of_the_query(make_document):
    document = make_document("Dogs bark loudly. Dogs bark. Cats purr softly. Softly purr tigers. Cows graze.")
    scores = lexrank(document.vectors, np.array([0, 0, 1.0, 0, 0]))
    # The last but one has words in common with the sentence of the query; the others have none.
    assert scores.argsort()[::-1][:2].tolist() == [2, 3]
    np.testing.assert_allclose(scores[[0, 1, 4]], 0, atol=1e-12)
