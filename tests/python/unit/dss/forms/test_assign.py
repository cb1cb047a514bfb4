import pytest

from text_explorer.dss.forms.assign import AssignSettings, read_assign_settings
from text_explorer.errors import SettingsError

COLUMNS = ["text", "code"]


def test_only_the_text_column_is_required():
    assert read_assign_settings({"text_column": "text"}, COLUMNS) == AssignSettings(
        "text", "auto", None, True, 0.0, False
    )


def test_a_hidden_advanced_setting_counts_as_in_flows_saved_before_it_was_advanced():
    config = {"text_column": "text", "language_column": "code", "share_columns": True}
    folded = read_assign_settings({**config, "show_advanced": False}, COLUMNS)
    assert (folded.language_column, folded.share_columns) == ("code", True)
    assert (
        folded
        == read_assign_settings(config, COLUMNS)
        == read_assign_settings({**config, "show_advanced": True}, COLUMNS)
    )


def test_values_of_the_form_are_taken():
    config = {
        "text_column": "text", "language": "de", "language_column": "code", "apply_edits": False, "threshold": 1,
        "share_columns": True, "embedding_column": "code",
    }  # fmt: skip
    assert read_assign_settings(config, COLUMNS) == AssignSettings("text", "de", "code", False, 1.0, True, "code")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"text_column": ""}, "'Text column' is empty: fill it in."),
        ({"text_column": "gone"}, "'Text column' must be a column of the input, which has: text, code. Got 'gone'."),
        ({"language": "Klingon"}, "'Language' must be one of Automatic, "),
        ({"language_column": "gone"}, "'Language column' must be a column of the input"),
        ({"apply_edits": "yes"}, "'Apply webapp edits' must be true or false. Got 'yes'."),
        ({"threshold": 1.5}, "'Minimum topic proportion' must be a number from 0 to 1. Got 1.5."),
        ({"threshold": float("nan")}, "'Minimum topic proportion' must be a number from 0 to 1. Got nan."),
    ],
)
def test_a_bad_setting_is_explained_in_a_sentence(values, message):
    with pytest.raises(SettingsError) as fault:
        read_assign_settings({"text_column": "text", **values}, COLUMNS)
    assert message in str(fault.value)


def test_all_faults_come_in_one_message():
    config = {"text_column": "gone", "language": "x", "language_column": "y", "apply_edits": 1, "threshold": -1}
    with pytest.raises(SettingsError) as fault:
        read_assign_settings(config, COLUMNS)
    assert len(fault.value.faults) == 5
