"""Texts as exports, web pages, mails and tweets have them are read as they are meant."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.python.unit.corpus.words.test_tokens import TEXTS
from text_explorer.corpus.document_term_matrix import bags_of_words, build_corpus
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.word_spans import word_spans
from text_explorer.corpus.word_stream import TextBatch, readable_characters
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.corpus.words.reading import as_read
from text_explorer.corpus.words.tokens import tokenize

# The same text gives the same words on every interpreter and with every release of the libraries.
pytestmark = pytest.mark.oldest

PREPARATION = Preparation(min_documents=1, max_document_share=1.0)


def read(text, language="en", **options):
    """Return the words of a text, each with what stands in the text."""
    return {token.term: text[token.start : token.end] for token in tokenize(text, Preparation(**options), language)}


def terms(*texts, language="en", **options):
    """Return the terms of a corpus."""
    preparation = Preparation(min_documents=1, max_document_share=1.0, **options)
    corpus, _ = build_corpus([DocumentText(text, language) for text in texts], preparation, n_workers=1)
    return set(corpus.vocabulary.terms)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "caf&eacute; M&uuml;ller", {"café": "caf&eacute;", "müller": "M&uuml;ller"}),
        ("en", "r&amp;eacute;ception", {"réception": "r&amp;eacute;ception"}),
        ("en", "doesn&#39;t didn&rsquo;t", {"doesn't": "doesn&#39;t", "didn't": "didn&rsquo;t"}),
        ("en", "clean &amp;amp; dry&nbsp;room", {"clean": "clean", "dry": "dry", "room": "room"}),
        ("en", "R&amp;D and Q&As;", {"r&d": "R&amp;D", "and": "and", "q&as": "Q&As"}),
        ("en", "C&#43;&#43; or C&#35;", {"c++": "C&#43;&#43;", "or": "or", "c#": "C&#35;"}),
        ("de", "Stra&szlig;e &Ouml;l&#x2F;Gas", {"straße": "Stra&szlig;e", "öl": "&Ouml;l", "gas": "Gas"}),
        ("fr", "l&#39;&eacute;quipe", {"équipe": "l&#39;&eacute;quipe"}),
        ("es", "a&ntilde;o, &iquest;qu&eacute;?", {"año": "a&ntilde;o", "qué": "qu&eacute;"}),
        ("fa", "می&zwnj;خواهم", {"می\u200cخواهم": "می&zwnj;خواهم"}),
        ("zh", "&#22825;&#27668;", {"天气": "&#22825;&#27668;"}),
        ("nl", "&Eacute;&eacute;n re&euml;el", {"één": "&Eacute;&eacute;n", "reëel": "re&euml;el"}),
        ("en", "caf&eacute&nbsp ni&ntildea it&#39s", {"café": "caf&eacute", "niña": "ni&ntildea", "it": "it&#39s"}),
        ("en", "fogamp;#8230;amp;#8221; day amp; night", {"fog": "fog", "day": "day", "night": "night"}),
        ("en", "\\xa0caf\\u00e9 caf\\xc3\\xa9 na\\xefve", {"café": "caf\\xc3\\xa9", "naïve": "na\\xefve"}),
        ("fr", "l\\u2019\\u00e9quipe d\\'Oran", {"équipe": "l\\u2019\\u00e9quipe", "oran": "d\\'Oran"}),
        ("en", "log_x000D_\nbook R\\&D \\ud83d\\ude00", {"log": "log", "book": "book", "r&d": "R\\&D"}),
    ],
)  # fmt: skip
def test_entities_are_read_inside_words(language, text, expected):
    assert read(text, language) == expected


@pytest.mark.parametrize(
    "text",
    [
        '&lt;a href="https://a.example/x?y=1&amp;z=2"&gt;gold&lt;/a&gt;',
        "&amp;lt;b class=&amp;quot;x&amp;quot;&amp;gt;gold&amp;lt;/b&amp;gt;",
        "&lt;A HREF=\"http://www.a.example/q.aspx?t=X target=/stocks/quick\"&gt;gold&lt;/A&gt;",
        "&lt;!-- note --&gt;gold&lt;br/&gt;",
    ],
)  # fmt: skip
def test_an_escaped_tag_is_a_tag(text):
    assert list(read(text)) == ["gold"]


@pytest.mark.parametrize("piece", ["&amp;", "amp;", "&", "RT ", "\\\\u00e9", "it ' "])
def test_no_number_of_repeated_marks_is_too_many(piece):
    text = piece * 5000 + "lt; gold"
    assert "gold" in read(text)
    assert len(as_read(text, PREPARATION, "en")) == len(text)


def test_a_sign_of_comparison_that_was_escaped_hides_nothing():
    assert list(read("gold &lt; silver &gt; tin")) == ["gold", "silver", "tin"]


@pytest.mark.parametrize("apostrophe", "'’ʼ＇´`′‘‛")
def test_every_kind_of_apostrophe_joins_a_contraction(apostrophe):
    text = f"don{apostrophe}t won{apostrophe}t didn{apostrophe}t gold"
    assert terms(text) == {"gold"}
    assert list(read(f"l{apostrophe}eau", "fr")) == ["eau"]


@pytest.mark.parametrize(
    "text",
    [
        "dont im ive didnt wont isnt youre cant thats theyll couldnt",
        "do n't ca n't wo n't it 's they 're I 'd",
        "do n’t didn' t it ' s they ’ ve",
        "couldn't've I'd've they\\'ll we''ve y'all yall gonna wanna 'em 'tis kinda",
        "don t didn t isn t",
        "she's he'll they'd we've who's",
    ],
)
def test_contractions_are_stop_words_however_they_are_written(text):
    assert terms(f"{text} gold") == {"gold"}


def test_words_that_look_like_contractions_stay():
    assert {"hell", "shell", "shed", "wed"} <= terms("hell shell shed wed")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Great food\nFriendly staff\n\nClean", ["great", "food", "friendly", "staff", "clean"]),
        (r"dirty\r\nTowels\tNoisy", ["dirty", "towels", "noisy"]),
        (r"shower\npillow\tcarpet", ["shower", "pillow", "carpet"]),
        (r"Zimmer laut.\nFrühstück gut", ["zimmer", "laut", "frühstück", "gut"]),
        (r"Good.\nSee C:\new\tools", ["good", "see", "c", "new", "tools"]),
        (r"open docs\readme.txt now", ["open", "docs", "readme.txt", "now"]),
        (r"the rate $\nu$ and \tau", ["the", "rate", "nu", "and", "tau"]),
        (r"dirty\\nTowels\\r\\nNoisy", ["dirty", "towels", "noisy"]),
        ("wet_x000D_\nfloor_x000D_ cold", ["wet", "floor", "cold"]),
        (r"warm\xa0bed\u00a0soft\u2003down", ["warm", "bed", "soft", "down"]),
        (r"C:\xampp\users and x\y", ["c", "xampp", "users", "and", "x", "y"]),
    ],
)
def test_escaped_white_space_is_white_space_but_paths_and_formulas_stay(text, expected):
    assert list(read(text)) == expected


def test_a_word_cut_at_a_line_end_is_joined_as_it_stands_elsewhere():
    texts = ["an gar-\nden of gold", "garden", "a well-\r\n  known mine", "well-known"]
    assert terms(*texts) == {"garden", "gold", "well-known", "mine"}


def test_a_cut_word_keeps_its_hyphen_where_only_its_parts_stand_elsewhere():
    assert {"silver-plated", "silver", "plated"} == terms("silver-\nplated", "plated silver")
    assert "goldschmied" in terms("der Gold-\nschmied", "Gold", language="de")
    assert {"vor", "und"} <= set(read("vor-\nund nachher", "de"))


def test_a_cut_word_is_counted_in_new_texts_as_in_training():
    texts = [DocumentText(text, "en") for text in ("gar-\nden", "garden", "well-\nknown", "well-known", "well-known")]
    corpus, _ = build_corpus(texts, PREPARATION, n_workers=1)
    again = bags_of_words(texts, corpus.vocabulary, PREPARATION, n_workers=1)
    assert corpus.vocabulary.terms == ("garden", "well-known")
    assert again.indices.tolist() == corpus.indices.tolist() == [0, 0, 1, 1, 1]


@pytest.mark.parametrize(
    "text",
    [
        "RT @ann: gold", "so RT @ann gold", "rt @ann @bob: gold", "RT: @ann gold", "RT RT @ann gold", "“RT @ann gold",
        'RT "@ann: gold"', "RT gold", "RT: gold", "RT! gold", '  "RT gold', "RT https://a.example gold",
        "MT @ann gold", "so gold HT @ann", "gold RT @ann",
    ],
)  # fmt: skip
def test_the_mark_of_a_retweet_is_not_a_word(text):
    assert set(read(text)) - {"so"} == terms(text) == {"gold"}


@pytest.mark.parametrize("text", ["an RT value", "rt so true", "RT-PCR or RTL: RT", "Art RT", "the HT cable"])
def test_rt_elsewhere_is_a_word(text):
    assert {"rt", "ht"} & set(read(text))


@given(st.lists(TEXTS, max_size=4), st.sampled_from(["en", "fr", "zh"]))
@settings(max_examples=300, deadline=None)
def test_every_text_that_is_not_read_as_written_is_found(texts, language):
    preparation = Preparation()
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    found = readable_characters(TextBatch(texts, lengths, [language] * len(texts)), preparation)[1]
    assert {doc for doc, text in enumerate(texts) if as_read(text, preparation, language) != text} <= set(found)


def test_the_possessive_of_a_plural_is_the_plural():
    text = "companies' gold, companies’ tin, companies&rsquo; lead, the companies"
    corpus, _ = build_corpus([DocumentText(text, "en")], PREPARATION, n_workers=1)
    assert dict(zip(corpus.vocabulary.terms, corpus.vocabulary.term_counts.tolist())) == {
        "companies": 4, "gold": 1, "lead": 1, "tin": 1
    }  # fmt: skip


def test_an_english_possessive_is_the_word_itself():
    text = "The company's gold, company’s COMPANY&#39;S"
    corpus, _ = build_corpus([DocumentText(text, "en")], PREPARATION, n_workers=1)
    assert corpus.vocabulary.terms == ("company", "gold")
    found = word_spans(DocumentText(text, "en"), corpus.vocabulary, PREPARATION)
    assert [text[start:end] for start, end in zip(found.starts, found.ends)] == [
        "company's", "gold", "company’s", "COMPANY&#39;S",
    ]  # fmt: skip
    assert list(read("Peter's", "de")) == ["peter's"]


@pytest.mark.parametrize("mask", ["xx", "XXXX", "XXXX/XX/2020", "xxx-xx-xxxx", "XX00", "aaaa", "****", "-----", "ааа"])
def test_masks_and_runs_of_one_letter_are_not_terms(mask):
    assert terms(f"{mask} gold") == {"gold"}


@pytest.mark.parametrize("word", ["sooo", "xxl", "llama", "öö", "b-52"])
def test_other_words_with_repeated_letters_are_terms(word):
    assert terms(f"{word} gold") == {word, "gold"}


def test_words_of_one_letter_twice_are_terms_in_scripts_without_spaces():
    assert "妈妈" in terms("妈妈", language="zh")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The WHO and the US met", {"WHO", "US", "met"}),
        ("our IT team asked who told us about it", {"IT", "team", "asked", "told"}),
        ("WHO TOLD US ABOUT IT AND THE MINE", {"told", "mine"}),
        ("The mine is open.\nPLEASE TELL US ABOUT IT TODAY", {"mine", "open", "today"}),
    ],
)
def test_names_in_capitals_are_not_stop_words_where_case_tells(text, expected):
    assert terms(text) == expected


def test_own_stop_words_leave_out_names_in_capitals():
    assert terms("the US mint", extra_stop_words=("US",)) == {"mint"}
    assert terms("the US mint", normal_form="lemma") == {"US", "mint"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C++ and C#, F# or g++.", ["c++", "and", "c#", "f#", "or", "g++"]),
        (".NET (.NET) Node.js ASP.NET", [".net", ".net", "node.js", "asp.net"]),
        ("R&D, AT&T and H&M's Q&A", ["r&d", "at&t", "and", "h&m", "q&a"]),
        ("LGBTQ+ A+ a+b x#y 5+ rock & roll", ["lgbtq+", "a+", "a", "b", "x", "y", "5", "rock", "roll"]),
        ("end .The next this&that", ["end", "the", "next", "this", "that"]),
    ],
)
def test_names_keep_their_signs(text, expected):
    assert [token.term for token in tokenize(text, Preparation(), "en")] == expected


def test_older_models_read_words_as_at_their_training():
    text = "caf&eacute; RT @ann exam-\nple C++ AT&T company's US don´t \\xa0x caf\\u00e9 it ' s amp; &nbsp a_x000D_"
    words = [token.term for token in tokenize(text, Preparation(reading_rules=1), "en")]
    assert words == [
        "caf", "rt", "exam", "ple", "c", "at", "t", "company's", "us", "don", "t", "xa0x", "caf", "u00e9", "it", "s",
        "amp", "nbsp", "a", "x000d",
    ]  # fmt: skip
