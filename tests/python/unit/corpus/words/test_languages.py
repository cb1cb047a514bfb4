import pytest
from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

from text_explorer.corpus.language.stems import SIMPLEMMA, SNOWBALL, lemmatizer, stemmer
from text_explorer.corpus.language.stop_words import all_stop_words, listed_stop_words, own_stop_words
from text_explorer.corpus.words.languages import LANGUAGES, normalise_language
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.corpus.words.segmentation import UNSPACED_LANGUAGES


@pytest.mark.parametrize(
    ("code", "expected"), [("EN_us", "en"), ("pt-BR", "pt"), ("nb", "no"), ("zh-Hans", "zh"), ("x", None), ("", None)]
)
def test_codes_are_brought_to_one_form(code, expected):
    assert normalise_language(code) == expected


def test_every_language_listed_has_stop_words_or_a_script_without_spaces():
    assert [code for code in LANGUAGES if not listed_stop_words(code)] == ["km", "lo", "my"]
    assert sorted(UNSPACED_LANGUAGES) == ["ja", "km", "lo", "my", "th", "zh"]


def test_english_stop_words_leave_topics_their_words():
    assert len(listed_stop_words("en")) == 580
    assert {"the", "and", "however"} <= listed_stop_words("en")
    assert not {"world", "work", "state", "system", "problem"} & listed_stop_words("en")


def test_own_stop_words_take_the_form_of_terms_and_stand_for_each_of_their_words():
    preparation = Preparation(extra_stop_words=("The WAR", "don’t", "", "COVID-19"))
    assert own_stop_words("en", preparation) == {"the", "war", "don't", "covid-19"}
    assert {"war", "however"} <= all_stop_words("en", preparation)


def test_entries_of_several_words_in_a_language_s_list_leave_their_parts_alone():
    assert "công nhiên" in listed_stop_words("vi")
    assert "công" not in all_stop_words("vi", Preparation())


@pytest.mark.parametrize("language", sorted(SNOWBALL))
def test_every_stemmer_is_for_a_language_known_here_and_remembers_nothing_between_words(language):
    assert language in LANGUAGES
    stem = stemmer(language)
    words = ["nation", "nations", "vote"]
    assert [stem(word) for word in words] == [stem(word) for word in words]


def test_every_word_list_is_in_the_package_and_for_a_language_known_here():
    assert set(SIMPLEMMA) <= set(LANGUAGES)
    assert set(SIMPLEMMA.values()) <= set(SUPPORTED_LANGUAGES)


@pytest.mark.parametrize(
    ("language", "word", "stem"),
    [("en", "voting", "vote"), ("de", "häuser", "haus"), ("fr", "nationales", "national"), ("pl", "domami", "dom"),
     ("vi", "giáo", "giáo")],
)  # fmt: skip
def test_stems(language, word, stem):
    assert stemmer(language)(word) == stem


@pytest.mark.parametrize(
    ("language", "word", "lemma"),
    [("en", "mice", "mouse"), ("de", "häuser", "haus"), ("fr", "chevaux", "cheval"), ("no", "husene", "hus"),
     ("vi", "giáo", "giáo")],
)  # fmt: skip
def test_dictionary_forms(language, word, lemma):
    assert lemmatizer(language)(word) == lemma
