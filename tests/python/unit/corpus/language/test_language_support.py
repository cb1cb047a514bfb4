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
def test_codes_are_normalised(code, expected):
    assert normalise_language(code) == expected


def test_every_language_has_stop_words():
    assert [code for code in LANGUAGES if not listed_stop_words(code)] == []


def test_languages_without_spaces_are_segmented():
    assert sorted(UNSPACED_LANGUAGES) == ["ja", "km", "lo", "my", "th", "zh"]


def test_english_stop_words_do_not_include_topical_words():
    assert len(listed_stop_words("en")) == 580
    assert {"the", "and", "however"} <= listed_stop_words("en")
    assert not {"world", "work", "state", "system", "problem"} & listed_stop_words("en")


def test_own_stop_words_are_normalised_and_split_into_words():
    preparation = Preparation(extra_stop_words=("The WAR", "don’t", "", "COVID-19"))
    assert own_stop_words("en", preparation) == {"the", "war", "don't", "covid-19"}
    assert {"war", "however"} <= all_stop_words("en", preparation)


def test_listed_entries_of_several_words_are_not_split():
    assert "công nhiên" in listed_stop_words("vi")
    assert "công" not in all_stop_words("vi", Preparation())


@pytest.mark.parametrize("language", sorted(SNOWBALL))
def test_every_stemmer_is_for_a_supported_language_and_has_no_state(language):
    assert language in LANGUAGES
    stem = stemmer(language)
    words = ["nation", "nations", "vote"]
    assert [stem(word) for word in words] == [stem(word) for word in words]


def test_every_word_list_is_in_the_package_and_for_a_supported_language():
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
