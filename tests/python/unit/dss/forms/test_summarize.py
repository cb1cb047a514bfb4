import pytest

from text_explorer.corpus.words.preparation import Preparation
from text_explorer.dss.forms.summarize import (
    read_summarize_groups_settings,
    read_summarize_settings,
)
from text_explorer.errors import SettingsError
from text_explorer.summaries.sentences.settings import SummarySettings, TextSettings

COLUMNS = ["id", "review", "product", "weight", "code"]


def test_only_the_text_column_is_required():
    settings = read_summarize_settings({"text_column": "review"}, COLUMNS)
    assert settings.for_summaries() == SummarySettings(position_weight=0.5)
    assert (settings.keyphrases, settings.n_processes) == (0, 0)
    assert settings.for_words() == TextSettings()
    assert (settings.language, settings.language_column) == ("auto", None)


def test_only_text_and_group_columns_are_required():
    settings = read_summarize_groups_settings({"text_column": "review", "group_columns": ["product"]}, COLUMNS)
    assert settings.for_summaries() == SummarySettings()
    assert settings.columns == ["product", "review"]
    assert (settings.max_documents, settings.keyphrases) == (200, 10)


def test_groups_read_only_the_columns_they_need():
    config = {
        "text_column": "review",
        "group_columns": ["product"],
        "weight_column": "weight",
        "id_column": "id",
        "language_column": "code",
    }
    settings = read_summarize_groups_settings(config, [*COLUMNS, "other"])
    assert settings.columns == ["product", "review", "code", "id", "weight"]


def test_values_of_the_form_reach_the_rankers():
    config = {
        "text_column": "review",
        "method": "edmundson",
        "bonus_words": ["good", "fine"],
        "stigma_words": ["bad"],
        "budget_unit": "words",
        "budget": 50.0,
        "order": "rank",
        "redundancy": 1,
        "show_advanced": True,
        "min_words": "8",
        "seed": 4,
        "line_breaks_end_sentences": False,
    }
    settings = read_summarize_settings(config, COLUMNS)
    assert settings.for_summaries() == SummarySettings(
        "edmundson", "words", 50, "rank", 1.0, 8, 4, ("good", "fine"), ("bad",)
    )
    assert settings.for_words() == TextSettings(line_breaks_end_sentences=False)


def test_query_and_position_weight_reach_the_rankers():
    config = {"text_column": "review", "method": "centroid", "query": "battery life", "position_weight": 1}
    settings = read_summarize_settings(config, COLUMNS)
    assert settings.for_summaries() == SummarySettings("centroid", query="battery life", position_weight=1.0)


@pytest.mark.parametrize(
    ("preset", "expected"),
    [
        ("article", SummarySettings("lexrank", redundancy=0.3, min_words=3, position_weight=0.5)),
        ("reviews", SummarySettings("lexrank", redundancy=0.3, min_words=3, position_weight=0.0)),
        ("transcript", SummarySettings("sumbasic", redundancy=0.0, min_words=4, position_weight=0.0)),
    ],
)
@pytest.mark.parametrize("left_over", [{}, {"method": "lead", "min_words": 50, "line_breaks_end_sentences": False}])
def test_a_kind_of_text_overrides_the_settings_it_hides(preset, expected, left_over):
    config = {"text_column": "review", "preset": preset, "redundancy": 1.0, "position_weight": 0.9, **left_over}
    texts = read_summarize_settings(config, COLUMNS)
    groups = read_summarize_groups_settings({**config, "group_columns": ["product"]}, COLUMNS)
    assert texts.for_summaries() == groups.for_summaries() == expected
    assert texts.for_words() == TextSettings(line_breaks_end_sentences=True)


@pytest.mark.parametrize("preset", ["article", "reviews", "transcript"])
def test_a_kind_of_text_leaves_length_order_seed_and_query_to_the_user(preset):
    config = {"text_column": "review", "preset": preset, "budget": 9, "order": "rank", "seed": 4, "query": "price"}
    read = read_summarize_settings(config, COLUMNS).for_summaries()
    assert (read.budget, read.order, read.seed, read.query) == (9, "rank", 4, "price")


def test_a_summary_may_be_the_whole_text():
    config = {"text_column": "review", "budget": 100, "budget_unit": "percent"}
    assert read_summarize_settings(config, COLUMNS).for_summaries().budget == 100


