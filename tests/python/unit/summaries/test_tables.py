import json

from tests.python.unit.english_texts import english
from text_explorer.summaries import summarize, tables
from text_explorer.summaries.sentences.settings import SummarySettings, TextSettings
from text_explorer.summaries.summarize import summarize_text
from text_explorer.summaries.tables import sentence_rows, sentences_table, summaries_table, summary_row


def test_each_summary_makes_a_row(phone_review):
    summaries = [summarize_text(text, TextSettings(), SummarySettings(budget=2)) for text in english(["Short.", None])]
    table = summaries_table([summary_row(summary) for summary in summaries])
    assert list(table.columns) == ["summary", "summary_sentences", "summary_status"]
    assert table["summary_status"].tolist() == ["short", "empty text"]
    assert table["summary"][1] is None
    assert table["summary_sentences"][1] == "[]"
    (sentence,) = json.loads(table["summary_sentences"][0])
    assert (sentence["start"], sentence["end"], sentence["rank"]) == (0, 6, 1)


def test_empty_input_makes_empty_tables():
    assert list(summaries_table([]).columns) == ["summary", "summary_sentences", "summary_status"]
    assert list(summaries_table([], keyphrases=True).columns)[-1] == "keyphrases"
    assert len(sentences_table([])) == 0


def test_sentences_have_their_place_score_and_rank(phone_review):
    summary = summarize_text(english([phone_review])[0], TextSettings(), SummarySettings(budget=1))
    table = sentences_table(list(sentence_rows(summary, ["review 7"])))
    assert table["row_key"].unique().tolist() == ["review 7"]
    assert table["sentence_index"].tolist() == [0, 1, 2, 3, 4]
    assert table["sentence"].tolist() == [phone_review[start:end] for start, end in zip(table["start"], table["end"])]
    assert table["chosen"].tolist() == [False, False, True, False, False]
    assert table["rank"].isna().tolist() == [True, True, False, True, True]
    assert str(table["rank"].dtype) == "Int64"


def test_sentences_have_the_chosen_one_that_represents_them():
    text = "Battery life is great. Great battery life! My dog barks. The battery life is great. Dogs bark. Rain fell."
    summary = summarize_text(english([text])[0], TextSettings(), SummarySettings(budget=2, min_words=0))
    table = sentences_table(list(sentence_rows(summary, [0])))
    chosen = table[table["chosen"]]
    assert chosen["sentence"].tolist() == ["Battery life is great.", "My dog barks."]
    assert chosen["n_represented"].tolist() == [3, 2]
    first, second = chosen["rank"].tolist()
    assert table["represented_by"].fillna(0).tolist() == [first, first, second, first, second, 0]
    assert table["n_represented"].isna().tolist() == (~table["chosen"]).tolist()


def test_sentence_indices_start_at_zero_in_each_text():
    summary = summarize.summarize_texts(english(["A dog. A cat.", "A cow."]), TextSettings(), SummarySettings())
    rows = list(sentence_rows(summary, ["a", 7]))
    assert [row[:2] for row in rows] == [("a", 0), ("a", 1), ("7", 0)]


def test_json_keeps_letters_as_they_are():
    assert tables.to_json(["café", 1]) == '["café", 1]'
