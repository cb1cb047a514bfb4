import numpy as np
import pytest
from scipy import sparse

from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.summaries.ranking import frequency
from text_explorer.summaries.ranking.frequency import luhn, sumbasic
from text_explorer.summaries.sentences.document import read_document
from text_explorer.summaries.sentences.settings import TextSettings


def sumy_ratings(document, summarizer_class):
    from text_explorer.corpus.language.stems import stemmer
    from text_explorer.corpus.language.stop_words import listed_stop_words
    from text_explorer.summaries.sumy.edmundson import _rating, document_model

    summarizer = _rating(summarizer_class)(stemmer("en"))
    summarizer.stop_words = listed_stop_words("en")
    return summarizer(document_model(document), None)


@pytest.mark.parametrize("seed", range(6))
def test_luhn_equals_sumy(make_document, made_up_text, seed):
    from sumy.summarizers.luhn import LuhnSummarizer

    document = make_document(made_up_text(60, seed) + " The of was.")
    np.testing.assert_array_equal(luhn(document), sumy_ratings(document, LuhnSummarizer))


def test_luhn_parts_clusters_at_four_other_words(make_document):
    near = "River one two three bridge."
    far = "River one two three four bridge."
    # Significant: river and bridge, which are in both; one to four are stop words.
    np.testing.assert_allclose(luhn(make_document(f"{near} {far}")), [4 / 5, 0])


def test_luhn_takes_the_best_cluster(make_document):
    text = "River bridge one two three four river harbour bridge. Harbour."
    np.testing.assert_allclose(luhn(make_document(text)), [9 / 3, 0])


def test_luhn_without_a_word_used_twice_is_zero(make_document):
    np.testing.assert_array_equal(luhn(make_document("Rivers flow. Bridges stand. It was.")), [0, 0, 0])


def test_luhn_reads_each_text_of_a_group_in_its_language():
    texts = [DocumentText("The river and rivers.", "en"), DocumentText("Das Haus und die Häuser.", "de")]
    np.testing.assert_allclose(luhn(read_document(texts, TextSettings())), [4 / 3, 4 / 4])


def test_sumbasic_squares_the_probability_of_used_words():
    # Of 8 words: a 4, b 2, c 1, d 1. The second sentence has mean 1/2, as has the last, which comes later. Then a has
    # 1/4 as b has, so that the first sentence is before the third. Then both have 1/16, and c and d with 1/8 are next.
    counts = np.array([[1.0, 1, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 1], [2, 0, 0, 0]])
    for form in (np.array, sparse.csr_matrix):
        assert np.argsort(-sumbasic(form(counts))).tolist() == [1, 0, 3, 2, 4]


def test_sumbasic_takes_a_word_of_any_frequency():
    np.testing.assert_array_equal(sumbasic(np.array([[1e6, 0.0], [0, 1], [1, 0]])), [0, -1, -2])


@pytest.mark.parametrize("seed", range(6))
def test_sumbasic_is_the_choice_of_sumy(make_document, made_up_text, seed):
    from sumy.summarizers.sum_basic import SumBasicSummarizer

    document = make_document(made_up_text(25, seed))
    expected = sumy_ratings(document, SumBasicSummarizer)
    first = np.flatnonzero(np.array(expected) > -8)
    assert len(first) == 8
    np.testing.assert_array_equal(sumbasic(document.counts)[first], np.array(expected)[first])
    np.testing.assert_array_equal(sumbasic(sparse.csr_matrix(document.counts)), sumbasic(document.counts))


def test_sumbasic_of_equal_sentences_goes_by_place(make_document):
    np.testing.assert_array_equal(sumbasic(make_document("Rivers rise. " * 4).counts), [0, -1, -2, -3])


def test_sumbasic_takes_sentences_without_content_last(make_document):
    np.testing.assert_array_equal(sumbasic(make_document("It was. Rivers rise. The of.").counts), [-1, 0, -2])


def test_sumbasic_ranks_so_many(make_document, made_up_text, monkeypatch):
    counts = make_document(made_up_text(20)).counts
    everything = sumbasic(counts)
    monkeypatch.setattr(frequency, "MOST_RANKED", 4)
    np.testing.assert_array_equal(sumbasic(counts), np.maximum(everything, -4))


def test_sumbasic_goes_on_where_probabilities_come_to_nothing():
    # Of two words in a dozen sentences each, one half squared ten times is 2 ** -1024, whose reciprocal is no number.
    counts = np.repeat(np.eye(2), 12, axis=0)
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        assert sumbasic(counts).astype(int).tolist() == [-2 * rank for rank in range(12)] + [
            -2 * rank - 1 for rank in range(12)
        ]
