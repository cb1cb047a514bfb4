import pytest

from text_explorer.corpus.tokens import tokenize


def terms(text, **options):
    return [token.term for token in tokenize(text, **options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("War and Peace", ["war", "and", "peace"]),
        ("COVID-19 hit the U.S. Navy.", ["covid-19", "hit", "the", "u.s.", "navy"]),
        ("don't use state-of-the-art", ["don't", "use", "state-of-the-art"]),
        ("It’s", ["it's"]),
        ("3.5 % of 1,000", ["3.5", "of", "1", "000"]),
        ("élan naïve CAFÉ", ["élan", "naïve", "café"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("Война и мир", ["война", "и", "мир"]),
        ("שלום עולם", ["שלום", "עולם"]),
        ("中文", ["中", "文"]),
        ("🎉🎉 !!! ---", []),
        ("", []),
    ],
)
def test_words_of_a_text(text, expected):
    assert terms(text) == expected


def test_composed_and_decomposed_letters_are_one_term_with_offsets_of_the_text_as_it_is():
    text = "café cafe\u0301"
    tokens = list(tokenize(text))
    assert [token.term for token in tokens] == ["café", "café"]
    assert [text[token.start : token.end] for token in tokens] == ["café", "cafe\u0301"]


def test_tags_entities_and_addresses_are_no_words():
    text = '<p class="big">Trade &amp; war</p><script>alert(1)</script> https://a.example/x me@b.example'
    assert terms(text) == ["trade", "war"]


def test_a_lone_angle_bracket_hides_nothing():
    assert terms("3 < 4 words > 2") == ["3", "4", "words", "2"]


def test_offsets_point_at_the_word_as_written():
    text = "🎉 <b>Gold</b> STANDARD"
    assert [text[token.start : token.end] for token in tokenize(text)] == ["Gold", "STANDARD"]


def test_numbers_and_short_words_can_be_left_out():
    assert terms("In 1945 a 3.5 war B-52", min_length=2, keep_numbers=False) == ["in", "war", "b-52"]
