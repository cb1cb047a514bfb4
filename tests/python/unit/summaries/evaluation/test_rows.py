import logging
import math

import numpy as np
import pytest

from text_explorer.columns import names_of
from text_explorer.summaries.evaluation import columns
from text_explorer.summaries.evaluation import rows as evaluation
from text_explorer.summaries.evaluation.rows import (
    EvaluatedRow,
    EvaluationSettings,
    evaluate_row,
    evaluate_rows,
    row_key,
)
from text_explorer.summaries.evaluation.tables import evaluation_table

TEXT = "The battery lasts long. I like red. The battery charges fast. Bye now."
MEASURES = [measure.name for measure in columns.measures(with_references=True)]


def figure(found, measure, system="summary"):
    return found.values[columns.SYSTEMS.index(system), MEASURES.index(measure)]


def test_first_sentences_and_their_summary_differ_in_nothing():
    found = evaluate_row(
        EvaluatedRow(TEXT, "en", "The battery lasts long. I like red.", ("Red battery.",)), EvaluationSettings()
    )
    assert np.array_equal(found.values[0], found.values[1], equal_nan=True)
    assert found.text_size == (13, 4)
    assert found.summary_size == (7, 2)


def test_rows_are_independent():
    rows = [EvaluatedRow(TEXT, "en", "I like red.", ("Red.",)), EvaluatedRow("Dogs bark. Cats purr.", "en", "Dogs", ())]
    together = [found.values for found in evaluate_rows(rows, EvaluationSettings())]
    alone = [evaluate_row(row, EvaluationSettings()).values for row in rows]
    np.testing.assert_array_equal(together, alone)


