import numpy as np
import pytest

from text_explorer.corpus.document_term_matrix import bags_and_word_counts, build_corpus
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.topics.assignment.scoring import score_documents
from text_explorer.topics.models.training import EngineSettings, train
from text_explorer.topics.storage.stored_model import StoredTopics

PHRASES = Preparation(phrases="bigrams", phrase_min_count=3, max_document_share=1.0, min_documents=1)
TRAINING = [
    *(DocumentText(f"Die Oper {word}", "de") for word in ("Haus", "Garten", "Wald", "Meer", "Berg", "Fluss")),
    *(DocumentText(f"harbour {word} coast", "en") for word in ("ship", "boat", "sail", "rope", "mast", "deck")),
]


@pytest.fixture(scope="module")
def topics():
    """A model of German and English texts in which *die Oper* is a phrase that begins with a stop word."""
    corpus, _ = build_corpus(TRAINING, PHRASES)
    assert "die oper" in corpus.vocabulary.terms
    trained = train(corpus, EngineSettings(engine="gsdmm", n_topics=2))
    labels = tuple(map(str, range(len(trained.model.topic_term_distr))))
    return StoredTopics(trained.model, corpus.vocabulary, "m", labels, PHRASES, "en", True, None)


def test_words_known_and_unknown_are_counted_a_phrase_once(topics):
    documents = [
        DocumentText("Die Oper im Garten", "de"),
        DocumentText("Das Raumschiff der Oper", "de"),
        DocumentText("the of", "en"),
        DocumentText(None, "en"),
    ]
    scored = score_documents(documents, topics)
    assert scored.n_words.tolist() == [2, 2, 0, 0]
    assert scored.n_known_words.tolist() == [2, 0, 0, 0]
    assert np.isnan(scored.doc_topic_distr[:, 0]).tolist() == [False, True, True, True]


def test_a_stop_word_begins_a_phrase_whatever_other_languages_stand_beside_it(topics):
    german, english = DocumentText("Die Oper im Garten", "de"), DocumentText("die harbour", "en")
    alone, beside = score_documents([german], topics), score_documents([english, german], topics)
    assert beside.n_words.tolist()[1] == alone.n_words.tolist()[0] == 2
    assert beside.n_known_words.tolist()[1] == alone.n_known_words.tolist()[0] == 2
    assert beside.doc_topic_distr[1].tobytes() == alone.doc_topic_distr[0].tobytes()


@pytest.mark.parametrize("size", [1, 5, 17])
def test_documents_may_come_in_any_chunks(topics, size):
    documents = [*TRAINING, DocumentText(None, "en"), DocumentText("die harbour", "en")] * 3
    whole = score_documents(documents, topics)
    parts = [score_documents(documents[i : i + size], topics) for i in range(0, len(documents), size)]
    assert [np.concatenate(of_parts).tobytes() for of_parts in zip(*(part[:3] for part in parts))] == [
        of.tobytes() for of in whole[:3]
    ]


def test_no_document_is_no_row(topics):
    assert score_documents([], topics).doc_topic_distr.shape == (0, topics.n_topics)


def test_words_a_corpus_left_out_for_its_vocabulary_are_unknown_and_stop_words_are_no_words():
    texts = [DocumentText(text, "en") for text in ["gold gold bank", "gold of the bank", "gold bank rare 1945"]]
    preparation = Preparation(min_documents=2, max_document_share=1.0)
    corpus, statistics = build_corpus(texts, preparation)
    assert corpus.vocabulary.terms == ("bank", "gold")
    assert statistics.n_words_and_unknown == (8, 1)
    bags, n_words = bags_and_word_counts(texts, corpus.vocabulary, preparation)
    assert n_words.tolist() == [3, 2, 3]
    assert bags.doc_lengths.tolist() == [3, 2, 2]
