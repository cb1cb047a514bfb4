"""Settings of the form, of the manifest, and what the data have."""

from __future__ import annotations

from datetime import date

import pytest

from text_explorer.errors import SettingsError
from text_explorer.explorer.loading.settings import resolve_settings

COLUMNS = ["id", "text", "body", "topic_id", "topic_status"]


def test_the_form_wins_over_the_manifest():
    settings = resolve_settings({"text_column": "body"}, {"settings": {"text_column": "text"}}, COLUMNS)
    assert settings.text_column == "body"


def test_a_column_left_empty_comes_from_the_manifest():
    manifest = {"engine": "gsdmm", "settings": {"text_column": "text", "id_column": "id", "seed": 7}}
    settings = resolve_settings({"text_column": "", "id_column": None}, manifest, COLUMNS)
    assert (settings.text_column, settings.id_column, settings.engine) == ("text", "id", "gsdmm")
    assert settings.model["seed"] == 7


def test_without_text_column_the_setting_is_named():
    with pytest.raises(SettingsError, match="The setting 'Text column' of this webapp is empty"):
        resolve_settings({}, None, COLUMNS)


def test_all_faults_are_reported_together():
    with pytest.raises(SettingsError) as caught:
        resolve_settings({"text_column": "gone", "id_column": "lost"}, None, ["text"])
    assert len(caught.value.faults) == 3
    assert "no column 'topic_id'" in str(caught.value)
    assert "'gone'" in str(caught.value)
    assert "'lost'" in str(caught.value)


def test_a_text_column_of_the_model_that_is_gone_is_named():
    with pytest.raises(SettingsError, match="trained on the column 'gone'"):
        resolve_settings({}, {"settings": {"text_column": "gone"}}, COLUMNS)


def test_an_id_column_of_the_model_that_is_gone_is_done_without():
    assert resolve_settings({}, {"settings": {"text_column": "text", "id_column": "gone"}}, COLUMNS).id_column is None


def test_added_columns_go_by_the_names_in_use():
    manifest = {
        "settings": {"text_column": "text"},
        "columns": {"document_topics": {"topic_id": "topic_id_1", "topic_label": "topic_label"}},
    }
    settings = resolve_settings({}, manifest, ["text", "topic_id", "topic_id_1", "topic_status"])
    assert settings.topic_columns == {"topic_id": "topic_id_1", "topic_status": "topic_status"}


def test_documents_scored_by_a_model_have_its_own_topics_since_the_page_makes_the_edits_itself():
    columns = ["text", "topic_id", "topic_label", "topic_status", "model_topic_id", "unknown_word_share"]
    settings = resolve_settings({}, {"settings": {"text_column": "text"}}, columns)
    assert settings.topic_columns == {"topic_id": "model_topic_id", "topic_status": "topic_status"}


def test_a_malformed_manifest_is_tolerated():
    settings = resolve_settings({"text_column": "text"}, {"settings": [], "columns": 3, "engine": None}, COLUMNS)
    assert settings.topic_columns["topic_id"] == "topic_id"


def test_what_the_page_shows_of_the_model_is_kept():
    manifest = {
        "engine": "gsdmm",
        "settings": {"text_column": "text", "seed": 7},
        "n_words": 30,
        "n_topics": "many",
        "super_topics": ["a, b", 3],
        "quality": {"coherence_npmi": 0.1, "map_stress": None, "diversity": float("nan"), "coherence_reference": "r"},
    }
    settings = resolve_settings({}, manifest, COLUMNS)
    assert (settings.model["n_words"], settings.model["n_topics"]) == (30, None)
    assert (settings.model["super_topics"], settings.model["model_id"]) == (["a, b", "3"], None)
    assert settings.quality["coherence_npmi"] == 0.1
    assert settings.quality["coherence_reference"] == "r"
    assert (settings.quality["map_stress"], settings.quality["diversity"]) == (None, None)


@pytest.mark.parametrize("quality", [None, [], "high", {"coherence_npmi": "high"}])
def test_quality_that_cannot_be_read_is_unknown(quality):
    settings = resolve_settings({"text_column": "text"}, {"quality": quality, "super_topics": 3}, COLUMNS)
    assert set(settings.quality.values()) == {None}
    assert settings.model["super_topics"] == []


OURS = ["topic_id", "topic_label", "topic_distribution", "topic_share_0", "summary_sentences"]
LONG = "x" * 99


