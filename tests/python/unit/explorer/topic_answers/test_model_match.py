"""A second model beside the first: topics matched by their words, documents followed by their keys."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.python.unit.explorer.memory_source import MemorySource
from tests.python.unit.explorer.theme_source import edited, theme_source
from tests.python.unit.topics.theme_models import THEMES
from text_explorer.explorer.loading.other_documents import newest_column
from text_explorer.explorer.shared.errors import NotFoundError
from text_explorer.explorer.topic_answers.model_match import compared_models, match_topics, other_model
from text_explorer.explorer.topic_answers.overview import overview


def other_topics(*words: str) -> list[dict[str, Any]]:
    return [
        {"topic_id": topic, "label": f"other {topic}", "n_documents": 3, "top_terms": json.dumps(terms.split())}
        for topic, terms in enumerate(words)
    ]


def source_with_other(*words: str) -> MemorySource:
    source = theme_source()
    source.tables["other_topics"] = other_topics(*words)
    return source


def other_documents(topic_of: dict[str, int | None]) -> list[dict[str, Any]]:
    texts = {row["id"]: row["text"] for row in theme_source().tables["document_topics"]}
    return [{"id": key, "text": texts.get(key, "?"), "topic_id": topic} for key, topic in topic_of.items()]


def test_topics_are_matched_by_their_terms(indexed):
    found = other_model(indexed(source_with_other("gold silver bank tide", "army navy battle soldier", "fog rain")))
    assert found["pairs"] == [
        {"topic": 0, "other": 1, "similarity": 1.0, "shared_terms": ["army", "navy", "battle", "soldier"]},
        {"topic": 1, "other": 0, "similarity": 0.6, "shared_terms": ["gold", "silver", "bank"]},
    ]
    assert (found["only_here"], found["only_there"]) == ([2, 3, 4, 5], [2])
    assert found["topics"][2] == {"id": 2, "label": "other 2", "n_documents": 3, "top_terms": ["fog", "rain"]}


def test_the_match_is_the_best_of_all_topics_together():
    # The first topic is nearest to the first of the others (3/5), but that would leave the second without any.
    ours, theirs = [list("abcd"), list("abxv")], [list("abcz"), list("cdyw")]
    assert match_topics(ours, theirs) == [(0, 1, 1 / 3), (1, 0, 1 / 3)]


@pytest.mark.parametrize(("ours", "theirs"), [([], [["a"]]), ([["a"]], []), ([[]], [[]])])
def test_topics_without_counterparts_make_no_pairs(ours, theirs):
    assert match_topics(ours, theirs) == []


def test_merged_topics_are_matched_by_the_words_of_both(indexed):
    index = indexed(
        source_with_other(f"{THEMES['war']} {THEMES['money']}"), edits=edited({"topic_id": 1, "merged_into": 0})
    )
    (pair,) = other_model(index)["pairs"]
    assert (pair["topic"], pair["similarity"]) == (0, 1.0)


def test_documents_are_followed_by_key_and_text(indexed):
    source = source_with_other("army")
    rows = other_documents({"war-0": 0, "money-0": 0, "law-0": None, "gone": 0})
    rows.append({"id": "sea-0", "text": "another text", "topic_id": 0})
    source.tables["other_document_topics"] = rows
    found = other_model(indexed(source))
    assert found["flow"]["cells"] == [
        {"topic": 0, "other": 0, "n": 1},
        {"topic": 1, "other": 0, "n": 1},
        {"topic": 3, "other": None, "n": 1},
    ]
    assert (found["flow"]["n"], found["flow"]["n_lost"], found["reason"]) == (3, 2, None)


def test_documents_of_merged_topics_flow_together(indexed):
    source = source_with_other("army")
    source.tables["other_document_topics"] = other_documents({"war-0": 0, "money-0": 0})
    index = indexed(source, edits=edited({"topic_id": 1, "merged_into": 0}))
    assert other_model(index)["flow"]["cells"] == [{"topic": 0, "other": 0, "n": 2}]


def without_ids(source: MemorySource, rows: list[dict[str, Any]]) -> MemorySource:
    source.tables["other_document_topics"] = [{name: row[name] for name in ("text", "topic_id")} for row in rows]
    return source


def test_without_ids_the_same_rows_with_the_same_texts_are_the_same_documents(indexed):
    rows = other_documents({f"{theme}-0": 7 for theme in THEMES})
    found = other_model(indexed(without_ids(source_with_other("army"), rows)))
    assert found["flow"]["n"] == 6


@pytest.mark.parametrize("kept", [[0, 1, 2, 3, 4], [1, 0, 2, 3, 4, 5]], ids=["fewer rows", "another order"])
def test_without_ids_rows_that_differ_are_not_taken_for_the_same(indexed, kept):
    rows = other_documents({f"{theme}-0": 7 for theme in THEMES})
    found = other_model(indexed(without_ids(source_with_other("army"), [rows[place] for place in kept])))
    assert found["flow"] is None
    assert found["reason"].startswith("The documents of the two models have no id column in common")


def test_documents_without_id_and_text_cannot_be_followed(indexed):
    source = source_with_other("army")
    source.tables["other_document_topics"] = [{"topic_id": 1}]
    assert "has no column 'id' nor 'text'" in other_model(indexed(source))["reason"]


def test_a_dataset_without_topics_is_named(indexed):
    source = source_with_other("army")
    source.tables["other_document_topics"] = [{"id": "war-0", "text": "x"}]
    assert (
        "of the setting 'Documents of the other model' has no column 'topic_id'"
        in other_model(indexed(source))["reason"]
    )


def test_an_unbuilt_dataset_of_documents_is_reported_and_done_without(indexed):
    source = source_with_other("army")
    source.tables["other_document_topics"] = other_documents({"war-0": 0})
    source.unreadable.add("other_document_topics")
    found = other_model(indexed(source))
    assert found["flow"] is None
    assert "cannot be read" in found["reason"]


def test_without_the_documents_the_setting_is_named(indexed):
    assert "'Documents of the other model'" in other_model(indexed(source_with_other("army")))["reason"]


def test_the_topics_of_the_run_that_wrote_last_are_taken():
    assert newest_column("topic_id", ["topic_id", "topic_id_1", "topic_id_10", "topic_id_x"]) == "topic_id_10"
    assert newest_column("topic_id", ["topic_id"]) == "topic_id"
    assert newest_column("topic_id", ["topic"]) is None


def test_top_terms_are_those_of_the_dataset_of_terms_where_no_other_has_them(indexed):
    source = theme_source()
    source.tables["other_topic_terms"] = [
        {"topic_id": 4, "term": term, "probability": p} for term, p in (("navy", 0.1), ("army", 0.5), ("x", None))
    ]
    found = other_model(indexed(source))
    assert found["topics"] == [{"id": 4, "label": "army, navy", "n_documents": 0, "top_terms": ["army", "navy"]}]


def test_without_another_model_the_settings_are_named(indexed):
    with pytest.raises(NotFoundError, match=r"No other model is set\. Run 'Discover topics' once more"):
        other_model(indexed(theme_source()))


def test_an_unreadable_other_model_is_reported_not_a_failure(indexed):
    source = source_with_other("army")
    source.unreadable.add("other_topics")
    index = indexed(source)
    with pytest.raises(NotFoundError, match="Topics of the other model: The dataset 'my_other_topics' cannot be read"):
        other_model(index)
    reason = overview(index)["capabilities"]["other_model"]
    assert reason["on"] is False
    assert "cannot be read" in reason["reason"]


def comparison_rows() -> list[dict[str, Any]]:
    row = {"engine": "lda_gibbs", "n_topics": 10, "seed": 0, "coherence_npmi": 0.1, "status": "ok", "notes": None}
    return [row, {**row, "seed": 1, "coherence_npmi": float("nan"), "status": "No words.", "notes": ""}]


def test_each_model_compared_has_its_row_with_its_seed_and_reason(indexed):
    source = theme_source()
    source.tables["comparison"] = comparison_rows()
    rows = compared_models(indexed(source))["comparison"]
    assert [(row["seed"], row["coherence_npmi"], row["status"]) for row in rows] == [
        (0, 0.1, "ok"),
        (1, None, "No words."),
    ]
    assert rows[0]["stability"] is None


def test_the_suggestion_comes_with_its_alternatives(indexed):
    source = theme_source()
    other = {"engine": "lda_gibbs", "n_topics": 20, "score": 0.5, "within_one_standard_error": True, "stability": None}
    source.tables["suggestion"] = [
        {"engine": "lda_gibbs", "suggested_n_topics": "10", "confidence": "low", "reason": "Why.", "caveats": "",
         "alternatives": json.dumps([other, "nonsense"]), "n_fits": 4}
    ]  # fmt: skip
    found = compared_models(indexed(source))["suggestion"]
    assert (found["suggested_n_topics"], found["reason"], found["caveats"]) == (10, "Why.", None)
    assert found["alternatives"][0] == other


def test_the_current_model_is_described_from_its_manifest(indexed):
    source = theme_source()
    source.model = {**source.model, "quality": {"coherence_npmi": 0.25, "diversity": "much"}, "seed": 3}
    found = compared_models(indexed(source))
    current = found["current"]
    assert (current["engine"], current["n_topics"], current["seed"]) == ("gsdmm", 6, 3)
    assert (current["coherence_npmi"], current["diversity"]) == (0.25, None)
    assert (found["comparison"], found["suggestion"], found["other"], found["notes"]) == (None, None, None, [])


def test_the_page_learns_the_names_of_the_engines(indexed):
    engines = compared_models(indexed(theme_source()))["engines"]
    assert engines["gsdmm"] == {"name": "GSDMM", "is_limit": True}
    assert engines["lda_gibbs"] == {"name": "LDA (Gibbs sampling)", "is_limit": False}


def test_a_dataset_that_is_no_comparison_is_reported(indexed):
    source = theme_source()
    source.tables["comparison"] = [{"price": 3}]
    found = compared_models(indexed(source))
    assert found["comparison"] is None
    assert "of the setting 'Comparison' has no column 'engine'" in found["notes"][0]
    assert "'Compare numbers of topics' wrote" in found["notes"][0]


def test_rows_without_a_number_of_topics_are_left_out_and_counted(indexed):
    source = theme_source()
    source.tables["comparison"] = [*comparison_rows(), {**comparison_rows()[0], "n_topics": "ten"}]
    found = compared_models(indexed(source))
    assert len(found["comparison"]) == 2
    assert found["notes"] == ["Rows of the comparison left out because they have no number of topics: 1."]


def test_an_unbuilt_comparison_is_reported_not_a_failure(indexed):
    source = theme_source()
    source.tables["comparison"] = comparison_rows()
    source.unreadable.add("comparison")
    index = indexed(source)
    assert compared_models(index)["notes"][0].startswith("Comparison: The dataset 'my_comparison' cannot be read.")
    assert overview(index)["capabilities"]["models"]["on"] is False


def test_documents_in_cells_that_are_left_out_count_in_the_totals(indexed, monkeypatch):
    monkeypatch.setattr("text_explorer.explorer.topic_answers.model_match.MOST_CELLS", 1)
    source = source_with_other("army")
    source.tables["other_document_topics"] = other_documents({"war-0": 0, "money-0": 1, "sea-0": None})
    flow = other_model(indexed(source, edits=edited({"topic_id": 1, "merged_into": 0})))["flow"]
    assert len(flow["cells"]) == 1
    assert {total["topic"]: total["n"] for total in flow["totals"]} == {0: 2, 4: 1}
