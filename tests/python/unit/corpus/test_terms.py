import numpy as np
import pytest

from text_explorer.corpus.terms import REASONS, choose_terms, known_terms
from text_explorer.corpus.words.preparation import Preparation


def chosen(words, counts=None, language="en", **options):
    counts = np.array(counts or [1] * len(words))
    found = choose_terms(words, [language] * len(words), counts, Preparation(**options))
    return [None if term < 0 else found.names[term] for term in found.word_terms.tolist()]


def test_words_are_left_out_for_a_reason():
    words = ["gold", "The", "é", "1849", "y" * 101]
    found = choose_terms(words, ["en"] * 5, np.ones(5, int), Preparation())
    reasons = [None if reason < 0 else REASONS[reason] for reason in found.reasons.tolist()]
    assert reasons == [None, "stop word", "too short", "number", "too long"]


def test_numbers_can_be_kept():
    assert chosen(["1849", "3.5"], keep_numbers=True) == ["1849", "3.5"]


def test_an_emoji_is_never_too_short():
    assert chosen(["😀", "é"], strip_emoji=False) == ["😀", None]


def test_words_of_one_stem_are_one_term_shown_as_the_most_frequent_form():
    assert chosen(["Votes", "voting", "vote"], [2, 5, 1], normal_form="stem") == ["voting"] * 3
    assert chosen(["votes", "voting"], [3, 3], normal_form="stem") == ["votes"] * 2


def test_words_of_one_dictionary_form_are_one_term():
    assert chosen(["mice", "Mouse", "running"], normal_form="lemma") == ["mouse", "mouse", "run"]
    assert chosen(["Häuser", "Haus"], language="de", normal_form="lemma") == ["haus", "haus"]


@pytest.mark.parametrize("normal_form", ["stem", "lemma"])
def test_a_language_without_stems_or_word_list_keeps_its_words(normal_form):
    assert chosen(["giáo", "học"], language="vi", normal_form=normal_form) == ["giáo", "học"]


def test_own_stop_words_leave_out_all_their_forms():
    assert chosen(["votes", "Voting", "gold"], extra_stop_words=("VOTE",), normal_form="stem") == [None, None, "gold"]
    assert chosen(["votes", "vote"], extra_stop_words=("VOTE",)) == ["votes", None]


def test_stop_words_are_left_out_whatever_their_case():
    assert chosen(["The", "IRS"], lower_case=False) == [None, "IRS"]


def test_stop_words_are_those_of_the_words_own_language():
    found = choose_terms(["die", "die"], ["de", "en"], np.ones(2, int), Preparation())
    assert found.word_terms.tolist() == [-1, 0]


def test_a_word_of_two_languages_is_one_term():
    found = choose_terms(["internet", "internet"], ["en", "fr"], np.ones(2, int), Preparation())
    assert found.word_terms.tolist() == [0, 0]


def test_new_words_get_the_name_of_their_stem():
    stems, preparation = {"vote": "voting"}, Preparation(normal_form="stem")
    found = known_terms(["votes", "golden"], ["en"] * 2, stems, preparation, lambda _: 0)
    assert [found.names[term] for term in found.word_terms] == ["voting", "golden"]
