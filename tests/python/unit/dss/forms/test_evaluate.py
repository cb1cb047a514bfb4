import pytest

from text_explorer.corpus.words.preparation import Preparation
from text_explorer.dss.forms.evaluate import read_evaluate_settings
from text_explorer.errors import SettingsError
from text_explorer.summaries.evaluation.rows import EvaluationSettings
from text_explorer.summaries.sentences.settings import TextSettings

COLUMNS = ["id", "review", "short", "gold", "silver", "code"]
CONFIG = {"text_column": "review", "summary_column": "short"}


def test_only_text_and_summary_columns_are_required():
    settings = read_evaluate_settings(CONFIG, COLUMNS)
    assert settings.for_evaluation() == EvaluationSettings(with_references=False)
    assert (settings.language, settings.language_column, settings.reference_columns) == ("auto", None, ())


def test_values_of_the_form_reach_the_measuring():
    config = {
        **CONFIG, "reference_columns": ["gold", "silver", "gold"], "stemming": False, "seed": "7",
        "line_breaks_end_sentences": False, "extra_stop_words": "ACME", "strip_html": False, "language_column": "code",
    }  # fmt: skip
    settings = read_evaluate_settings(config, COLUMNS)
    words = TextSettings(False, Preparation(("ACME",), strip_html=False))
    assert settings.for_evaluation() == EvaluationSettings(stem=False, with_references=True, seed=7, words=words)
    assert settings.reference_columns == ("gold", "silver")
    assert settings.language_column == "code"


def test_a_single_reference_may_come_as_a_name():
    assert read_evaluate_settings({**CONFIG, "reference_columns": "gold"}, COLUMNS).reference_columns == ("gold",)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"text_column": ""}, "'Text column' is empty: fill it in."),
        ({"summary_column": None}, "'Summary column' is empty: fill it in."),
        ({"summary_column": "summary"}, "'Summary column' must be a column of the input, which has: id, review, short"),
        ({"summary_column": "review"}, "'Summary column' must differ from 'Text column'. Got 'review'"),
        ({"reference_columns": ["golden"]}, "'Reference columns' must be columns of the input, which has no golden;"),
        ({"reference_columns": ["gold", "short"]}, "'Reference columns' must not contain the summary column 'short'"),
        ({"stemming": "yes"}, "'Stemming for ROUGE' must be true or false. Got 'yes'."),
        ({"seed": -1}, "'Seed' must be a whole number from 0"),
        ({"language": "xx"}, "'Language' must be one of Automatic, "),
    ],
)
def test_a_bad_setting_is_explained_in_a_sentence(values, message):
    with pytest.raises(SettingsError) as fault:
        read_evaluate_settings({**CONFIG, **values}, COLUMNS)
    assert message in str(fault.value)


def test_all_faults_come_in_one_message():
    with pytest.raises(SettingsError) as fault:
        read_evaluate_settings({"text_column": "no", "reference_columns": ["gold", "x"], "seed": "a"}, COLUMNS)
    assert len(fault.value.faults) == 4
