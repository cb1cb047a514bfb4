import numpy as np
import pytest

from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.summaries.ranking.query import query_cosines
from text_explorer.summaries.sentences import vectors
from text_explorer.summaries.sentences.document import read_document
from text_explorer.summaries.sentences.settings import TextSettings

TEXT = "Rivers carry ships. Dogs bark. Ships carry coal. It was the."


@pytest.mark.parametrize("dense_cells", [0, 50_000])
def test_cosines_are_those_of_the_tfidf_vectors(make_document, monkeypatch, dense_cells):
    monkeypatch.setattr(vectors, "DENSE_CELLS", dense_cells)
    # Terms: river 1 of 4 sentences, carri 2, ship 2, dog 1, bark 1, coal 1; idf = 1 + log(4 / sentences).
    rare, common = 1 + np.log(4), 1 + np.log(2)
    cosines = query_cosines(make_document(TEXT), "the river of ships")
    length = np.hypot(rare, common)
    first = (rare**2 + common**2) / (length * np.sqrt(rare**2 + 2 * common**2))
    third = common**2 / (length * np.sqrt(rare**2 + 2 * common**2))
    np.testing.assert_allclose(cosines, [first, 0, third, 0])


def test_forms_of_a_word_and_capitals_are_one(make_document):
    document = make_document(TEXT)
    np.testing.assert_array_equal(query_cosines(document, "SHIP"), query_cosines(document, "ships"))


@pytest.mark.parametrize("query", ["", "   ", "the of", "zebra", "!?", "👍"])
def test_a_query_that_meets_no_sentence_has_no_cosines(make_document, query):
    assert query_cosines(make_document(TEXT), query) is None


def test_a_document_without_content_words_has_no_cosines(make_document):
    assert query_cosines(make_document("It was the."), "ships") is None


def test_a_query_is_read_in_all_languages_of_a_group():
    texts = [DocumentText("Rivers carry ships.", "en"), DocumentText("Die Häuser sind alt.", "de")]
    cosines = query_cosines(read_document(texts, TextSettings()), "Haus ship")
    assert (cosines > 0).all()


def test_a_word_of_the_same_stem_in_two_languages_counts_once():
    english, german = DocumentText("A radio plays. A house burns.", "en"), DocumentText("Radio Wien.", "de")
    alone = query_cosines(read_document([english], TextSettings()), "radio house")
    assert alone[0] == pytest.approx(alone[1])
    together = query_cosines(read_document([english, german], TextSettings()), "radio house")
    # idf of radio, in two of three sentences, and of house and the other words, in one.
    common, rare = 1 + np.log(3 / 2), 1 + np.log(3)
    lengths = np.hypot(common, rare), np.hypot(rare, rare)
    np.testing.assert_allclose(
        together[:2], [common**2 / lengths[0] / lengths[0], rare**2 / lengths[0] / lengths[1]], rtol=1e-12
    )
