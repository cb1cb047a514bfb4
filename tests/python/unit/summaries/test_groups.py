import json

import pytest

from tests.python.unit.english_texts import english
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.summaries import group_summaries
from text_explorer.summaries.group_summaries import (
    GroupSummariesTable,
    GroupSummarizer,
    groups_of_texts,
    key_columns,
)
from text_explorer.summaries.groups import GroupedDocuments
from text_explorer.summaries.sentences.settings import SummarySettings, TextSettings


def grouped_documents(rows, max_documents=200, weighted=False, seed=0, named=False):
    grouped = GroupedDocuments(max_documents, weighted=weighted, seed=seed, named=named)
    for row, (key, text, *weight) in enumerate(rows):
        grouped.add((key,), row, row, DocumentText(text, "en"), *weight)
    return grouped


def texts(grouped, key):
    return [entry.document.text for entry in grouped.documents((key,))]


def summarized(grouped, **values):
    return [GroupSummarizer(TextSettings(), SummarySettings(**values))(group) for group in groups_of_texts(grouped)]


def table_of(grouped, n_keyphrases=10, **values):
    table = GroupSummariesTable(n_keyphrases)
    for group in summarized(grouped, **values):
        table.add(group)
    return table.keys, table.table()


def test_documents_stay_in_the_order_read():
    grouped = grouped_documents([("a", "one"), ("b", "two"), ("a", "three"), ("a", None)])
    assert texts(grouped, "a") == ["one", "three"]
    assert grouped.groups[("a",)].n_documents == 2


def test_a_text_that_shows_nothing_counts_as_none():
    rows = [("a", "\ufeff"), ("a", "<p>&nbsp;</p>"), ("a", "Rivers flow."), ("b", "\u200b"), ("a", "😀")]
    _, table = table_of(grouped_documents(rows))
    assert table["n_documents"].tolist() == [2, 0]
    assert table["summary"].tolist() == ["Rivers flow. 😀", None]
    assert table["summary_status"].tolist() == ["short", "empty text"]


def test_a_text_that_shows_nothing_takes_no_place_of_those_drawn():
    rows = [("a", "&nbsp;")] * 50 + [("a", "one"), ("a", "two")]
    assert texts(grouped_documents(rows, max_documents=2), "a") == ["one", "two"]


def test_blank_entities_count_as_text_where_html_is_not_passed_over():
    grouped = GroupedDocuments(9, weighted=False, seed=0, strip_html=False)
    for row, text in enumerate(["&nbsp;", "\ufeff"]):
        grouped.add(("a",), row, row, DocumentText(text, "en"))
    assert texts(grouped, "a") == ["&nbsp;"]


WEIGHED = [("a", "low", 0.1), ("a", "high", 0.9), ("a", "none", None), ("a", "mid", 0.5), ("a", "mid too", 0.5)]


def test_documents_are_sorted_by_decreasing_weight_those_without_one_last():
    assert texts(grouped_documents(WEIGHED, weighted=True), "a") == ["high", "mid", "mid too", "low", "none"]


def test_a_document_is_drawn_the_likelier_the_higher_its_weight():
    rows = [("a", "light", 1.0), ("a", "heavy", 3.0)]
    drawn = [texts(grouped_documents(rows, 1, weighted=True, seed=seed), "a")[0] for seed in range(2000)]
    # Three of four draws, give or take four standard deviations.
    assert abs(drawn.count("heavy") - 1500) < 4 * (2000 * 0.75 * 0.25) ** 0.5


@pytest.mark.parametrize("weight", [None, 0.0, -2.0])
def test_documents_without_a_weight_above_zero_are_drawn_after_all_others(weight):
    rows = [("a", f"weightless {number}", weight) for number in range(20)]
    rows += [("a", f"weighty {number}", 1e-300) for number in range(3)]
    kept = texts(grouped_documents(rows, max_documents=5, weighted=True), "a")
    assert sum(text.startswith("weighty") for text in kept) == 3
    assert len(kept) == 5


