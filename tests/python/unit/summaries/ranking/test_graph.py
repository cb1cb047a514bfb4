import numpy as np
import pytest
from scipy import sparse

from text_explorer.summaries.ranking import graph
from text_explorer.summaries.ranking.graph import lexrank, reduction, textrank


def walk_over(cosines, damping=0.85, goals=None):
    """Walk step by step, as the papers write it."""
    n_sentences = len(cosines)
    goals = np.full(n_sentences, 1.0 / n_sentences) if goals is None else goals
    scores = np.full(n_sentences, 1.0 / n_sentences)
    for _ in range(500):
        following = (1 - damping) * goals
        for origin in range(n_sentences):
            degree = sum(cosines[origin][other] for other in range(n_sentences) if other != origin)
            for goal in range(n_sentences):
                onward = 0.0 if goal == origin else cosines[origin][goal]
                share = onward / degree if degree > 1e-9 else goals[goal]
                following[goal] += damping * share * scores[origin]
        scores = following
    return scores


def test_lexrank_is_the_settled_walk(make_document, made_up_text):
    document = make_document(made_up_text(25) + " The of was.")
    expected = walk_over(document.vectors @ document.vectors.T)
    np.testing.assert_allclose(lexrank(document.vectors), expected, atol=1e-12)


def test_lexrank_steps_and_solution_agree(make_document, made_up_text, monkeypatch):
    vectors = make_document(made_up_text(60)).vectors
    solved = lexrank(vectors)
    monkeypatch.setattr(graph, "SOLVED_SENTENCES", 0)
    np.testing.assert_allclose(lexrank(vectors), solved, atol=1e-9)
    np.testing.assert_allclose(lexrank(sparse.csr_matrix(vectors)), solved, atol=1e-9)


def test_lexrank_scores_sum_to_one(make_document, made_up_text):
    for n_sentences in (1, 2, 40, 400):
        assert lexrank(make_document(made_up_text(n_sentences)).vectors).sum() == pytest.approx(1.0)


def test_lexrank_prefers_the_sentence_that_shares_words_with_most(make_document, phone_review):
    scores = lexrank(make_document(phone_review).vectors)
    assert scores.argmax() == 2
    assert scores.argmin() == 4


def test_lexrank_without_any_content_word_scores_all_alike(make_document):
    scores = lexrank(make_document("The of. It was. And the.").vectors)
    np.testing.assert_allclose(scores, 1 / 3)


def test_biased_lexrank_jumps_to_sentences_by_their_cosine_with_the_query(make_document, made_up_text, monkeypatch):
    vectors = make_document(made_up_text(25) + " The of was.").vectors
    asked_for = np.zeros(26)
    asked_for[[3, 7, 25]] = 0.2, 0.6, 0.4
    expected = walk_over(vectors @ vectors.T, damping=0.5, goals=asked_for / 1.2)
    np.testing.assert_allclose(lexrank(vectors, asked_for), expected, atol=1e-12)
    monkeypatch.setattr(graph, "SOLVED_SENTENCES", 0)
    np.testing.assert_allclose(lexrank(vectors, asked_for), expected, atol=1e-9)


def test_lexrank_draws_on_what_is_asked_for_and_what_is_like_it(make_document):
    document = make_document("Dogs bark loudly. Dogs bark. Cats purr softly. Softly purr tigers. Cows graze.")
    scores = lexrank(document.vectors, np.array([0, 0, 1.0, 0, 0]))
    # The last but one shares words with what is asked for; the others share none.
    assert scores.argsort()[::-1][:2].tolist() == [2, 3]
    np.testing.assert_allclose(scores[[0, 1, 4]], 0, atol=1e-12)


def sumy_ratings(document, summarizer_class):
    from text_explorer.corpus.language.stems import stemmer
    from text_explorer.corpus.language.stop_words import listed_stop_words
    from text_explorer.summaries.sumy.edmundson import document_model

    summarizer = summarizer_class(stemmer("en"))
    summarizer.stop_words = listed_stop_words("en")
    model = document_model(document)
    ratings = summarizer.rate_sentences(model)
    return [ratings[sentence] for sentence in model.sentences]


@pytest.mark.parametrize(("n_sentences", "seed"), [(1, 0), (2, 0), (12, 1), (40, 2), (150, 3)])
def test_textrank_and_reduction_equal_sumy(make_document, made_up_text, n_sentences, seed):
    from sumy.summarizers.reduction import ReductionSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    document = make_document(made_up_text(n_sentences, seed))
    assert document.n_sentences == n_sentences
    for ours, theirs in ((textrank, TextRankSummarizer), (reduction, ReductionSummarizer)):
        expected = sumy_ratings(document, theirs)
        np.testing.assert_allclose(ours(document.counts), expected, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(ours(sparse.csr_matrix(document.counts)), expected, rtol=1e-12, atol=1e-12)


def test_reduction_of_sentences_like_no_other_is_zero():
    for counts in (np.eye(3) * 7, sparse.csr_matrix(np.eye(3) * 7)):
        np.testing.assert_allclose(reduction(counts), 0, atol=1e-13)
