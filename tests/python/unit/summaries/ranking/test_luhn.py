import numpy as np
import pytest

from tests.python.unit.summaries.sumy_package import sumy_ratings
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.summaries.ranking.luhn import luhn
from text_explorer.summaries.sentences.document import read_document
from text_explorer.summaries.sentences.settings import TextSettings


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
