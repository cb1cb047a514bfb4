import numpy as np
import pytest
from scipy import sparse

from text_explorer.summaries import graph_ranking
from text_explorer.summaries.graph_ranking import lexrank, textrank


def walk_over(cosines, damping=0.85):
    """Walk step by step, as the paper writes it."""
    n_sentences = len(cosines)
    scores = np.full(n_sentences, 1.0 / n_sentences)
    for _ in range(500):
        following = np.full(n_sentences, (1 - damping) / n_sentences)
        for origin in range(n_sentences):
            degree = sum(cosines[origin][other] for other in range(n_sentences) if other != origin)
            for goal in range(n_sentences):
                if degree < 1e-9:
                    share = 1.0 / n_sentences
                else:
                    share = 0.0 if goal == origin else cosines[origin][goal] / degree
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
    monkeypatch.setattr(graph_ranking, "SOLVED_SENTENCES", 0)
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


@pytest.mark.parametrize(("n_sentences", "seed"), [(1, 0), (2, 0), (12, 1), (40, 2), (150, 3)])
def test_textrank_equals_sumy(make_document, made_up_text, n_sentences, seed):
    from sumy.summarizers.text_rank import TextRankSummarizer

    from text_explorer.corpus.normal_forms import stemmer
    from text_explorer.corpus.stop_words import listed_stop_words
    from text_explorer.summaries.sumy_ranking import document_model

    document = make_document(made_up_text(n_sentences, seed))
    assert document.n_sentences == n_sentences
    summarizer = TextRankSummarizer(stemmer("en"))
    summarizer.stop_words = listed_stop_words("en")
    model = document_model(document)
    ratings = summarizer.rate_sentences(model)
    expected = [ratings[sentence] for sentence in model.sentences]
    np.testing.assert_allclose(textrank(document.counts), expected, rtol=1e-12)
    np.testing.assert_allclose(textrank(sparse.csr_matrix(document.counts)), expected, rtol=1e-12)
