"""Settings of the form, of the manifest, and what the data have."""

from __future__ import annotations

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


def test_a_malformed_manifest_is_tolerated():
    settings = resolve_settings({"text_column": "text"}, {"settings": [], "columns": 3, "engine": None}, COLUMNS)
    assert settings.topic_id_column == "topic_id"


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
