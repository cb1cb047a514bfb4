"""What every engine must do, and the choice between them."""

import numpy as np
import pytest

from tests.python.unit.english_texts import english
from text_explorer.corpus.bag_of_words import bags_of_words, build_corpus
from text_explorer.corpus.preparation import Preparation
from text_explorer.errors import DataError
from text_explorer.topics.engines import ENGINES, EngineSettings, best_topics, train
from text_explorer.topics.terms import top_terms

PLAIN = Preparation(max_document_share=1.0)


def corpus_of(texts):
    corpus, _ = build_corpus(english(texts), PLAIN)
    return corpus


@pytest.fixture(params=sorted(ENGINES))
def engine(request):
    return request.param


def test_themes_known_by_construction_are_found(engine, themed_corpus, theme_of_term):
    trained = train(themed_corpus, EngineSettings(engine=engine, n_topics=3, seed=1))
    terms = themed_corpus.vocabulary.terms
    best = top_terms(trained.model.topic_term_distr, 5)
    themes = [{theme_of_term[terms[i]] for i in row} for row in best]
    assert sorted(map(sorted, themes)) == [["money"], ["school"], ["war"]]


def test_distributions_sum_to_one(engine, themed_corpus):
    trained = train(themed_corpus, EngineSettings(engine=engine, n_topics=3))
    assert np.allclose(trained.model.topic_term_distr.sum(axis=1), 1)
    assert np.allclose(trained.doc_topic_distr.sum(axis=1), 1)
    assert (trained.doc_topic_distr >= 0).all()


def test_the_same_seed_gives_the_same_numbers(engine, themed_corpus):
    first, second = (train(themed_corpus, EngineSettings(engine=engine, n_topics=4, seed=5)) for _ in range(2))
    assert first.doc_topic_distr.tobytes() == second.doc_topic_distr.tobytes()
    assert first.model.topic_term_distr.tobytes() == second.model.topic_term_distr.tobytes()


def test_a_text_has_the_same_shares_alone_and_among_others(engine, themed_texts, themed_corpus):
    trained = train(themed_corpus, EngineSettings(engine=engine, n_topics=3))
    alone = bags_of_words(english([themed_texts[7]]), themed_corpus.vocabulary, PLAIN)
    assert trained.model.transform(alone)[0].tobytes() == trained.doc_topic_distr[7].tobytes()


def test_topics_are_numbered_by_falling_number_of_documents(engine):
    texts = ["army navy"] * 3 + ["gold silver"] * 12 + ["teacher pupil"] * 7
    corpus = corpus_of(texts)
    trained = train(corpus, EngineSettings(engine=engine, n_topics=3, seed=3))
    n_documents = np.bincount(best_topics(trained.doc_topic_distr))
    assert n_documents.tolist() == sorted(n_documents, reverse=True)


def test_a_document_without_a_term_has_no_topic(engine):
    corpus = corpus_of(["army navy", None, "the of", "gold silver", "army gold"])
    trained = train(corpus, EngineSettings(engine=engine, n_topics=2))
    assert np.isnan(trained.doc_topic_distr[[1, 2]]).all()
    assert best_topics(trained.doc_topic_distr)[[1, 2]].tolist() == [-1, -1]


def test_a_model_survives_its_arrays(engine, themed_corpus):
    model = train(themed_corpus, EngineSettings(engine=engine, n_topics=3)).model
    again = ENGINES[engine].from_arrays(model.arrays())
    assert again.transform(themed_corpus).tobytes() == model.transform(themed_corpus).tobytes()


def test_no_word_left_is_an_error_with_a_remedy(engine):
    with pytest.raises(DataError, match=r"None of the 2 documents has a word left.*text column and language"):
        train(corpus_of(["the", None]), EngineSettings(engine=engine, n_topics=2))


def test_lda_refuses_more_topics_than_documents():
    corpus = corpus_of(["army navy", "gold"])
    with pytest.raises(
        DataError, match=r"'Number of topics' is 9, but documents with a known word: 2\. Choose at most 2"
    ):
        train(corpus, EngineSettings(engine="lda_gensim", n_topics=9))


def test_lda_of_one_document_is_sent_to_gsdmm():
    with pytest.raises(DataError, match=r"known word: 1\. Choose the method GSDMM"):
        train(corpus_of(["army navy"]), EngineSettings(engine="lda_gensim", n_topics=2))


def test_gsdmm_takes_the_number_of_topics_as_a_limit():
    corpus = corpus_of(["army navy", "gold"])
    assert train(corpus, EngineSettings(engine="gsdmm", n_topics=9)).doc_topic_distr.shape[1] <= 2


@pytest.mark.parametrize(
    ("words", "n_topics", "expected", "reason"),
    [
        (5, 2, "gsdmm", "Short texts: 5.0"),
        (30, 2, "lda_gensim", "Longer texts: 30.0"),
        (30, 9, "gsdmm", "Fewer documents"),
    ],
)
def test_the_automatic_choice_goes_by_length_and_size(words, n_topics, expected, reason):
    texts = [" ".join(f"w{(start + i) % 40:02}x" for i in range(words)) for start in range(6)]
    trained = train(corpus_of(texts), EngineSettings(n_topics=n_topics))
    assert trained.model.engine == expected
    assert trained.engine_reason.startswith(reason)


@pytest.mark.parametrize(("engine_name", "line"), [("gsdmm", "iteration 2 of 7"), ("lda_gensim", "pass 2 of 7")])
def test_each_round_of_training_is_told_to_the_log(engine_name, line, themed_corpus, caplog):
    with caplog.at_level("INFO"):
        train(themed_corpus, EngineSettings(engine=engine_name, n_topics=3, n_iterations=7))
    assert [record.message for record in caplog.records if line in record.message]
