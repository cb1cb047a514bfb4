import sqlite3
from types import SimpleNamespace

import numpy as np
import pytest

from text_explorer.explorer.index.reader import RowsCache
from text_explorer.explorer.terms.cooccurrence import LARGEST_SAMPLE, mean_npmi, occurrences, sample_of


def found(*rows):
    return np.array([[mark == "x" for mark in row] for row in rows], dtype=np.bool_)


def test_terms_that_always_go_together_have_one():
    assert mean_npmi(found("xx..", "xx..")) == pytest.approx(1, abs=1e-6)


def test_terms_that_never_meet_have_about_minus_one():
    assert mean_npmi(found("xx..", "..xx")) == pytest.approx(-0.95, abs=0.05)


def test_independent_terms_have_zero():
    assert mean_npmi(found("xx..", "x.x.")) == pytest.approx(0, abs=1e-6)


def test_a_value_worked_out_by_hand():
    # p(a) = p(b) = 1/2, p(a, b) = 3/8: log(1.5) / -log(0.375)
    assert mean_npmi(found("xxxx....", "xxx.x...")) == pytest.approx(np.log(1.5) / -np.log(0.375))


def test_terms_found_nowhere_are_left_out():
    assert mean_npmi(found("xx..", "....", "xx..")) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("marks", [found("x..."), found("....", "...."), found("xxxx", "xxxx"), found("x", "x")])
def test_where_nothing_is_known_there_is_no_value(marks):
    assert mean_npmi(marks) is None


@pytest.mark.parametrize("n_rows", [0, 1, 20_000])
def test_few_documents_are_all_looked_at(n_rows):
    assert sample_of(n_rows) == ((0,), n_rows)


@pytest.mark.parametrize("n_rows", [20_001, 1_000_000, 7_654_321])
def test_of_many_documents_stretches_at_equal_distances_are_looked_at(n_rows):
    sample = sample_of(n_rows)
    assert sample.n_documents == 20_000
    distances = np.diff([*sample.first_rows, n_rows])
    assert distances.min() >= sample.length  # no document is drawn twice
    assert distances.max() - distances.min() <= 1


class TextsIndex:
    """The part of an opened index that terms are looked up in."""

    def __init__(self, texts):
        self.connection = sqlite3.connect(":memory:")
        self.connection.execute("CREATE TABLE documents (row INTEGER PRIMARY KEY, text TEXT)")
        self.connection.execute(
            "CREATE VIRTUAL TABLE documents_text USING fts5(text, content='documents', content_rowid='row')"
        )
        rows = list(enumerate(texts))
        self.connection.executemany("INSERT INTO documents VALUES (?, ?)", rows)
        self.connection.executemany("INSERT INTO documents_text (rowid, text) VALUES (?, ?)", rows)
        self.documents = SimpleNamespace(n_rows=len(texts))
        self.rows_cache = RowsCache()


def test_terms_phrases_and_words_of_unspaced_scripts_are_found_in_their_documents():
    index = TextsIndex(["New York, 東京都", "york new", "in NEW YORK", "", "東京と大阪", '"'])
    terms = ["new york", "york", "東京", "大阪", "absent", '"', 'new" OR "york', "*"]
    for _ in range(2):  # found, then kept
        marks = ["".join("x" if held else "." for held in row) for row in occurrences(index, terms)]
        assert marks == ["x.x...", "xxx...", "x...x.", "....x.", "......", ".....x", "......", "......"]


def test_only_the_sample_is_looked_at():
    texts = ["cats" if row % 2 else "dogs" for row in range(LARGEST_SAMPLE * 2)]
    found = occurrences(TextsIndex(texts), ["cats", "dogs"])
    assert found.shape == (2, LARGEST_SAMPLE)
    assert (found[0] != found[1]).all()
    assert found[0].mean() == pytest.approx(0.5, abs=0.01)
