import pytest

from tests.python.unit.english_texts import english
from text_explorer.summaries import rows as row_summaries
from text_explorer.summaries import summarize
from text_explorer.summaries.rows import RowSummarizer, batches
from text_explorer.summaries.sentences.settings import SummarySettings, TextSettings


def summarized(texts, first_row=0, **values):
    """Return the rows, the rows of sentences and the faults of all batches."""
    work = RowSummarizer(TextSettings(), SummarySettings(method=values.pop("method", "lexrank")), **values)
    rows, sentences, faults = [], [], []
    for batch in batches(english(texts), range(first_row, first_row + len(texts)), first_row):
        done = work(batch)
        rows += done.rows
        sentences += done.sentences
        faults += done.faults
    return rows, sentences, faults


def test_one_row_a_text_in_their_order(phone_review):
    rows, sentences, faults = summarized([phone_review, None, "Short."])
    assert [status for *_, status in rows] == ["ok", "empty text", "short"]
    assert (sentences, faults) == ([], [])


def test_keyphrases_follow_the_other_columns_where_requested(phone_review):
    rows, _, _ = summarized([phone_review, None], n_keyphrases=1)
    assert [keyphrases for *_, keyphrases in rows] == ['["long hours"]', "[]"]


def test_sentences_name_their_row(phone_review):
    _, sentences, _ = summarized([None, phone_review, "Short."], first_row=7, with_sentences=True)
    assert [row_key for row_key, *_ in sentences] == ["8"] * 5 + ["9"]


@pytest.mark.parametrize("method", ["lexrank", "random", "kl"])
def test_rows_do_not_depend_on_batches_and_chunks(made_up_text, monkeypatch, method):
    texts = [made_up_text(12, seed) for seed in range(9)]
    options = {"method": method, "n_keyphrases": 3, "with_sentences": True}
    whole = summarized(texts, **options)
    monkeypatch.setattr(row_summaries, "BATCH_ROWS", 2)
    chunks = [summarized(texts[start : start + 5], start, **options) for start in (0, 5)]
    assert tuple(first + second for first, second in zip(*chunks)) == whole


def test_batches_hold_consecutive_rows_up_to_their_limits(monkeypatch):
    monkeypatch.setattr(row_summaries, "BATCH_ROWS", 3)
    monkeypatch.setattr(row_summaries, "BATCH_CHARACTERS", 10)
    texts = english(["one", None, "three", "a long text of many characters", "five", None, None, None])
    made = list(batches(texts, "abcdefgh", 100))
    assert [batch.first_row for batch in made] == [100, 103, 104, 107]
    assert [batch.row_keys for batch in made] == [["a", "b", "c"], ["d"], ["e", "f", "g"], ["h"]]
    assert [text for batch in made for text in batch.texts] == texts


def test_no_row_makes_no_batch():
    assert list(batches([], [], 0)) == []


def test_a_text_that_fails_gets_a_status_and_the_others_their_summaries(monkeypatch, phone_review):
    ranked = summarize.rank_sentences

    def rank_or_fail(document, settings):
        if "secret" in document.texts[0]:
            raise ZeroDivisionError("secret words of the text")
        return ranked(document, settings)

    monkeypatch.setattr(summarize, "rank_sentences", rank_or_fail)
    texts = [phone_review, "A secret. Not for logs.", phone_review]
    rows, sentences, faults = summarized(texts, first_row=100, n_keyphrases=2, with_sentences=True)
    assert rows[1] == (None, "[]", "error", "[]")
    assert [status for _, _, status, _ in rows] == ["ok", "error", "ok"]
    assert {row_key for row_key, *_ in sentences} == {"100", "102"}
    assert faults == [(101, "ZeroDivisionError")]
