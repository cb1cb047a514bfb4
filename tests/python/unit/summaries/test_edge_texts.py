"""Every method on texts on which other packages fail, hang, repeat sentences or return nothing."""

import warnings

import pytest

from text_explorer.cells import text_of
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.summaries.sentences.settings import (
    BASELINES,
    METHODS,
    SUMY_COMPATIBLE,
    SummarySettings,
    TextSettings,
)
from text_explorer.summaries.summarize import summarize_text

BULLETS = "- battery lasts long\n- battery charges fast\n- camera takes sharp pictures\n* battery and camera are great"
LOOKING_AT_WORDS = [method for method in METHODS if method not in BASELINES]


def summarize(cell, method, language="en", **values):
    settings = SummarySettings(**{"method": method, "min_words": 0, "bonus_words": ("battery",), **values})
    with warnings.catch_warnings():
        # One for each row would flood the log.
        warnings.simplefilter("error")
        return summarize_text(DocumentText(text_of(cell), language), TextSettings(), settings)


def pieces(summary):
    """Return the sentences of a summary by their indices in the text."""
    return [summary.document.texts[0][sentence.start : sentence.end] for sentence in summary.chosen]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("cell", [None, float("nan"), "", "   ", "\n\t\n", "<p>\n</p>", "\ufeff", "<p>&nbsp;</p>"])
def test_no_text_has_no_summary_rather_than_one_of_nan(cell, method):
    summary = summarize(cell, method)
    assert (summary.text, summary.chosen, summary.status) == (None, (), "empty text")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("cell", "text"), [(5, "5"), (2.5, "2.5"), ("None", "None"), ("nan", "nan"), ("😀", "😀")])
def test_a_number_or_a_word_is_a_short_text(cell, text, method):
    summary = summarize(cell, method, budget=1)
    assert (summary.text, summary.status) == (text, "short")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("text", ["It was the. And of. To be.", "😀\n🎉\n👍", "...\n!!!\n???"])
def test_a_text_without_content_words_has_its_first_sentences_and_a_status(text, method):
    summary = summarize(text, method, budget=2)
    assert summary.status == "no content word"
    assert [sentence.sentence_index for sentence in summary.chosen] == [0, 1]


@pytest.mark.parametrize("method", METHODS)
def test_numbers_are_content(method):
    summary = summarize("2020. 1945. 2020 and 1945.", method, budget=2)
    assert summary.status == "ok"
    assert len(summary.chosen) == 2


@pytest.mark.parametrize("method", LOOKING_AT_WORDS)
def test_six_equal_sentences_are_summarized_by_one(method):
    summary = summarize("Rivers flow east. " * 6, method, budget=2)
    assert (summary.text, summary.status) == ("Rivers flow east.", "ok")


@pytest.mark.parametrize("method", LOOKING_AT_WORDS)
def test_no_sentence_is_chosen_twice_however_often_it_is_said(method):
    text = "Battery life is great. My dog barks. Battery life is great. Rain fell in Lisbon. Battery life is great."
    chosen = pieces(summarize(text, method, budget=3))
    assert sorted(chosen) == ["Battery life is great.", "My dog barks.", "Rain fell in Lisbon."]


@pytest.mark.parametrize("method", SUMY_COMPATIBLE)
def test_like_sumy_repetition_is_kept(method):
    summary = summarize("Rivers flow east. " * 6, method, budget=2, sumy_compatible=True)
    assert pieces(summary) == ["Rivers flow east."] * 2


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("text", "n_sentences"),
    [
        ("THE BATTERY LASTS LONG. THE BATTERY CHARGES FAST. IBM MAKES NO PHONE. A CAMERA. BYE NOW.", 5),
        (BULLETS, 4),
        ("no punctuation here\nno capital letter either\nonly lines of words\nno more than that", 4),
        ("Ünïcödé 🚀 text. Zwölf Boxkämpfer. Ｆｕｌｌ width. e\u0301 combined.", 4),
    ],
)
def test_capitals_bullets_and_bare_lines_are_whole_sentences(text, n_sentences, method):
    summary = summarize(text, method, budget=2)
    assert summary.document.n_sentences == n_sentences
    assert summary.status == "ok"
    assert len(summary.chosen) == 2
    assert summary.text == " ".join(pieces(summary))


@pytest.mark.parametrize("method", METHODS)
def test_one_endless_line_is_cut(method):
    summary = summarize("rivers flow east and west " * 200, method, budget=1)
    assert (summary.status, len(summary.chosen)) == ("cut to the budget", 1)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("language", ["km", "en"])
def test_more_sentences_than_words_and_languages_without_stop_words_do_no_harm(language, method):
    summary = summarize("Rain. Snow. Rain snow. Snow rain rain. Rain. Snow.", method, language, budget=2)
    assert summary.status == "ok"
    assert len(summary.chosen) == 2


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("unit", ["words", "characters", "percent"])
def test_a_summary_has_one_sentence_however_small_the_budget(unit, method):
    summary = summarize("Rivers flow east. Engines burn fuel. Dogs bark loudly.", method, budget_unit=unit, budget=1)
    assert len(summary.chosen) == 1


@pytest.mark.parametrize("method", METHODS)
def test_lone_surrogates_and_zero_characters_pass(method):
    summary = summarize("A \ud800 broken text. A \x00 zero text. A whole text.", method, budget=2)
    assert summary.status == "ok"
    assert len(summary.chosen) == 2
