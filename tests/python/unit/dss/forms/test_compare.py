import pytest

from text_explorer.corpus.words.preparation import Preparation
from text_explorer.dss.forms.compare import MAX_SEED, MAX_SEEDS, read_compare_settings
from text_explorer.errors import SettingsError
from text_explorer.topics.model_selection.fits import FitSettings

COLUMNS = ["text", "id", "code"]


def read(**values):
    return read_compare_settings({"text_column": "text", **values}, COLUMNS)


def test_only_the_text_column_is_required():
    settings = read()
    assert (settings.numbers, settings.n_seeds, settings.engine) == ((), 3, "auto")
    assert settings.preparation == Preparation()


@pytest.mark.parametrize(
    ("given", "numbers"),
    [
        ([5, 10, 20], (5, 10, 20)),
        ([20.0, "10", 5, 10], (5, 10, 20)),
        (["5-15 step 5", 40], (5, 10, 15, 40)),
        ("5, 10; 20\n30", (5, 10, 20, 30)),
        ("5-50 step 15", (5, 20, 35, 50)),
        ("2–4", (2, 3, 4)),
        ("10 to 20 STEP 5, 8", (8, 10, 15, 20)),
        ("10-10", (10,)),
        ("5-12 step 5", (5, 10)),
        ("7", (7,)),
        (7, (7,)),
        ("1000,", (1000,)),
    ],
)
def test_numbers_come_as_a_list_a_text_or_ranges_and_are_put_in_order(given, numbers):
    assert read(n_topics_list=given).numbers == numbers


def test_a_range_replaces_the_list():
    assert read(n_topics_list=[5, 6], n_topics_range="10-20 step 10").numbers == (10, 20)
    assert read(n_topics_list=[], n_topics_range="10-20 step 10").numbers == (10, 20)
    assert read(n_topics_list=[5, 6], n_topics_range="").numbers == (5, 6)


def test_each_number_is_trained_with_each_seed():
    settings = read(n_topics_list=[5, 10], n_seeds=2, seed=7, n_iterations=50, alpha=0.2)
    assert settings.fits("gsdmm") == [
        FitSettings("gsdmm", number, seed, 50, 0.2, None) for number in (5, 10) for seed in (7, 8)
    ]


def test_zero_leaves_a_value_to_the_method():
    assert read(n_topics_list=[5], n_seeds=1, alpha=0, beta=0.0, n_iterations=0).fits("gsdmm") == [
        FitSettings("gsdmm", 5, 0)
    ]


def test_priors_too_small_are_refused_as_in_discover_topics():
    with pytest.raises(
        SettingsError, match=r"'Topic-term prior \(beta\)' must be 0 \(automatic\) or a number from 0.0001"
    ):
        read(beta=1e-6)


def test_the_last_seed_is_still_one_of_the_engines():
    seeds = [fit.seed for fit in read(n_topics_list=[5], seed=MAX_SEED, n_seeds=MAX_SEEDS).fits("gsdmm")]
    assert max(seeds) < 2**31


NUMBERS = "must be whole numbers from 2 to 1,000, or ranges such as 5-50 step 5"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"text_column": ""}, "'Text column' is empty: fill it in."),
        ({"n_topics_list": [5, 1, 2000, "x"]}, f"'Numbers of topics' {NUMBERS}, not 1, 2000, 'x'. Got [5, 1, 2000"),
        ({"n_topics_list": [5.5]}, f"'Numbers of topics' {NUMBERS}, not 5.5. Got [5.5]."),
        ({"n_topics_list": [True]}, f"'Numbers of topics' {NUMBERS}, not True. Got [True]."),
        ({"n_topics_list": {"a": 1}}, f"'Numbers of topics' {NUMBERS}"),
        ({"n_topics_list": [None]}, f"'Numbers of topics' {NUMBERS}, not None."),
        ({"n_topics_range": "50-5"}, f"'Range of numbers' {NUMBERS}, not '50-5'. Got '50-5'."),
        ({"n_topics_range": "5-50 step 0"}, f"'Range of numbers' {NUMBERS}, not '5-50 step 0'."),
        ({"n_topics_range": "5-5000 step 5"}, f"'Range of numbers' {NUMBERS}, not '5-5000 step 5'."),
        ({"n_topics_range": "-5"}, f"'Range of numbers' {NUMBERS}, not '-5'."),
        ({"n_topics_range": "5 10"}, f"'Range of numbers' {NUMBERS}, not '5 10'."),
        ({"n_topics_range": " , "}, f"'Range of numbers' {NUMBERS}. Got ' , '."),
        ({"n_topics_range": "2-200"}, "'Range of numbers' must contain at most 100 numbers, not 199. Got '2-200'."),
        ({"n_seeds": 0}, "'Number of seeds' must be a whole number from 1 to 50. Got 0."),
        ({"seed": 2**31 - 1}, "'First seed' must be a whole number from 0 to "),
        (
            {"engine": "both"},
            "'Method' must be one of Automatic, GSDMM (one topic per text; short texts), LDA",
        ),
        ({"max_terms": 9}, "'Maximum vocabulary size' must be a whole number from 10 to 2,000,000. Got 9."),
    ],
)
def test_a_bad_setting_is_explained_in_a_sentence(values, message):
    with pytest.raises(SettingsError) as fault:
        read(**values)
    assert message in str(fault.value)


def test_all_faults_come_in_one_message():
    with pytest.raises(SettingsError) as fault:
        read(text_column="gone", n_topics_list=[1], n_topics_range="x", n_seeds=99, engine="magic", seed=-1)
    assert len(fault.value.faults) == 6


def test_only_fits_of_gsdmm_have_a_weight_of_meaning():
    settings = read(n_topics_list=[5], n_seeds=1, engine="all", embedding_column="code", meaning_weight="low")
    assert settings.fits("gsdmm") == [FitSettings("gsdmm", 5, 0, most_kappa=10.0)]
    assert settings.fits("lda_gibbs") == [FitSettings("lda_gibbs", 5, 0)]