def reviews(n_rows=6):
    """Make columns of reviews with the columns recipes add, whose texts are the longest."""
    rows = range(n_rows)
    columns = {
        "key": [f"r{row}" for row in rows],
        "title": [f"Short {row}" for row in rows],
        "note": [LONG, *[""] * (n_rows - 1)],
        "review": [f"The battery of phone {row} lasts a whole day." for row in rows],
        "stars": [row % 3 for row in rows],
        "posted": [f"2024-03-0{1 + row % 9}T00:00:00.000Z" for row in rows],
        "product": [("phone", "tablet")[row % 2] for row in rows],
        "country": [("US", "", "FR")[row % 3] for row in rows],
    }
    return {**columns, **dict.fromkeys(OURS, [LONG * 9] * n_rows)}


def guessed(data, config=(), manifest=None):
    return resolve_settings(
        dict(config), manifest, list(data), lambda columns: {column: data[column] for column in columns}
    )


def test_without_a_model_the_longest_texts_dates_and_groups_are_guessed_and_named_in_a_note():
    settings = guessed(reviews())
    assert (settings.text_column, settings.date_column) == ("review", "posted")
    assert settings.group_columns == ("product", "country")
    assert settings.id_column is None
    assert settings.notes == (
        "Without a model folder, these columns were guessed from the data. Text column: review; Date column: posted; "
        "Group columns: product, country. To use others, select 'Model', or the columns under 'Show advanced "
        "settings', in the settings of this webapp.",
    )


def test_what_the_form_selects_is_not_guessed():
    config = {"text_column": "title", "date_column": "posted", "group_columns": ["country"]}
    settings = guessed(reviews(), config)
    assert (settings.text_column, settings.date_column, settings.group_columns) == ("title", "posted", ("country",))
    assert settings.notes == ()
    assert guessed(reviews(), {"text_column": "title", "id_column": "product"}).group_columns == ("country",)


def test_with_a_model_nothing_is_guessed():
    settings = guessed(reviews(), manifest={"settings": {"text_column": "title"}})
    assert (settings.text_column, settings.date_column, settings.group_columns) == ("title", None, ())
    assert settings.notes == ()


def test_dates_may_be_of_the_type_date_or_texts_a_few_of_which_are_no_dates():
    data = reviews(20)
    days = [date(2024, 1, 1 + row) for row in range(20)]
    assert guessed({**data, "posted": days}).date_column == "posted"
    assert guessed({**data, "posted": ["2024-01-01", "unknown"] * 10}).date_column is None
    assert guessed({**data, "posted": ["unknown", *map(str, days[1:])]}).date_column == "posted"
    assert guessed({**data, "posted": ["unknown", "", *map(str, days[1:17]), "?", "-"]}).date_column is None


@pytest.mark.parametrize(("n_values", "is_group"), [(1, False), (2, True), (50, True), (51, False)])
def test_a_group_column_has_two_to_fifty_values_that_repeat(n_values, is_group):
    data = {**reviews(60), "product": [f"p{row % n_values}" for row in range(60)]}
    assert ("product" in guessed(data).group_columns) == is_group


def test_numbers_and_keys_are_no_groups():
    assert not {"stars", "key"} & set(guessed(reviews()).group_columns)


@pytest.mark.parametrize("data", [dict.fromkeys(reviews(), ()), {"topic_id": [1], "stars": [3]}])
def test_without_texts_to_guess_from_the_setting_is_named(data):
    with pytest.raises(SettingsError, match="The setting 'Text column' of this webapp is empty"):
        guessed(data)


def test_a_warning_about_embeddings_in_the_manifest_is_a_note_on_the_page():
    manifest = {"settings": {"text_column": "text"}, "meaning": {"warning": "The embeddings do not belong here."}}
    assert resolve_settings({}, manifest, COLUMNS).notes == ("The embeddings do not belong here.",)
    assert resolve_settings({}, {**manifest, "meaning": {"warning": None}}, COLUMNS).notes == ()


@pytest.mark.parametrize(("cell", "is_embedding"), [
    (f"[{', '.join(['word'] * 5_000)}]", False),
    (f"[{', '.join(['0.5'] * 5_000)}, word]", False),
    (f"[{', '.join(['-1.5e-3'] * 5_000)}]", True),
    (f"[{', '.join(['1'] * 8)}]", True),
    (f"[{', '.join(['1'] * 7)}]", False),
])  # fmt: skip
def test_lists_of_numbers_are_embeddings_and_long_lists_of_words_are_decided_too(cell, is_embedding):
    data = {**reviews(), "list": [cell] * 6}
    assert guessed(data, {"text_column": "review"}).embedding_column == ("list" if is_embedding else None)
