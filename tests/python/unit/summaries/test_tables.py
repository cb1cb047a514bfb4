import json
import logging

import pytest

from tests.python.unit.english_texts import english
from text_explorer.summaries import summarize, tables
from text_explorer.summaries.settings import SummarySettings, TextSettings
from text_explorer.summaries.tables import sentence_rows, sentences_table, summaries_table, summarize_rows


def test_one_row_a_text_in_their_order(phone_review):
    texts = english([phone_review, None, "Short."])
    table = summaries_table(summarize_rows(texts, TextSettings(), SummarySettings(budget=2)))
    assert list(table.columns) == ["summary", "summary_sentences", "summary_status"]
    assert table["summary_status"].tolist() == ["ok", "empty text", "short"]
    assert table["summary"][1] is None
    assert table["summary_sentences"][1] == "[]"
    (sentence,) = json.loads(table["summary_sentences"][2])
    assert (sentence["start"], sentence["end"], sentence["rank"]) == (0, 6, 1)


@pytest.mark.parametrize("method", ["lexrank", "random", "kl"])
def test_rows_do_not_hang_on_how_they_are_chunked(made_up_text, method):
    texts = english(made_up_text(12, seed) for seed in range(9))
    settings = SummarySettings(method=method)
    whole = summaries_table(summarize_rows(texts, TextSettings(), settings))
    for start in range(0, 9, 2):
        part = summaries_table(summarize_rows(texts[start : start + 2], TextSettings(), settings, first_row=start))
        assert part.to_numpy().tolist() == whole[start : start + 2].to_numpy().tolist()


def test_a_text_that_fails_gets_a_status_and_the_others_their_summaries(monkeypatch, caplog, phone_review):
    ranked = summarize.rank_sentences

    def rank_or_fail(document, settings):
        if "secret" in document.texts[0]:
            raise ZeroDivisionError("secret words of the text")
        return ranked(document, settings)

    monkeypatch.setattr(summarize, "rank_sentences", rank_or_fail)
    texts = english([phone_review, "A secret. Not for logs.", phone_review])
    with caplog.at_level(logging.WARNING):
        table = summaries_table(summarize_rows(texts, TextSettings(), SummarySettings(), first_row=100))
    assert table["summary_status"].tolist() == ["ok", "error", "ok"]
    assert table["summary"].isna().tolist() == [False, True, False]
    assert caplog.messages == ["row 101 could not be summarized (ZeroDivisionError)"]


def test_empty_input_gives_empty_tables():
    assert list(summaries_table([]).columns) == ["summary", "summary_sentences", "summary_status"]
    assert len(sentences_table([])) == 0


def test_sentences_have_their_place_score_and_rank(phone_review):
    (summary,) = summarize_rows(english([phone_review]), TextSettings(), SummarySettings(budget=1))
    table = sentences_table(list(sentence_rows(summary, ["review 7"])))
    assert table["row_key"].unique().tolist() == ["review 7"]
    assert table["sentence_index"].tolist() == [0, 1, 2, 3, 4]
    assert table["sentence"].tolist() == [phone_review[start:end] for start, end in zip(table["start"], table["end"])]
    assert table["chosen"].tolist() == [False, False, True, False, False]
    assert table["rank"].isna().tolist() == [True, True, False, True, True]
    assert str(table["rank"].dtype) == "Int64"


def test_sentence_indices_start_anew_in_each_text():
    summary = summarize.summarize_texts(english(["A dog. A cat.", "A cow."]), TextSettings(), SummarySettings())
    rows = list(sentence_rows(summary, ["a", 7]))
    assert [row[:2] for row in rows] == [("a", 0), ("a", 1), ("7", 0)]


def test_json_keeps_letters_as_they_are():
    assert tables.to_json(["café", 1]) == '["café", 1]'
