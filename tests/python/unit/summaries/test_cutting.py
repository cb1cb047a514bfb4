"""Texts without full stops, and sentences that alone exceed the budget."""

from html import unescape
from random import Random

import pytest

from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.summaries.cutting import MAX_CHARACTERS, MAX_WORDS, PIECE_WORDS
from text_explorer.summaries.sentences.settings import METHODS, SUMY_COMPATIBLE, SummarySettings, TextSettings
from text_explorer.summaries.summarize import summarize_text, summarize_texts

WORDS = ("so", "valve", "at", "the", "broken", "looked", "we", "and", "on", "pump", "leak", "supplier", "line")
CHINESE, THAI = "我们昨天去了北京的市场买了很多东西" * 60, "เมื่อวานเราไปตลาดและซื้อของมากมาย" * 60


def stream(n_words, mark="", every=9, seed=0):
    """Draw a text without a full stop, with a mark behind some of its words."""
    words = Random(seed).choices(WORDS, k=n_words)
    return " ".join(word + mark * (i % every == every - 1) for i, word in enumerate(words))


def summarize(text, unit, budget, language="en", method="lexrank", **values):
    settings = SummarySettings(method=method, budget_unit=unit, budget=budget, bonus_words=("pump",), **values)
    return summarize_text(DocumentText(text, language), TextSettings(), settings)


def pieces(summary):
    return [summary.document.texts[0][sentence.start : sentence.end] for sentence in summary.chosen]


@pytest.mark.parametrize("mark", ["", ";", ",", ":"])
@pytest.mark.parametrize(("unit", "budget", "most_words"), [
    ("words", 100, 100), ("words", 7, 7), ("sentences", 3, 3 * PIECE_WORDS), ("percent", 10, 5 * PIECE_WORDS),
    ("characters", 200, 200),
])  # fmt: skip
@pytest.mark.parametrize("method", METHODS)
def test_a_text_without_full_stops_is_cut(method, unit, budget, most_words, mark):
    text = stream(1_880, mark)
    summary = summarize(text, unit, budget, method=method)
    assert summary.status == "cut to the budget"
    assert 0 < len(summary.text.split()) <= most_words
    assert unit != "characters" or len(summary.text) <= budget
    assert summary.text == " ".join(pieces(summary))


@pytest.mark.parametrize(("n_characters", "is_cut"), [(MAX_CHARACTERS, False), (MAX_CHARACTERS + 1, True)])
def test_tags_and_repeated_spaces_do_not_make_a_sentence_too_long(n_characters, is_cut):
    shown = "harbour " * 100 + "x" * (n_characters - 801) + "."
    summary = summarize(shown.replace(" ", " <b></b>  ") + " The pump leaks." * 9, "sentences", 3)
    assert (len(shown), len(summary.document.sentences) > 10) == (n_characters, is_cut)


@pytest.mark.parametrize("method", SUMY_COMPATIBLE)
def test_like_sumy_whole_sentences_are_ranked_and_the_best_is_cut_to_the_budget(method):
    text = stream(400) + ". " + stream(300, seed=1) + "."
    summary = summarize(text, "words", 50, method=method, sumy_compatible=True)
    assert (summary.status, len(summary.chosen)) == ("cut to the budget", 1)
    assert any(part.startswith(summary.text) for part in text.split(". "))
    assert len(summary.text.split()) == 50
    in_sentences = summarize(text, "sentences", 1, method=method, sumy_compatible=True)
    assert (in_sentences.status, len(in_sentences.chosen)) == ("ok", 1)
    assert in_sentences.text.startswith(summary.text)


@pytest.mark.parametrize(
    ("language", "mark", "text"),
    [
        ("en", ";", stream(600, ";")),
        ("ar", "،", "اشتريت الكتاب أمس من المكتبة الكبيرة، " * 60),
        ("ar", "؛", "اشتريت الكتاب أمس من المكتبة الكبيرة؛ " * 60),
        ("zh", "，", "我们昨天去了北京的市场买了很多东西，" * 60),
        ("zh", "；", "我们昨天去了北京的市场买了很多东西；" * 60),
        ("ja", "、", "昨日は東京の市場でたくさんの野菜を買いました、" * 60),
    ],
)
def test_cuts_fall_behind_the_marks_of_clauses(language, mark, text):
    summary = summarize(text, "characters", 120, language)
    assert summary.status == "cut to the budget"
    assert len(summary.text) <= 120
    assert {piece[-1] for piece in pieces(summary)} == {mark}


