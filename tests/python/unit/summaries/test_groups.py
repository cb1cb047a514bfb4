import json
import logging

import pytest

from tests.python.unit.english_texts import english
from text_explorer.corpus.text_languages import DocumentText
from text_explorer.summaries import group_summaries
from text_explorer.summaries.group_summaries import GroupSummariesTable, key_columns, summarize_groups
from text_explorer.summaries.groups import GroupedDocuments
from text_explorer.summaries.settings import SummarySettings, TextSettings


def grouped_documents(rows, max_documents=200, weighted=False, seed=0):
    grouped = GroupedDocuments(max_documents, weighted=weighted, seed=seed)
    for row, (key, text, *weight) in enumerate(rows):
        grouped.add((key,), row, row, DocumentText(text, "en"), *weight)
    return grouped


def texts(grouped, key):
    return [entry.document.text for entry in grouped.documents((key,))]


def table_of(grouped, **values):
    table = GroupSummariesTable()
    for group in summarize_groups(grouped, TextSettings(), SummarySettings(**values)):
        table.add(group)
    return table.keys, table.table()


def test_documents_stay_in_the_order_read():
    grouped = grouped_documents([("a", "one"), ("b", "two"), ("a", "three"), ("a", None)])
    assert texts(grouped, "a") == ["one", "three"]
    assert grouped.groups[("a",)].n_documents == 2


def test_of_a_large_group_the_highest_weights_are_kept_first_among_equals_the_earlier_row():
    rows = [("a", "low", 0.1), ("a", "high", 0.9), ("a", "none", None), ("a", "mid", 0.5), ("a", "mid too", 0.5)]
    assert texts(grouped_documents(rows, max_documents=2, weighted=True), "a") == ["high", "mid"]
    assert texts(grouped_documents(rows, weighted=True), "a") == ["high", "mid", "mid too", "low", "none"]


def test_without_weights_a_seeded_draw_is_kept_whatever_the_order_of_rows():
    rows = [("a", f"text {number}") for number in range(50)]
    kept = set(texts(grouped_documents(rows, max_documents=5), "a"))
    assert len(kept) == 5
    assert set(texts(grouped_documents(rows[::-1], max_documents=5), "a")) == kept
    assert set(texts(grouped_documents(rows, max_documents=5, seed=1), "a")) != kept


def test_no_more_documents_are_held_than_will_be_summarized():
    grouped = grouped_documents([("a", f"text {number}") for number in range(1000)], max_documents=3)
    assert len(grouped.groups[("a",)].kept) == 3
    assert grouped.groups[("a",)].n_documents == 1000


@pytest.mark.parametrize(
    ("keys", "expected"),
    [([10, None, 9, -1], [-1, 9, 10, None]), (["10", "9", None, "b"], ["10", "9", "b", None])],
)
def test_numbers_are_sorted_by_size_texts_by_letters_and_empty_values_come_last(keys, expected):
    assert [key for (key,) in grouped_documents([(key, "text") for key in keys]).sorted_keys()] == expected


def test_each_group_has_a_row_with_its_sources():
    rows = [
        (2, "Battery life is great. My dog barks."),
        (1, None),
        (2, "This battery has a great life span. The battery is great."),
    ]
    keys, table = table_of(grouped_documents(rows), budget=2, min_words=0)
    assert keys == [(1,), (2,)]
    assert table["summary_status"].tolist() == ["empty text", "ok"]
    assert table["n_documents"].tolist() == [0, 2]
    assert table["n_sentences"].tolist() == [0, 4]
    sources = json.loads(table["summary_sources"][1])
    pieces = [rows[source["row_key"]][1][source["start"] : source["end"]] for source in sources]
    assert " ".join(pieces) == table["summary"][1]
    assert "dog" not in table["summary"][1]


def test_group_within_the_budget_is_short():
    _, table = table_of(grouped_documents([("a", "One dog."), ("a", "Two cats.")]))
    assert table["summary"].tolist() == ["One dog. Two cats."]
    assert table["summary_status"].tolist() == ["short"]


def test_a_group_that_fails_gets_a_status_and_the_others_their_summaries(monkeypatch, caplog):
    summarized = group_summaries.summarize_texts

    def summarize_or_fail(texts, words, settings):
        if texts == english(["secret"]):
            raise ZeroDivisionError("secret")
        return summarized(texts, words, settings)

    monkeypatch.setattr(group_summaries, "summarize_texts", summarize_or_fail)
    with caplog.at_level(logging.WARNING):
        _, table = table_of(grouped_documents([("a", "secret"), ("b", "public")]))
    assert table["summary_status"].tolist() == ["error", "short"]
    assert caplog.messages == ["group 1 of the output could not be summarized (ZeroDivisionError)"]


def test_no_groups_give_an_empty_table():
    keys, table = table_of(grouped_documents([]))
    assert keys == []
    assert len(table) == 0


def test_key_columns_keep_their_types():
    table = key_columns([(1, "a"), (None, None)], ["topic", "name"], ["bigint", "string"])
    assert str(table["topic"].dtype) == "Int64"
    assert table["topic"].isna().tolist() == [False, True]
    assert table["name"].tolist() == ["a", None]
