import pytest

from text_explorer.corpus.words.preparation import Preparation
from text_explorer.dss.forms.topics import PARAMS, read_topics_settings
from text_explorer.errors import SettingsError
from text_explorer.topics.models.training import EngineSettings

COLUMNS = ["text", "id", "day", "team", "code"]


def test_only_the_text_column_is_required():
    settings = read_topics_settings({"text_column": "text"}, COLUMNS)
    assert settings.for_engine() == EngineSettings()
    assert (settings.language, settings.language_column) == ("auto", None)
    assert settings.preparation == Preparation()


def test_values_of_the_form_reach_engine_and_corpus_also_where_the_form_folds_them_away():
    config = {
        "text_column": "text", "engine": "gsdmm", "n_topics": 300.0, "n_iterations": 30, "alpha": 0.2, "beta": 0.05,
        "seed": 7, "min_documents": 4, "max_document_share": 0.9, "max_terms": 500, "keep_numbers": True,
        "extra_stop_words": ["ACME", "in brief"], "normal_form": "lemma", "phrases": "trigrams",
        "phrase_threshold": 0.7, "phrase_min_count": 3, "min_length": 1, "lower_case": False, "fold_accents": True,
        "strip_emoji": False, "show_advanced": False,
    }  # fmt: skip
    settings = read_topics_settings(config, COLUMNS)
    assert settings.for_engine() == EngineSettings("gsdmm", 300, 30, 0.2, 0.05, 7)
    assert settings.preparation == Preparation(
        extra_stop_words=("ACME", "in brief"), normal_form="lemma", phrases="trigrams", phrase_threshold=0.7,
        phrase_min_count=3, min_documents=4, max_document_share=0.9, max_terms=500, min_length=1, keep_numbers=True,
        lower_case=False, fold_accents=True, strip_emoji=False,
    )  # fmt: skip


def test_settings_of_phrases_count_as_empty_where_none_are_looked_for():
    config = {"text_column": "text", "phrase_scoring": "default", "phrase_threshold": 3, "phrase_min_count": 9}
    assert read_topics_settings(config, COLUMNS).preparation == Preparation()


def test_zero_leaves_a_value_to_the_method():
    settings = read_topics_settings({"text_column": "text", "alpha": 0, "beta": 0.0, "n_iterations": 0}, COLUMNS)
    assert settings.for_engine() == EngineSettings()


@pytest.mark.parametrize(("engine", "used"), [("lda_gensim", True), ("lda_gibbs", False), ("gsdmm", False)])
def test_several_processes_are_a_setting_of_gensim_alone(engine, used):
    config = {"text_column": "text", "engine": engine, "several_processes": True}
    assert read_topics_settings(config, COLUMNS).several_processes is used


@pytest.mark.parametrize("seed", [0, 2**31 - 1])
def test_a_seed_is_a_whole_number_of_31_bits(seed):
    assert read_topics_settings({"text_column": "text", "seed": seed}, COLUMNS).for_engine().seed == seed
    with pytest.raises(SettingsError, match="'Seed' must be a whole number from 0 to 2,147,483,647"):
        read_topics_settings({"text_column": "text", "seed": 2**31}, COLUMNS)


def test_settings_are_written_as_plain_values():
    config = {"text_column": "text", "language_column": "code", "group_columns": ["team", "day", "team"]}
    written = read_topics_settings({**config, "extra_stop_words": ["ACME"]}, COLUMNS).as_dict()
    assert written["group_columns"] == ["team", "day"]
    assert written["extra_stop_words"] == ["ACME"]
    assert (written["language"], written["language_column"], written["phrases"]) == ("auto", "code", "none")
    # The weight of a previous model is written beside that model.
    assert set(written) == {*(param.name for param in PARAMS), "reading_rules"} - {"previous_weight"}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"text_column": None}, "'Text column' is empty: fill it in."),
        ({"n_topics": 1}, "'Number of topics' must be a whole number from 2 to 1,000. Got 1."),
        ({"n_topics": 20.5}, "'Number of topics' must be a whole number from 2 to 1,000. Got 20.5."),
        (
            {"alpha": 1e-7},
            "'Document-topic prior (alpha)' must be 0 (automatic) or a number from 0.0001 to 100. Got 1e-07.",
        ),
        (
            {"beta": 0.00009},
            "'Topic-term prior (beta)' must be 0 (automatic) or a number from 0.0001 to 100. Got 9e-05.",
        ),
        (
            {"engine": "lsa"},
            "'Method' must be one of Automatic, GSDMM (one topic per text; short texts), LDA",
        ),
        ({"language": "Klingon"}, "'Language' must be one of Automatic, "),
        ({"group_columns": ["team", "gone"]}, "'Group columns' must be columns of the input, which has no gone"),
        ({"alpha": -0.1}, "'Document-topic prior (alpha)' must be a number from 0 to 100. Got -0.1."),
        ({"max_document_share": 0}, "'Maximum share of documents per term' must be a number from 0.001 to 1. Got 0."),
        ({"language_column": "gone"}, "'Language column' must be a column of the input, which has: text, id"),
        (
            {"normal_form": "stems"},
            "'Word normalization' must be one of As written, Stemming (Snowball)",
        ),
        (
            {"phrases": "ngrams"},
            "'Phrases' must be one of None, Two words (bigrams), Two or three words (trigrams). Got 'ngrams'.",
        ),
        (
            {"phrases": "bigrams", "phrase_min_count": 0},
            "'Minimum phrase count' must be a whole number from 1 to 1,000,000. Got 0.",
        ),
        ({"min_length": 0}, "'Minimum term length' must be a whole number from 1 to 50. Got 0."),
        ({"max_terms": 9}, "'Maximum vocabulary size' must be a whole number from 10 to 2,000,000. Got 9."),
        ({"keep_numbers": "yes"}, "'Keep numbers' must be true or false. Got 'yes'."),
    ],
)
def test_a_bad_setting_is_explained_in_a_sentence(values, message):
    with pytest.raises(SettingsError) as fault:
        read_topics_settings({"text_column": "text", **values}, COLUMNS)
    assert message in str(fault.value)


def test_all_faults_come_in_one_message():
    with pytest.raises(SettingsError) as fault:
        read_topics_settings({"text_column": "gone", "n_topics": 1, "engine": "magic", "seed": -1}, COLUMNS)
    assert len(fault.value.faults) == 4


@pytest.mark.parametrize(
    ("weight", "column", "kappa"),
    [(None, "code", 30.0), ("low", "code", 10.0), ("high", "code", 60.0), ("none", None, None)],
)
def test_the_weight_of_meaning_is_a_choice_of_words(weight, column, kappa):
    config = {"text_column": "text", "engine": "gsdmm", "embedding_column": "code", "meaning_weight": weight}
    settings = read_topics_settings(config, COLUMNS)
    assert (settings.used_embeddings, settings.for_engine().most_kappa) == (column, kappa)


@pytest.mark.parametrize(("engine", "used"), [("auto", "code"), ("gsdmm", "code"), ("lda_gibbs", None)])
def test_embeddings_are_a_setting_of_gsdmm_alone(engine, used):
    config = {"text_column": "text", "engine": engine, "embedding_column": "code"}
    assert read_topics_settings(config, COLUMNS).used_embeddings == used


def test_without_a_column_of_embeddings_their_weight_has_no_effect():
    settings = read_topics_settings({"text_column": "text", "meaning_weight": "high"}, COLUMNS)
    assert settings.for_engine() == EngineSettings()
