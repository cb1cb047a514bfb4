import pytest

from text_explorer.corpus.languages import LANGUAGES, UNSEGMENTED
from text_explorer.summaries.content_words import SNOWBALL, stemmer, words_without_content


@pytest.mark.parametrize("language", sorted(SNOWBALL))
def test_every_stemmer_is_code_alone_and_remembers_nothing_between_words(language):
    words = ["national", "nations", "мосты", "كتاب", "x-y", "don't", "1945", "É", " "]
    stem = stemmer(language)
    first = [stem(word) for word in words]
    stem.cache_clear()
    assert [stem(word) for word in reversed(words)] == first[::-1]


def test_stemmers_are_for_languages_known_here():
    assert set(SNOWBALL) <= set(LANGUAGES)


@pytest.mark.parametrize("language", sorted(UNSEGMENTED))
def test_single_characters_are_no_stop_words_where_words_cannot_be_told_apart(language):
    assert words_without_content(language) == frozenset()
    assert stemmer(language)("天气") == "天气"
