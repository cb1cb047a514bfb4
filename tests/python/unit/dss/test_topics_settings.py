import pytest

from text_explorer.dss.topics_settings import read_topics_settings
from text_explorer.errors import SettingsError
from text_explorer.topics.engines import EngineSettings

COLUMNS = ["text", "id", "day", "team"]


def test_the_text_column_alone_is_enough():
    settings = read_topics_settings({"text_column": "text"}, COLUMNS)
    assert settings.for_engine() == EngineSettings()
    assert settings.language == "auto"
    words = settings.for_words("en", [])
    assert (words.min_documents, words.max_document_share, words.keep_numbers) == (0, 0.5, False)


def test_values_of_the_form_reach_engine_and_corpus_also_where_the_form_folds_them_away():
    config = {
        "text_column": "text", "engine": "gsdmm", "n_topics": 300.0, "n_iterations": 30, "alpha": 0.2, "beta": 0.05,
        "seed": 7, "min_documents": 4, "max_document_share": 0.9, "max_terms": 500, "keep_numbers": True,
        "extra_stop_words": ["ACME"], "show_advanced": False,
    }  # fmt: skip
    settings = read_topics_settings(config, COLUMNS)
    assert settings.for_engine() == EngineSettings("gsdmm", 300, 30, 0.2, 0.05, 7)
    words = settings.for_words("fr", ["Société"])
    assert words.extra_stop_words == {"acme", "société"}
    assert (words.language, words.min_documents, words.max_document_share, words.max_terms) == ("fr", 4, 0.9, 500)


def test_zero_leaves_a_value_to_the_method():
    settings = read_topics_settings({"text_column": "text", "alpha": 0, "beta": 0.0, "n_iterations": 0}, COLUMNS)
    assert settings.for_engine() == EngineSettings()


def test_settings_are_written_as_plain_values():
    config = {"text_column": "text", "group_columns": ["team", "day", "team"]}
    assert read_topics_settings(config, COLUMNS).as_dict()["group_columns"] == ["team", "day"]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"text_column": None}, "'Text column' is empty: fill it in."),
        ({"n_topics": 1}, "'Number of topics' must be a whole number from 2 to 1,000. Got 1."),
        ({"n_topics": 20.5}, "'Number of topics' must be a whole number from 2 to 1,000. Got 20.5."),
        ({"engine": "lsa"}, "'Method' must be one of auto, lda_gensim, gsdmm. Got 'lsa'."),
        ({"language": "Klingon"}, "'Language' must be one of auto, "),
        ({"group_columns": ["team", "gone"]}, "'Group columns' must be columns of the input, which has no gone"),
        ({"alpha": -0.1}, "'Document-topic prior (alpha)' must be a number from 0 to 100. Got -0.1."),
        ({"max_document_share": 0}, "'Maximum share of documents per term' must be a number from 0.001 to 1. Got 0."),
        ({"keep_numbers": "yes"}, "'Keep numbers' must be true or false. Got 'yes'."),
    ],
)
def test_a_bad_setting_is_told_in_a_sentence(values, message):
    with pytest.raises(SettingsError) as fault:
        read_topics_settings({"text_column": "text", **values}, COLUMNS)
    assert message in str(fault.value)


def test_all_faults_come_in_one_message():
    with pytest.raises(SettingsError) as fault:
        read_topics_settings({"text_column": "gone", "n_topics": 1, "engine": "magic", "seed": -1}, COLUMNS)
    assert len(fault.value.faults) == 4