@pytest.mark.parametrize(
    ("text", "summary", "references", "status"),
    [
        (TEXT, "Red.", ("Red.",), "ok"),
        (TEXT, "Red.", (), "no reference"),
        (TEXT, None, ("Red.",), "no summary"),
        (TEXT, "😀!", ("Red.",), "no summary"),
        (TEXT, "<br>", ("Red.",), "no summary"),
        (None, "Red.", ("Red.",), "empty text"),
        ("<p></p>", "Red.", (), "empty text"),
        ("\ufeff", "Red.", ("Red.",), "empty text"),
        (TEXT, "<p>&nbsp;</p>", ("Red.",), "no summary"),
        (None, None, (), "no summary"),
        ("😀", "Red.", ("😀",), "no reference"),
        ("😀", "Red.", ("Red.",), "ok"),
        ("\ud800 lone", "lone \ud800", ("\udfff",), "no reference"),
        ("\ud800 lone", "lone \ud800", ("\udfff lone",), "ok"),
        ("a", "a", ("a",), "ok"),
        ("x" * 100_000, "x" * 50_000, ("x",), "ok"),
        ("no end " * 3_000, "no end " * 1_000, ("no end " * 1_000,), "ok"),
        ("A. " * 3_000, "A. " * 2_000, ("A. " * 1_000,), "ok"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_odd_rows_have_a_status_and_figures_in_range(text, summary, references, status):
    found = next(evaluate_rows([EvaluatedRow(text, "en", summary, references)], EvaluationSettings()))
    assert found.status == status
    shares = [place for place, name in enumerate(MEASURES) if "density" not in name and "compression" not in name]
    figures = found.values[:, shares]
    assert ((figures >= 0) & (figures <= 1) | np.isnan(figures)).all()
    assert np.isnan(found.values).all() == (status == "no summary" or (text == "<p></p>"))


@pytest.mark.parametrize("reference", ["-", "...", "😀", "<br>", "\ufeff", "&nbsp;", "<p>&#160;</p>", "。"])
@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_a_reference_without_a_word_counts_as_none(reference, language):
    without = evaluate_row(EvaluatedRow(TEXT, language, "I like red.", ()), EvaluationSettings())
    found = evaluate_row(EvaluatedRow(TEXT, language, "I like red.", (reference,)), EvaluationSettings())
    assert (found.status, found.n_references) == ("no reference", 0)
    assert np.array_equal(found.values, without.values, equal_nan=True)
    assert math.isnan(figure(found, "rouge_1_f1"))


@pytest.mark.parametrize(
    ("language", "reference"), [("en", "n/a"), ("en", "5"), ("en", "привет"), ("fr", "é"), ("zh", "好")]
)
def test_a_reference_with_a_word_counts_though_nothing_is_shared(language, reference):
    found = evaluate_row(EvaluatedRow(TEXT, language, "Я", (reference,)), EvaluationSettings())
    assert (found.status, found.n_references, figure(found, "rouge_1_f1")) == ("ok", 1, 0.0)


def test_references_without_a_word_are_ignored():
    row = EvaluatedRow(TEXT, "en", "I like red.", ("-", "I like blue.", "😀"))
    found = evaluate_row(row, EvaluationSettings())
    assert (found.status, found.n_references) == ("ok", 1)
    assert figure(found, "rouge_1_f1") == pytest.approx(2 / 3)


def test_a_reference_without_a_word_has_no_rouge_where_the_text_is_missing():
    found = evaluate_row(EvaluatedRow(None, "en", "I like red.", ("...",)), EvaluationSettings())
    assert (found.status, found.n_references) == ("empty text", 0)
    assert np.isnan(found.values).all()


def test_a_row_that_fails_is_logged_by_number_and_does_not_affect_others(monkeypatch, caplog):
    def fail_on_red(texts, settings):
        if texts[0].text == "red":
            raise RuntimeError("secret text")
        return read(texts, settings)

    read = evaluation.read_document
    monkeypatch.setattr(evaluation, "read_document", fail_on_red)
    rows = [EvaluatedRow(text, "en", "Dogs bark.", ("Dogs.",)) for text in ("red", TEXT)]
    with caplog.at_level(logging.WARNING):
        found = list(evaluate_rows(rows, EvaluationSettings(), first_row=40))
    assert [row.status for row in found] == ["error", "ok"]
    assert "row 40 could not be evaluated (RuntimeError)" in caplog.text
    assert "secret" not in caplog.text


def test_rows_of_one_content_have_one_key_and_others_another():
    row = EvaluatedRow("ab", "en", "c", ("d",))
    others = [
        row._replace(text="a", summary="bc"), row._replace(text=None), row._replace(summary=None),
        row._replace(references=()), row._replace(references=("d", "d")), row._replace(language="fr"),
    ]  # fmt: skip
    assert row_key(row) == row_key(EvaluatedRow("ab", "en", "c", ("d",)))
    assert len({row_key(other) for other in (row, *others)}) == 7


@pytest.mark.parametrize("with_references", [True, False])
def test_the_table_has_the_columns_of_the_schema_for_any_number_of_rows(with_references):
    settings = EvaluationSettings(with_references=with_references)
    rows = [EvaluatedRow(TEXT, "en", "I like red.", ()), EvaluatedRow(TEXT, "en", None, ())]
    names = names_of(columns.evaluation_columns(with_references=with_references))
    assert len(set(names)) == len(names)
    for n_rows in (0, 1, 2):
        table = evaluation_table(list(evaluate_rows(rows[:n_rows], settings)), with_references=with_references)
        assert list(table) == names
        assert len(table) == n_rows
        assert table[columns.SUMMARY_WORDS].dtype == "Int64"


def test_a_fixed_language_of_another_script_loses_no_words():
    row = EvaluatedRow("Новый телефон. Он хорош.", "en", "Новый телефон.", ("Телефон новый.",))
    found = evaluate_row(row, EvaluationSettings())
    assert figure(found, "rouge_1_f1") == 1.0
    assert math.isclose(figure(found, "rouge_l_f1"), 0.5)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("The caf&eacute; is warm.", "The café is warm."),
        ("We don&#39;t like it.", "We don't like it."),
        ("Fish &amp;amp; chips.", "Fish & chips."),
        ("W&#97;rm bread.", "Warm bread."),
        (r"Great soup\nKind waiters.", "Great soup\nKind waiters."),
        (r"Great caf\u00e9\xa0here.", "Great café here."),
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_rouge_reads_entities_and_escapes_as_what_they_stand_for(written, read, language):
    def measured(summary, reference):
        found = evaluate_row(EvaluatedRow("A dog. A cat.", language, summary, (reference,)), EvaluationSettings())
        return [figure(found, name) for name in ("rouge_1_f1", "rouge_2_f1", "rouge_lsum_f1")]

    assert measured(written, read) == measured(read, written) == measured(read, read)
    assert measured(written, read)[0] == 1
