import numpy as np
import pytest

from tests.python.unit.explorer.trained_source import topic_of, trained_source
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.explorer.reading.model_cache import ModelCache
from text_explorer.explorer.reading.word_topics import read_with_model, term_topics

MIXED = "cats purr, dogs bark; banks lend money"


@pytest.fixture(params=["gsdmm", "lda_gibbs", "lda_gensim"])
def source(request):
    return trained_source(request.param)


@pytest.fixture
def model(source):
    return ModelCache(source).get()


def read(text, model, final_topic=(0, 1)):
    return read_with_model(DocumentText(text, "en"), model, final_topic)


def test_each_word_of_a_mixed_text_has_the_topic_it_speaks_for(source, model):
    pets, money = topic_of(source, "pets"), topic_of(source, "money")
    topics = {term: topic for _, _, topic, _, term in read(MIXED, model)["spans"]}
    assert topics == {
        "cats": pets,
        "purr": pets,
        "dogs": pets,
        "bark": pets,
        "banks": money,
        "lend": money,
        "money": money,
    }


def test_the_probability_of_a_word_is_that_of_its_topic_among_all(model):
    spans = read(MIXED, model)["spans"]
    assert len(spans) >= 7
    for _, _, topic, probability, term in spans:
        term_id = model.topics.vocabulary.ids[term]
        shares = np.zeros(2)
        for entry in read(MIXED, model)["mixture"]:
            shares[entry["topic"]] = entry["share"]
        prior = model.topic_weights if model.topics.model.engine == "gsdmm" else shares
        weights = model.topic_term_distr[:, term_id].astype(float) * prior
        assert probability == pytest.approx(weights[topic] / weights.sum(), abs=1e-3)
        assert weights.argmax() == topic


def test_merged_topics_count_together(model):
    told = read(MIXED, model, (1, 1))
    assert [(entry["topic"], entry["share"]) for entry in told["mixture"]] == [(1, 1.0)]
    assert {(topic, probability) for _, _, topic, probability, _ in told["spans"]} == {(1, 1.0)}


@pytest.mark.parametrize("text", [None, "", " \n", "wombats", "the of"])
def test_a_text_without_a_known_word_has_no_topic(model, text):
    told = read(text, model)
    assert (told["mixture"], told["spans"], told["n_known"]) == ([], [], 0)


def test_unknown_words_come_once_in_their_order_and_not_without_end(model):
    told = read("Wombats, quokkas! WOMBATS numbats", model)
    assert told["unknown"] == ["Wombats", "quokkas", "numbats"]
    letters = "abcdefghijklmnopqrstuvwxyz"
    many = " ".join(f"za{first}{second}" for first in letters for second in letters)
    told = read(many, model)
    assert (len(told["unknown"]), told["n_words"]) == (100, 26 * 26)


def test_spans_are_places_in_code_points(model):
    text = "😀 cats\u0301 𝒜 dogs"
    assert [text[start:end] for start, end, *_ in read(text, model)["spans"]][-1] == "dogs"


def test_a_term_of_which_no_topic_knows_has_the_probability_zero(model):
    nothing = model.topic_term_distr[:, :1] * 0
    stripped = type(model)(model.topics, nothing, model.topic_weights, None)
    assert term_topics(stripped, np.array([0]), np.array([0.5, 0.5]), (0, 1)) == ([0], [0.0])