@pytest.mark.parametrize(("unit", "budget"), [("words", 12), ("characters", 30), ("sentences", 2)])
@pytest.mark.parametrize(
    ("language", "text"),
    [("zh", CHINESE), ("th", THAI), ("en", "x" * 3_000 + " y" * 40)],
)
def test_texts_without_spaces_are_cut_between_words_or_characters(language, text, unit, budget):
    summary = summarize(text, unit, budget, language, min_words=0)
    assert summary.status == "cut to the budget"
    assert len(summary.text) <= (budget if unit == "characters" else 2 * MAX_CHARACTERS)
    assert summary.text in text or summary.text == " ".join(pieces(summary))


@pytest.mark.parametrize("n_words", [10, 25])
def test_a_budget_that_ends_with_a_word_keeps_the_word(n_words):
    summary = summarize("市场→" * 400, "characters", 3 * n_words - 1, "zh", "lead")
    assert summary.text == "市场→" * (n_words - 1) + "市场"


def test_no_character_is_cut_from_its_marks():
    text = "e\u0301" * 3_000
    summary = summarize(text, "characters", 31, "en", min_words=0)
    assert (summary.text, summary.status) == ("e\u0301" * 15, "cut to the budget")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("unit", "budget"), [("words", 5), ("words", 1), ("characters", 30), ("characters", 1)])
def test_where_no_sentence_fits_the_best_is_cut_at_its_end(method, unit, budget):
    text = "The old bridge crosses the wide and cold river near the harbour. Engines burn fuel, oil and much coal."
    summary = summarize(text, unit, budget, method=method)
    assert summary.status == "cut to the budget"
    assert len(summary.chosen) == 1
    assert text.startswith(summary.text) or f". {summary.text}" in text
    assert 0 < len(summary.text if unit == "characters" else summary.text.split()) <= budget


def test_the_part_that_is_left_is_a_sentence_of_its_own_with_the_same_score():
    text = "Engines burn heavy fuel, oil and much coal of the north."
    summary = summarize(text, "words", 5)
    assert [summary.document.text_of(index) for index in range(2)] == [
        "Engines burn heavy fuel,", "oil and much coal of the north.",
    ]  # fmt: skip
    assert summary.scores[0] == summary.scores[1]


def test_a_cut_leaves_brackets_and_quotation_marks_to_what_follows():
    text = "Engines burn heavy fuel (oil and much coal) of the north."
    assert summarize(text, "words", 4).text == "Engines burn heavy fuel"


@pytest.mark.parametrize("text", ["Trains leave at 10:30:15,55 for AT&amp;T and https://example.org/a;b:c today"])
def test_marks_inside_numbers_addresses_and_entities_end_no_clause(text):
    words = unescape(text).split()
    found = {summarize(text, "characters", budget).text for budget in range(12, len(text))}
    assert found <= {" ".join(words[:n]) for n in range(1, len(words) + 1)}


def test_a_short_sentence_beside_an_endless_one_is_not_all_that_is_summarized():
    summary = summarize("Hello and welcome. " + stream(900), "words", 100)
    assert summary.status == "cut to the budget"
    assert len(summary.text.split()) > PIECE_WORDS


def test_whole_sentences_of_a_text_with_an_endless_one_are_ok():
    sentence = "The pump of the supplier leaks at the valve."
    text = f"{sentence} " + stream(MAX_WORDS + 50)
    summary = summarize(text, "sentences", 1, method="lead")
    assert (summary.text, summary.status) == (sentence, "ok")


@pytest.mark.parametrize("n_words", [MAX_WORDS - 10, MAX_WORDS])
def test_a_long_sentence_is_no_endless_one(n_words):
    text = stream(n_words) + "."
    assert (summarize(text, "sentences", 1).text, summarize(text, "sentences", 1).status) == (text, "short")