def test_the_defaults_of_the_fields_are_those_of_an_article_for_texts_and_of_reviews_for_groups():
    assert read_summarize_settings({"text_column": "review"}, COLUMNS).for_summaries() == (
        read_summarize_settings({"text_column": "review", "preset": "article"}, COLUMNS).for_summaries()
    )
    groups = {"text_column": "review", "group_columns": ["product"]}
    assert read_summarize_groups_settings(groups, COLUMNS).for_summaries() == (
        read_summarize_groups_settings({**groups, "preset": "reviews"}, COLUMNS).for_summaries()
    )


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ({"method": "kl"}, SummarySettings("kl")),
        ({"sumy_compatible": True}, SummarySettings(sumy_compatible=True)),
        ({"redundancy": 0}, SummarySettings(redundancy=0.0, position_weight=0.5)),
        ({"position_weight": 0}, SummarySettings()),
        ({"min_words": 8}, SummarySettings(min_words=8, position_weight=0.5)),
        ({"bonus_words": ["good"], "method": "edmundson"}, SummarySettings("edmundson", bonus_words=("good",))),
        ({"stigma_words": ["bad"], "method": "edmundson"}, SummarySettings("edmundson", stigma_words=("bad",))),
    ],
)
def test_without_a_kind_of_text_a_setting_only_custom_reads_counts(setting, expected):
    config = {"text_column": "review", **setting}
    for_api, for_form = read_summarize_settings(config, COLUMNS), {**config, "preset": "custom"}
    assert for_api.for_summaries() == expected
    assert for_api == read_summarize_settings(for_form, COLUMNS)
    assert for_api.preset == "custom"


@pytest.mark.parametrize("setting", [{"line_breaks_end_sentences": False}, {"bonus_words": ["good"]}, {"preset": ""}])
def test_without_a_kind_of_text_each_setting_of_custom_makes_it_custom_and_an_empty_one_does_not(setting):
    settings = read_summarize_settings({"text_column": "review", "method": "", **setting}, COLUMNS)
    assert settings.preset == ("article" if "preset" in setting else "custom")


def test_the_kind_of_text_is_an_article_and_that_of_groups_reviews():
    config = {"text_column": "review", "group_columns": ["product"], "extra_stop_words": ["good"], "keyphrases": 3}
    assert read_summarize_settings(config, COLUMNS).preset == "article"
    assert read_summarize_groups_settings(config, COLUMNS).preset == "reviews"


@pytest.mark.parametrize("method", ["textrank", "lexrank", "reduction", "kl"])
def test_sentences_as_in_sumy_are_chosen_only_by_score(method):
    config = {"text_column": "review", "method": method, "sumy_compatible": True, "redundancy": 1, "query": "price"}
    read = read_summarize_settings(config, COLUMNS).for_summaries()
    assert read == SummarySettings(method, sumy_compatible=True)
    assert read.follows_sumy


def test_other_methods_are_not_marked_as_sumy_compatible():
    settings = read_summarize_settings({"text_column": "review", "method": "lsa", "sumy_compatible": True}, COLUMNS)
    assert settings.for_summaries() == SummarySettings("lsa")


@pytest.mark.parametrize("method", ["textrank", "lsa", "luhn", "sumbasic", "kl", "reduction", "random"])
def test_the_position_weight_applies_only_to_methods_it_was_measured_with(method):
    config = {"text_column": "review", "method": method, "position_weight": 1.0}
    assert read_summarize_settings(config, COLUMNS).for_summaries() == SummarySettings(method)


def test_settings_of_words_reach_the_tokenizer():
    config = {"text_column": "review", "extra_stop_words": "ACME, great", "strip_hashtags": True, "strip_urls": False}
    words = read_summarize_settings(config, COLUMNS).for_words()
    assert words.preparation == Preparation(("ACME", "great"), strip_hashtags=True, strip_urls=False)


def test_a_language_column_can_be_combined_with_a_fixed_language():
    config = {"text_column": "review", "language": "fr", "language_column": "code"}
    settings = read_summarize_settings(config, COLUMNS)
    assert (settings.language, settings.language_column) == ("fr", "code")


def test_a_field_that_does_not_suit_the_method_counts_as_empty():
    config = {"text_column": "review", "bonus_words": ["good"], "method": "lead", "min_words": 9, "redundancy": 0.9}
    words = {"extra_stop_words": ["good"], "strip_html": False}
    settings = read_summarize_settings({**config, **words}, COLUMNS)
    assert settings.for_summaries() == SummarySettings("lead")
    assert settings.preparation == Preparation()


def test_hiding_advanced_settings_changes_none_of_them():
    config = {
        "text_column": "review", "seed": 4, "min_words": 9, "language_column": "code", "id_column": "id",
        "extra_stop_words": ["good"], "order": "rank", "redundancy": 0.5,
    }  # fmt: skip
    folded = read_summarize_settings({**config, "show_advanced": False}, COLUMNS)
    assert (folded.seed, folded.min_words, folded.order, folded.redundancy) == (4, 9, "rank", 0.5)
    assert (folded.language_column, folded.id_column) == ("code", "id")
    assert folded.preparation.extra_stop_words == ("good",)
    assert folded == read_summarize_settings(config, COLUMNS)
    assert folded == read_summarize_settings({**config, "show_advanced": True}, COLUMNS)


