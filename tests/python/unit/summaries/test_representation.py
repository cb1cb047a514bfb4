import numpy as np
import pytest

from text_explorer.summaries import representation
from text_explorer.summaries.representation import representatives

TEXT = "Rivers carry ships. Dogs bark loudly. Ships on rivers. Dogs bark at night. Rain fell. Rivers carry ships!"


def test_each_sentence_belongs_to_the_chosen_one_most_like_it(make_document):
    assert representatives(make_document(TEXT), [0, 1]).tolist() == [0, 1, 0, 1, -1, 0]


def test_chosen_sentences_are_counted_in_the_order_of_choice(make_document):
    assert representatives(make_document(TEXT), [1, 0]).tolist() == [1, 0, 1, 0, -1, 1]


def test_a_chosen_sentence_represents_itself_even_beside_a_chosen_duplicate(make_document):
    assert representatives(make_document(TEXT), [0, 5]).tolist() == [0, -1, 0, -1, -1, 1]


def test_without_chosen_sentences_none_is_represented(make_document):
    assert representatives(make_document(TEXT), []).tolist() == [-1] * 6
    assert representatives(make_document(""), []).tolist() == []


def test_sentences_without_content_words_belong_to_those_that_say_the_same(make_document):
    document = make_document("It was the.\n👍\nIT WAS THE!\n👍\nOf and to. Rivers rise.")
    assert representatives(document, [0, 1]).tolist() == [0, 1, 0, 1, -1, -1]


def test_a_text_of_stop_words_alone_has_no_likeness(make_document):
    assert representatives(make_document("It was the. And of. To be."), [0]).tolist() == [0, -1, -1]


def test_sharing_one_of_many_words_is_not_enough(make_document):
    words = " ".join(f"word{number}" for number in range(60))
    document = make_document(f"Rivers {words}. Rivers {words.replace('word', 'other')}. Rivers rise.")
    vectors = document.vectors
    assert 0 < float(vectors[0] @ vectors[1]) < representation.MIN_COSINE
    assert representatives(document, [0])[1] == -1


@pytest.mark.parametrize("n_sentences", [40, 400])
def test_chunks_do_not_change_the_representatives(make_document, made_up_text, monkeypatch, n_sentences):
    document = make_document(made_up_text(n_sentences))
    chosen = list(range(0, document.n_sentences, 3))
    whole = representatives(document, chosen)
    monkeypatch.setattr(representation, "CHUNK_SIZE", 7)
    np.testing.assert_array_equal(representatives(document, chosen), whole)


def test_the_nearest_by_a_slow_and_obvious_count(make_document, made_up_text):
    document = make_document(made_up_text(30, seed=5))
    chosen = [4, 9, 21]
    cosines = np.asarray(document.vectors @ document.vectors.T)
    nearest = [int(np.argmax(np.round(own, 10))) if max(own) >= 0.1 else -1 for own in cosines[:, chosen]]
    for rank, index in enumerate(chosen):
        nearest[index] = rank
    assert len(nearest) == 30
    assert representatives(document, chosen).tolist() == nearest