def test_an_overlong_text_within_the_budget_is_unchanged():
    text = stream(400)
    assert (summarize(text, "words", 400).text, summarize(text, "words", 400).status) == (text, "short")
    assert (summarize(text, "percent", 100).text, summarize(text, "percent", 100).status) == (text, "short")
    assert len(summarize(text, "words", 400).chosen) == 1


def test_tags_count_neither_as_words_nor_as_length():
    link = f'The <a href="{"x" * 1_500}">old pump</a> leaks at the valve.'
    assert summarize(f"{link} Trains leave.", "sentences", 1, method="lead").text == link


def test_endless_texts_of_a_group_are_cut_with_places_in_their_own_texts():
    texts = [stream(700, ",", seed=1), "The pump leaks.", stream(500, seed=2)]
    settings = SummarySettings(budget_unit="words", budget=100)
    summary = summarize_texts([DocumentText(text, "en") for text in texts], TextSettings(), settings)
    assert summary.status == "cut to the budget"
    assert len(summary.text.split()) <= 100
    assert summary.text == " ".join(texts[s.source][s.start : s.end] for s in summary.chosen)


@pytest.mark.parametrize("text", [stream(700, ","), CHINESE, "x" * 3_000 + " y" * 300])
def test_pieces_hold_all_of_the_text_and_all_of_its_words(text):
    summary = summarize(text, "words", 20, "zh" if "我" in text else "en", min_words=0)
    sentences = summary.document.sentences
    ends = [0, *(sentence.end for sentence in sentences)]
    between = [text[end : sentence.start] for end, sentence in zip(ends, sentences)]
    assert set("".join(between)) <= {" "}
    assert sentences[-1].end == len(text)
    whole = summarize(text, "words", 10_000, "zh" if "我" in text else "en", min_words=0)
    assert [w for s in sentences for w in s.words] == [w for s in whole.document.sentences for w in s.words]


FRAGMENTS = "OK.\nRefund.\nOn 12.\nAll at 00:00:03.\nThanks.\nOn 1 2 3 4 5 6.\n"
WHOLE = ["The machine broke after two days.", "The technician found a torn seal."]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("unit", "budget"), [("words", 14), ("characters", 80), ("sentences", 9), ("percent", 60)])
def test_room_is_not_filled_with_fragments(method, unit, budget):
    summary = summarize(FRAGMENTS + "\n".join(WHOLE) + "\n" + FRAGMENTS, unit, budget, method=method)
    assert summary.status == "ok"
    assert pieces(summary) == WHOLE


@pytest.mark.parametrize("method", METHODS)
def test_the_room_of_a_group_is_not_filled_with_fragments(method):
    texts = [DocumentText(text, "en") for text in (FRAGMENTS, "\n".join(WHOLE), FRAGMENTS)]
    settings = SummarySettings(method, budget=9, bonus_words=("pump",))
    summary = summarize_texts(texts, TextSettings(), settings)
    assert (summary.text, summary.status) == (" ".join(WHOLE), "ok")


@pytest.mark.parametrize(("unit", "budget"), [("words", 12), ("characters", 12), ("sentences", 3), ("percent", 20)])
def test_a_text_of_only_fragments_is_summarized_by_those_with_content_words(unit, budget):
    summary = summarize(FRAGMENTS * 3, unit, budget)
    assert summary.status == "only fragments"
    assert {"Refund.", "Thanks."} >= set(pieces(summary)) > set()


def test_where_only_fragments_fit_the_best_sentence_is_cut():
    summary = summarize("OK. Thanks. The technician found a torn seal inside the old machine of Lisbon.", "words", 6)
    assert (summary.text, summary.status) == ("The technician found a torn seal", "cut to the budget")


def test_a_group_within_the_budget_keeps_its_fragments():
    texts = [DocumentText(text, "en") for text in ("OK.", "The technician found a torn seal.", "Thanks.")]
    summary = summarize_texts(texts, TextSettings(), SummarySettings(budget_unit="words", budget=50))
    assert (summary.text, summary.status) == ("OK. The technician found a torn seal. Thanks.", "short")
