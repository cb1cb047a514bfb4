"""The message if no word of the texts becomes a term."""

from dataclasses import replace

import pytest

from text_explorer.corpus.document_term_matrix import build_corpus
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.dss.io.empty_vocabulary import EmptyVocabulary, TextSample


def refusal(texts, language="en", of_dataset=(), **options):
    listed = Preparation(**options)
    preparation = replace(listed, extra_stop_words=(*listed.extra_stop_words, *of_dataset))
    sample = TextSample()
    documents = [DocumentText(text, language) for text in texts]
    corpus, statistics = build_corpus(documents, preparation)
    for document in documents:
        sample.add(*document)
    assert corpus.n_terms == 0
    return EmptyVocabulary(
        "review", "Text column", preparation, language, statistics, sample, len(listed.extra_stop_words)
    ).sentence()


ANOTHER = "select another 'Text column'"


@pytest.mark.parametrize(
    ("texts", "options", "expected"),
    [
        (["<p>&nbsp;</p>"] * 3, {}, f"only invisible content, such as empty HTML: {ANOTHER}."),
        (["...", "!?"], {}, f"only symbols, no letters or digits: {ANOTHER}."),
        (["https://example.org/a"], {}, "'Ignore web addresses'"),
        (["ann@example.org"], {}, "'Ignore e-mail addresses'"),
        (["@ann @bob"], {}, "'Ignore @mentions'"),
        (["#tag"], {"strip_hashtags": True}, "'Ignore #hashtags'"),
        (["😀 🎉"], {}, "'Ignore emoji'"),
    ],
)
def test_texts_without_words_are_explained_by_their_content(texts, options, expected):
    rest = expected if expected.endswith(".") else (
        f"only text that {expected} leaves out: switch it off, or {ANOTHER}."
    )  # fmt: skip
    start = f"None of the {len(texts)} documents has a word left to find topics in: the column 'review' contains "
    assert refusal(texts, **options) == start + rest


def test_empty_texts_are_counted():
    start = "None of the 24 documents has a word left to find topics in: "
    assert refusal([None] * 24) == f"{start}all 24 texts in the column 'review' are empty: {ANOTHER}."
    assert "the column 'review' (23 of its 24 texts are empty) contains only symbols" in refusal([None] * 23 + ["..."])
    assert "Of the 1 words in the column 'review' (1 of its 2 texts are empty), all are" in refusal([None, "the"])


@pytest.mark.parametrize(
    ("texts", "options", "expected"),
    [
        (["12 45", "1,990", "7"], {}, f"numbers: switch on 'Keep numbers', or {ANOTHER}."),
        (["the and of"], {}, f"stop words of English: {ANOTHER}, or another language in 'Language'."),
        (["gold silver"] * 20, {}, "in more than 0.5 of the documents: raise 'Maximum share of documents per term' "
         "(0.5), up to 1."),
        (["gold"] * 5, {"min_documents": 9}, "in fewer than 9 documents: set 'Minimum documents per term' (9) to a "
         "lower number."),
        ([f"word{i:03}x" for i in range(120)], {}, "in fewer than 2 documents: set 'Minimum documents per term' (0, "
         "automatic: 2) to a lower number."),
        (["gold coin"], {"min_length": 5}, "shorter than 5 characters: lower 'Minimum term length'. If the "
         "texts are not in English but in a language without spaces, select it in 'Language'."),
        (["x" * 101], {}, f"longer than 100 characters, such as encoded data: {ANOTHER}."),
    ],
)  # fmt: skip
def test_a_step_that_left_out_all_is_named_with_the_column_and_what_to_do(texts, options, expected):
    sentence = refusal(texts, **options)
    assert sentence.startswith(f"None of the {len(texts)} documents has a word left to find topics in. Of the ")
    assert sentence.endswith(f" words in the column 'review', all are {expected}")


def test_all_steps_are_counted_and_the_one_that_took_most_comes_first():
    texts = [*["gold silver copper coin the"] * 20, "1849", *["x1"] * 3]
    sentence = refusal(texts, min_documents=4)
    assert "Of the 104 words in the column 'review', 80 are in more than 0.5 of the documents: raise" in sentence
    assert sentence.index("80 are in more") < sentence.index("20 are stop words") < sentence.index("3 are in fewer")
    assert "1 are numbers" in sentence


@pytest.mark.parametrize(
    ("extra", "of_dataset", "expected"),
    [
        (("gold", "coin"), (), "remove some from 'Additional stop words' (2 entries)."),
        ((), ("gold", "coin", "silver"), "remove some from the dataset of stop words (3 entries)."),
        (
            ("gold",),
            ("coin",),
            "'Additional stop words' (1 entries) or from the dataset of stop words (1 entries).",
        ),
    ],
)
def test_own_stop_words_are_reported_by_source(extra, of_dataset, expected):
    sentence = refusal(["gold coin", "gold"], of_dataset=of_dataset, extra_stop_words=extra)
    assert "all are your own stop words" in sentence
    assert sentence.endswith(expected)


def test_texts_without_spaces_read_in_another_language_point_to_the_language():
    assert "select it in 'Language'" in refusal(["我喜欢北京的天气"] * 3)


def test_several_settings_that_leave_out_all_together_are_all_named():
    sentence = refusal(["https://example.org/a @ann"], strip_urls=True, strip_mentions=True, strip_html=False)
    assert "'Ignore web addresses'" in sentence