def test_hiding_advanced_settings_of_groups_changes_none_of_them():
    config = {
        "text_column": "review", "group_columns": ["product"], "weight_column": "weight", "max_documents": 9,
        "keyphrases": 4, "show_advanced": False,
    }  # fmt: skip
    folded = read_summarize_groups_settings(config, COLUMNS)
    assert (folded.weight_column, folded.max_documents, folded.keyphrases) == ("weight", 9, 4)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"text_column": ""}, "'Text column' is empty: fill it in."),
        (
            {"text_column": "text"},
            "'Text column' must be a column of the input, which has: id, review, product, weight, code.",
        ),
        (
            {"method": "best"},
            "'Method' must be one of LexRank (suits most texts); Centroid (fastest, nearly as good)",
        ),
        ({"language": "xx"}, "'Language' must be one of Automatic, "),
        ({"language_column": "lang"}, "'Language column' must be a column of the input, which has: id, review"),
        ({"strip_html": "yes"}, "'Ignore HTML' must be true or false. Got 'yes'."),
        ({"budget": 0}, "'Maximum length' must be a whole number from 1 to 1,000,000. Got 0."),
        ({"budget": -1}, "'Maximum length' must be a whole number from 1 to 1,000,000. Got -1."),
        ({"budget": 2.7}, "'Maximum length' must be a whole number from 1 to 1,000,000. Got 2.7."),
        ({"budget": "33.3%"}, "'Maximum length' must be a whole number from 1 to 1,000,000. Got '33.3%'."),
        (
            {"budget": 101, "budget_unit": "percent"},
            "'Maximum length' must be at most 100 where 'Length unit' is Percent of sentences. Got 101.",
        ),
        (
            {"budget_unit": "pages"},
            "'Length unit' must be one of Sentences, Percent of sentences, Words, Characters. Got",
        ),
        (
            {"order": "random"},
            "'Sentence order' must be one of As in the text, Most important first. Got 'random'.",
        ),
        ({"redundancy": 1.5}, "'Avoid repetition' must be a number from 0 to 1. Got 1.5."),
        (
            {"method": "edmundson"},
            "Edmundson (your bonus and stigma words) needs a word in 'Bonus words' or",
        ),
        ({"seed": -1}, "'Seed' must be a whole number from 0"),
        (
            {"preset": "poem"},
            "'Kind of text' must be one of Custom (the settings below), Articles and reports (main points first)"
            ", Reviews and feedback (what many say), Transcripts of meetings and calls. Got 'poem'.",
        ),
        ({"sumy_compatible": 1}, "'Same sentences as sumy' must be true or false. Got 1."),
        ({"query": ["price"]}, "'Focus on (question or keywords)' must be a text. Got ['price']."),
        ({"position_weight": 2}, "'Position weight' must be a number from 0 to 1. Got 2."),
        ({"keyphrases": -1}, "'Number of keyphrases' must be a whole number from 0 to 50. Got -1."),
        ({"n_processes": 65}, "'Number of processes' must be a whole number from 0 to 64. Got 65."),
        ({"min_words": 101}, "'Minimum content words' must be a whole number from 0 to 100."),
    ],
)
def test_a_bad_setting_is_explained_in_a_sentence(values, message):
    with pytest.raises(SettingsError) as fault:
        read_summarize_settings({"text_column": "review", **values}, COLUMNS)
    assert message in str(fault.value)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"group_columns": []}, "'Group columns' is empty: fill it in."),
        ({"group_columns": ["brand"]}, "'Group columns' must be columns of the input, which has no brand;"),
        ({"weight_column": "share"}, "'Weight column' must be a column of the input"),
        ({"max_documents": 0}, "'Maximum documents per group' must be a whole number from 1 to 100,000. Got 0."),
    ],
)
def test_a_bad_setting_of_groups_is_explained_in_a_sentence(values, message):
    with pytest.raises(SettingsError) as fault:
        read_summarize_groups_settings({"text_column": "review", "group_columns": ["product"], **values}, COLUMNS)
    assert message in str(fault.value)


def test_all_faults_come_in_one_message():
    config = {"text_column": "no", "budget": 400, "budget_unit": "percent", "method": "edmundson", "redundancy": 9}
    with pytest.raises(SettingsError) as fault:
        read_summarize_settings(config, COLUMNS)
    assert len(fault.value.faults) == 4
