import numpy as np
import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from text_explorer.corpus.words._number_kernels import number_words
from text_explorer.corpus.words._token_kernels import find_tokens, follow_breaks
from text_explorer.corpus.words.character_classes import FILLER, characters, roles_of_characters
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.corpus.words.reading import as_read
from text_explorer.corpus.words.tokens import is_number, normal_form, tokenize

PLAIN = Preparation()
ROLES = roles_of_characters(emoji=False, reading_rules=1)
TOUCHY = "aB1é́ेñ.'-’‐\u00ad\u200b\u200d\u200c\u200f\u0301\ufe0f日ーท\u0e31한👩💻🏽🇫🇷\ud800\x00\n @#<&_"
PIECES = [
    "caf&eacute;", "&amp;#39;", "\\n", "\\r\\n", "exam-\nple", "-\r\n ", "n't", " 's", "´", "`", "C++", "C#", "AB",
    "R&D", ".NET", "US", "WHO", "&lt;b&gt;", "&shy;", "&nbsp;", "&#20013;", "&#39;", " #39;", "RT @", "x", "é", " ",
    "RT ", "“RT: ", "&nbsp", "&eacute", "&#39", "amp;", "amp;#8221;", "’ t", "it ' s", " ’ve", "\\u00e9", "\\xa0",
    "\\\\n", "\\u2019", "\\xc3\\xa9", "\\xff\\xfe", "\\ud83d\\ude00", "\\ud83d", "\\U0001f449", "\\u003cb\\u003e",
    "\\'", "\\&", "_x000D_",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=TOUCHY, max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)


def terms(text, language="en", **options):
    return [token.term for token in tokenize(text, Preparation(**options), language)]


def written(text, language="en", **options):
    return [text[token.start : token.end] for token in tokenize(text, Preparation(**options), language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("War and Peace", ["war", "and", "peace"]),
        ("COVID-19 hit the U.S. Navy.", ["covid-19", "hit", "the", "u.s.", "navy"]),
        ("don't use state-of-the-art", ["don't", "use", "state-of-the-art"]),
        ("It’s a rock‐solid plan", ["it", "a", "rock-solid", "plan"]),
        ("the U.S.A and the U.S.A.", ["the", "u.s.a.", "and", "the", "u.s.a."]),
        ("Plan B. Then", ["plan", "b", "then"]),
        ("3.5 % of 1,000", ["3.5", "of", "1", "000"]),
        ("élan naïve CAFÉ", ["élan", "naïve", "café"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("Война и мир", ["война", "и", "мир"]),
        ("שלום עולם", ["שלום", "עולם"]),
        ("می‌خواهم بروم", ["می‌خواهم", "بروم"]),
        ("soft\u00adware", ["software"]),
        ("\u200fשלום\u200f!", ["שלום"]),
        ("-start 'quoted' end-", ["start", "quoted", "end"]),
        ("a_b", ["a", "b"]),
        ("🎉🎉 !!! ---", []),
        ("❤️ x\u0301", ["x\u0301"]),
        ("\u0301\ufe0f", []),
        ("", []),
    ],
)
def test_words_of_a_text(text, expected):
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "我喜欢北京的天气。", ["我", "喜欢", "北京", "的", "天气"]),
        ("ja", "東京でラーメンを2杯", ["東京", "で", "ラーメン", "を", "2", "杯"]),
        ("th", "ฉันชอบกินข้าว", ["ฉัน", "ชอบ", "กิน", "ข้าว"]),
        ("km", "ខ្ញុំស្រលាញ់ប្រទេសកម្ពុជា", ["ខ្ញុំ", "ស្រលាញ់", "ប្រទេស", "កម្ពុជា"]),
        (
            "zh",
            "用Python-3写U.S.的state-of-the-art代码😀",
            ["用", "python-3", "写", "u.s.", "的", "state-of-the-art", "代码"],
        ),
        ("en", "中文 text", ["中", "文", "text"]),
    ],
)
def test_scripts_without_spaces_are_segmented_in_their_language(language, text, expected):
    assert terms(text, language) == expected


def test_composed_and_decomposed_letters_are_one_term_with_spans_in_the_original_text():
    text = "café cafe\u0301"
    assert terms(text) == ["café", "café"]
    assert written(text) == ["café", "cafe\u0301"]


def test_spans_are_those_of_the_word_as_written():
    text = "🎉 <b>Gold</b> STANDARD 𝒳 北京天气"
    assert written(text, "zh") == ["Gold", "STANDARD", "𝒳", "北京", "天气"]


MARKED = '<p class="big">Trade &amp; war</p> https://a.example/x www.b.example me@c.example @ann #Vote 😀👩🏽‍💻🇫🇷'


@pytest.mark.parametrize(
    ("kept", "more"),
    [
        ({}, ["vote"]),
        ({"strip_hashtags": True}, []),
        ({"strip_mentions": False}, ["ann", "vote"]),
        ({"strip_emails": False}, ["me", "c.example", "vote"]),
        ({"strip_urls": False}, ["https", "a.example", "x", "www.b.example", "vote"]),
        ({"strip_emoji": False}, ["vote", "😀", "👩🏽‍💻", "🇫🇷"]),
    ],
)
def test_each_kind_of_markup_can_be_kept(kept, more):
    assert terms(MARKED, **kept) == ["trade", "war", *more]


def test_tags_are_words_if_html_is_not_ignored():
    assert terms("<b>war</b> &amp;", strip_html=False) == ["b", "war", "b", "amp"]


def test_a_lone_angle_bracket_hides_nothing():
    assert terms("3 < 4 words > 2") == ["3", "4", "words", "2"]