def test_a_weighted_sample_does_not_depend_on_the_order_of_the_rows():
    rows = [("a", f"text {number % 40}", 0.1 + number % 7) for number in range(100)]
    kept = sorted(texts(grouped_documents(rows, max_documents=9, weighted=True), "a"))
    assert sorted(texts(grouped_documents(rows[::-1], max_documents=9, weighted=True), "a")) == kept
    assert sorted(texts(grouped_documents(rows, max_documents=9, weighted=True, seed=1), "a")) != kept


def test_a_repeated_text_is_drawn_in_proportion_to_its_count():
    rows = [("a", "same")] * 500 + [("a", f"text {number}") for number in range(500)]
    kept = texts(grouped_documents(rows, max_documents=200), "a")
    assert 70 < kept.count("same") < 130


def test_a_sample_by_ids_does_not_depend_on_the_order_of_the_rows():
    def kept(numbers):
        grouped = GroupedDocuments(4, weighted=False, seed=0, named=True)
        for row, number in enumerate(numbers):
            grouped.add(("a",), row, f"id {number}", DocumentText("same text", "en"))
        return {entry.row_key for entry in grouped.documents(("a",))}

    assert kept(range(30)) == kept(range(29, -1, -1))
    assert len(kept(range(30))) == 4


def test_without_weights_a_seeded_sample_does_not_depend_on_the_order_of_rows():
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


@pytest.mark.parametrize(
    ("texts", "summary"),
    [
        (["Dogs bark loudly."] * 3, "Dogs bark loudly."),
        (["Dogs bark loudly.", "Cats purr.", "Dogs bark loudly."], "Dogs bark loudly. Cats purr."),
    ],
)
@pytest.mark.parametrize("values", [{}, {"redundancy": 0.0}, {"method": "lead"}])
def test_a_short_group_is_given_without_its_repetitions(texts, summary, values):
    _, table = table_of(grouped_documents([("a", text) for text in texts]), budget=3, **values)
    assert table[["n_documents", "n_sentences", "summary", "summary_status"]].values.tolist() == [
        [3, 3, summary, "short"]
    ]


def test_a_short_group_of_one_text_is_given_whole():
    _, table = table_of(grouped_documents([("a", "Dogs bark. Dogs bark.")]), budget=3)
    assert table[["summary", "summary_status"]].values.tolist() == [["Dogs bark. Dogs bark.", "short"]]


def test_a_group_that_fails_gets_a_status_and_the_others_their_summaries(monkeypatch):
    summarize_texts = group_summaries.summarize_texts

    def summarize_or_fail(texts, words, settings):
        if texts == english(["secret"]):
            raise ZeroDivisionError("secret")
        return summarize_texts(texts, words, settings)

    monkeypatch.setattr(group_summaries, "summarize_texts", summarize_or_fail)
    grouped = grouped_documents([("a", "secret"), ("b", "public")])
    assert [group.fault for group in summarized(grouped)] == ["ZeroDivisionError", None]
    assert table_of(grouped)[1]["summary_status"].tolist() == ["error", "short"]


def test_groups_have_no_more_keyphrases_than_wanted():
    grouped = grouped_documents([("a", "Green bridge. Blue river."), ("b", None)])
    _, none = table_of(grouped, n_keyphrases=0)
    _, one = table_of(grouped, n_keyphrases=1)
    assert none["keyphrases"].tolist() == ["[]", "[]"]
    assert one["keyphrases"].tolist() == ['["blue river"]', "[]"]


def test_a_hundred_thousand_texts_of_a_group_are_summarized_from_those_drawn():
    rows = (("a", f"Battery {number} lasts long. Screen {number % 97} is bright.") for number in range(100_000))
    grouped = grouped_documents(rows, max_documents=50)
    _, table = table_of(grouped, budget=2)
    assert table["n_documents"].tolist() == [100_000]
    assert table["n_sentences"].tolist() == [100]


def test_no_groups_make_an_empty_table():
    keys, table = table_of(grouped_documents([]))
    assert keys == []
    assert len(table) == 0


def test_key_columns_keep_their_types():
    table = key_columns([(1, "a"), (None, None)], ["topic", "name"], ["bigint", "string"])
    assert str(table["topic"].dtype) == "Int64"
    assert table["topic"].isna().tolist() == [False, True]
    assert table["name"].tolist() == ["a", None]