def test_case_can_be_kept():
    assert terms("The IRS", lower_case=False) == ["The", "IRS"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "L’équipe d'Espagne qu'aujourd'hui", ["équipe", "espagne", "aujourd'hui"]),
        ("it", "l'acqua dell'acqua un'amica", ["acqua", "acqua", "amica"]),
        ("ca", "l'aigua d'estiu", ["aigua", "estiu"]),
        ("en", "o'clock d'Artagnan", ["o'clock", "d'artagnan"]),
    ],
)
def test_elided_articles_are_not_part_of_a_word(language, text, expected):
    assert terms(text, language) == expected


def test_turkish_i_keeps_its_dot():
    assert terms("İÇİN IŞIK", "tr") == ["için", "ışık"]
    assert terms("INDIA", "en") == ["india"]


@pytest.mark.parametrize(
    ("word", "folded"),
    [("Café", "cafe"), ("naïve", "naive"), ("Ελλάδα", "ελλαδα"), ("مُحَمَّد", "محمد"), ("שָׁלוֹם", "שלום"),
     ("øre", "øre"), ("край", "край"), ("हिन्दी", "हिन्दी")],
)  # fmt: skip
def test_accents_can_be_folded_but_separate_letters_stay(word, folded):
    assert normal_form(word, Preparation(fold_accents=True), "en") == folded


@pytest.mark.parametrize(("form", "expected"), [("1945", True), ("3.5", True), ("10-12", True), ("٣", True),
                                                ("1st", False), ("b-52", False), ("½", True)])  # fmt: skip
def test_numbers_are_words_of_digits_only(form, expected):
    assert is_number(form) is expected


@given(TEXTS, st.sampled_from(["en", "zh", "ja", "th", "tr"]), st.booleans())
@settings(max_examples=300, deadline=None)
def test_spans_of_words_are_valid_and_do_not_overlap_in_any_text(text, language, strip):
    preparation = Preparation(
        strip_html=strip, strip_emoji=strip, fold_accents=strip, lower_case=strip, reading_rules=1
    )
    tokens = list(tokenize(text, preparation, language))
    bounds = [position for token in tokens for position in (token.start, token.end)]
    assert bounds == sorted(bounds)
    assert max(bounds, default=0) <= len(text)
    surfaces = [text[token.start : token.end] for token in tokens]
    assert [token.term for token in tokens] == [normal_form(word, preparation, language) for word in surfaces]
    assert all(token.term for token in tokens)


@given(TEXTS, st.sampled_from(["en", "fr", "zh", "ja", "tr"]), st.booleans())
@settings(max_examples=300, deadline=None)
def test_a_text_is_read_at_its_length_and_words_have_forms_without_fillers(text, language, strip):
    preparation = Preparation(strip_html=strip, strip_emoji=strip, fold_accents=strip, lower_case=strip)
    assert len(as_read(text, preparation, language)) == len(text)
    tokens = list(tokenize(text, preparation, language))
    bounds = [position for token in tokens for position in (token.start, token.end)]
    assert bounds == sorted(bounds)
    assert max(bounds, default=0) <= len(text)
    assert not [token for token in tokens if not token.term or FILLER in token.term or "\n" in token.term]


BASE = r"[\p{L}\p{N}--[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\u30fc\uff70]]"
JOINER = r"[\u00ad\u200c-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
PART = rf"{BASE}(?:\p{{M}}|{JOINER}?(?={BASE}){BASE})*"
WORD = regex.compile(
    rf"{PART}(?:[.'’ʼ＇\-‐‑]{PART})*"
    r"|[[\p{L}\p{N}]&&[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\u30fc\uff70]]\p{M}*",
    flags=regex.V1,
)
INITIALS = regex.compile(r"\p{L}(\.\p{L})+")


@given(TEXTS)
@settings(max_examples=500, deadline=None)
def test_the_kernel_finds_the_same_words_as_a_regular_expression(text):
    text = text.replace("\ufe0f", "")
    starts, ends = find_tokens(characters(text), ROLES, np.zeros(0, np.uint8))
    expected = []
    for match in WORD.finditer(text):
        dotted = INITIALS.fullmatch(match.group()) and text[match.end() : match.end() + 1] == "."
        expected.append((match.start(), match.end() + bool(dotted)))
    assert list(zip(starts.tolist(), ends.tolist())) == expected


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "ab", "ba", "aa", "é"]), st.integers(0, 1)), max_size=30))
@settings(deadline=None)
def test_words_are_numbered_as_by_a_dictionary(words):
    text = " ".join(word for word, _ in words)
    starts, ends = find_tokens(characters(text), ROLES, np.zeros(0, np.uint8))
    numbers, first, _ = number_words(characters(text), starts, ends, np.array([code for _, code in words], np.int32))
    known = {}
    assert numbers.tolist() == [known.setdefault(word, len(known)) for word in words]
    assert first.tolist() == [words.index(word) for word in known]


def test_twenty_thousand_distinct_words_get_distinct_numbers():
    text = " ".join(f"w{i}" for i in range(20_000)) + " w7"
    starts, ends = find_tokens(characters(text), ROLES, np.zeros(0, np.uint8))
    numbers, first, _ = number_words(characters(text), starts, ends, np.zeros(20_001, np.int32))
    assert numbers.tolist() == [*range(20_000), 7]
    assert first.tolist() == list(range(20_000))


def test_anything_but_spaces_separates_neighbours():
    text = "new york, new\n york (city)\tx"
    chars, roles = characters(text), ROLES
    starts, ends = find_tokens(chars, roles, np.zeros(0, np.uint8))
    assert follow_breaks(chars, roles, starts, ends).tolist() == [False, False, True, True, True, True]
