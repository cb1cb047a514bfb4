"""The overview and topics with edits in force, over time, in groups, and what can be done with them."""

from __future__ import annotations

import json
import math
from datetime import date

import pytest

from tests.python.unit.explorer.memory_source import MemorySource, small_source
from tests.python.unit.explorer.theme_source import COUNT, FOREIGN, N_WORDS, OWN, edited, theme_source
from tests.python.unit.topics.theme_models import THEMES
from text_explorer.explorer.documents.selection import Selection
from text_explorer.explorer.index.document_columns import ORDINAL_OF_1970
from text_explorer.explorer.topic_answers.detail import topic_detail
from text_explorer.explorer.topic_answers.merge_preview import MergeRequest, merge_preview
from text_explorer.explorer.topic_answers.overview import overview
from text_explorer.explorer.topic_answers.statistics import filtered_trend
from text_explorer.explorer.topic_answers.terms import top_terms

MERGE = {"topic_id": 1, "merged_into": 0}


def topic(index, topic_id: int) -> dict:
    return overview(index)["topics"][topic_id]


def test_a_topic_has_all_fields_of_its_dataset(indexed):
    found = topic(indexed(theme_source()), 5)
    assert found == {
        "id": 5,
        "label": "food",
        "trained_label": "food",
        "belongs_to": 5,
        "split_from": None,
        "split_into": [],
        "hidden": False,
        "note": None,
        "n_documents": 1,
        "share": pytest.approx(1 / 6),
        "token_share": pytest.approx(1 / 6),
        "top_terms": THEMES["food"].split(),
        "coherence_npmi": 0.5,
        "coherence_cv": None,
        "exclusivity": None,
        "effective_documents": None,
        "remarks": ["It is odd."],
        "map_x": 1.0,
        "map_y": 0.0,
        "parent": 1,
        "parent_label": "rest",
        "trained_parent": 1,
        "trend": [0, 0, 0, 0, 0, 1],
        "review": None,
    }


def test_columns_an_older_run_did_not_write_are_none(indexed):
    found = topic(indexed(small_source()), 0)
    names = ("coherence_cv", "effective_documents", "map_x", "map_y", "parent", "parent_label", "trend")
    assert {name: found[name] for name in names} == dict.fromkeys(names)
    assert found["remarks"] == []


def test_edits_rename_hide_and_note(indexed):
    change = {"topic_id": 2, "label": "<b>classes</b>", "hidden": True, "note": "why not"}
    found = topic(indexed(theme_source(), edits=edited(change)), 2)
    assert (found["label"], found["trained_label"]) == ("<b>classes</b>", "school")
    assert (found["hidden"], found["note"], found["n_documents"]) == (True, "why not", 1)


def test_a_merged_topic_counts_under_its_target_and_keeps_its_own_figures(indexed):
    index = indexed(theme_source(), edits=edited(MERGE))
    target, merged = topic(index, 0), topic(index, 1)
    assert (target["n_documents"], target["share"], target["token_share"]) == (
        2,
        pytest.approx(2 / 6),
        pytest.approx(2 / 6),
    )
    assert (target["coherence_npmi"], target["map_x"], target["trend"]) == (
        None,
        pytest.approx(0.1),
        [1, 1, 0, 0, 0, 0],
    )
    assert "topics have been merged into it" in target["remarks"][0]
    assert (merged["belongs_to"], merged["n_documents"], merged["coherence_npmi"]) == (0, 1, 0.5)
    assert overview(index)["counts"]["topics"] == 5


def test_terms_of_a_merged_topic_are_the_weighted_mean_of_both(indexed):
    source = theme_source()
    source.tables["topics"][0]["token_share"], source.tables["topics"][1]["token_share"] = 0.3, 0.1
    found = topic_detail(indexed(source, edits=edited(MERGE)), 0)
    terms = {term["term"]: term for term in found["terms"]}
    assert sorted(terms) == sorted(f"{THEMES['war']} {THEMES['money']}".split())
    total = sum(0.3 if number == 0 else 0.1 if number == 1 else 1 / 6 for number in range(6))
    own, other = 0.3 / total, 0.1 / total
    assert terms["army"]["probability"] == pytest.approx((own * OWN + other * FOREIGN) / (own + other), rel=1e-6)
    assert terms["army"]["lift"] == pytest.approx(terms["army"]["probability"] * N_WORDS, rel=1e-6)
    assert terms["army"]["relevance"] == pytest.approx(
        0.6 * math.log(terms["army"]["probability"]) + 0.4 * math.log(terms["army"]["lift"]), rel=1e-6
    )
    assert terms["army"]["frex"] is None
    # The more of the words belong to a topic, the more of the merged one's terms are its own.
    assert found["top_terms"][:4] == sorted(THEMES["war"].split())
    assert [term["rank"] for term in found["terms"]] == list(range(1, 9))
    assert found["merged"] == [{"id": 1, "label": "money"}]


def test_a_merged_topic_ranks_terms_by_class_based_tf_idf_as_trained_ones_are():
    probable = {"term": "year", "probability": 0.05, "lift": 1.25}
    typical = {"term": "army", "probability": 0.03, "lift": 6.0}
    # 0.05 log(1 + 1.25 / (10 0.05)) = 0.0626 and 0.03 log(1 + 6 / (10 0.03)) = 0.0913
    assert top_terms([probable, typical], n_topics=10) == ["army", "year"]
    unknown = [{**term, "lift": None} for term in (typical, probable)]
    assert top_terms(unknown, n_topics=10) == ["year", "army"]


def test_the_preview_of_a_merge_has_the_top_terms_that_the_merged_topic_will_have(indexed):
    source = theme_source()
    source.tables["topics"][0]["token_share"], source.tables["topics"][1]["token_share"] = 0.3, 0.1
    preview = merge_preview(indexed(source), MergeRequest((0, 1), 0))
    merged = topic_detail(indexed(source, edits=edited(MERGE)), 0)
    assert preview["top_terms"] == merged["top_terms"]
    assert [before["top_terms"] for before in preview["before"]] == [
        topic(indexed(source), number)["top_terms"] for number in (0, 1)
    ]


def test_counts_of_merged_topics_add_up_without_a_model(indexed):
    found = topic_detail(indexed(theme_source(with_files=False), edits=edited(MERGE)), 0)
    assert {term["count"] for term in found["terms"]} == {COUNT}
    assert [term["probability"] for term in found["terms"]] == pytest.approx([OWN / 2] * 8)


def test_a_topic_merged_into_another_is_shown_by_itself(indexed):
    found = topic_detail(indexed(theme_source(), edits=edited(MERGE)), 1)
    assert (found["belongs_to"], found["merged"], found["top_terms"]) == (0, [], THEMES["money"].split())


def test_merges_are_followed_to_their_end(indexed):
    index = indexed(theme_source(), edits=edited(MERGE, {"topic_id": 2, "merged_into": 1}))
    assert [entry["belongs_to"] for entry in overview(index)["topics"]] == [0, 0, 0, 3, 4, 5]
    assert topic(index, 0)["n_documents"] == 3
    assert [other["id"] for other in topic_detail(index, 0)["merged"]] == [1, 2]


def test_documents_of_all_merged_topics_show_it(indexed):
    found = topic_detail(indexed(theme_source(), edits=edited(MERGE)), 0)
    assert [(document["key"], document["row"]) for document in found["representatives"]] == [
        ("war-0", 0),
        ("money-0", 1),
    ]


def test_a_document_on_the_border_of_a_merged_topic_is_on_no_border(indexed):
    # Each topic borders on the next.
    assert [document["other"] for document in topic_detail(indexed(theme_source()), 0)["borderline"]] == [1]
    found = topic_detail(indexed(theme_source(), edits=edited(MERGE)), 0)
    assert [(document["key"], document["other"]) for document in found["borderline"]] == [("money-0", 2)]


def test_a_document_on_the_border_of_no_named_topic_is_left_out(indexed):
    source = theme_source()
    source.tables["topics"][0]["borderline_documents"] = json.dumps([{"row_key": "war-0", "probability": 0.5}])
    assert topic_detail(indexed(source), 0)["borderline"] == []


def with_correlations(source: MemorySource) -> MemorySource:
    """Let topic 0 go with 2, against 3, and more weakly with 1; of topic 5 nothing is known."""
    rows = [[1.0 if a == b else 0.0 for a in range(6)] for b in range(6)]
    for a, b, value in ((0, 2, 0.6), (0, 3, -0.7), (0, 1, 0.2), (1, 2, 0.4), (1, 3, -0.1)):
        rows[a][b] = rows[b][a] = value
    for other in range(6):
        rows[5][other] = rows[other][5] = None
    source.files["correlations.json"] = json.dumps({"correlations": rows}).encode()
    return source


def test_related_topics_are_those_of_the_strongest_correlations_either_way(indexed):
    found = topic_detail(indexed(with_correlations(theme_source())), 0)["related"]
    assert [(other["topic"], other["correlation"]) for other in found] == [(3, -0.7), (2, 0.6), (1, 0.2), (4, 0.0)]


def test_related_topics_of_a_merged_one_are_the_mean_of_its_parts(indexed):
    found = topic_detail(indexed(with_correlations(theme_source()), edits=edited(MERGE)), 0)["related"]
    assert [(other["topic"], other["correlation"]) for other in found] == [(2, 0.5), (3, -0.4), (4, 0.0)]


def test_no_topic_is_related_where_the_folder_does_not_tell(indexed):
    assert topic_detail(indexed(theme_source()), 0)["related"] == []


@pytest.mark.parametrize(
    "content", [b"{}", b"[]", b"{", b'{"correlations": [[1, "x"]]}', b'{"correlations": [[1], [2, 3]]}']
)
def test_damaged_correlations_are_reported_and_done_without(indexed, content):
    source = theme_source()
    source.files["correlations.json"] = content
    index = indexed(source)
    assert topic_detail(index, 0)["related"] == []
    (note,) = overview(index)["notes"]
    assert note.startswith("Related topics are not shown. The model folder's correlations.json is damaged (")


def test_groups_where_a_topic_is_over_represented_are_reported(indexed):
    # Of 60 documents in each group, 20 are of the topic in "land" and none in "rest": twice the share of all.
    found = topic_detail(indexed(theme_source(n_repeated=20)), 0)["groups"]
    assert found == [{"column": "place", "value": "land", "n": 60, "share": pytest.approx(1 / 3), "log2_lift": 1.0}]


def test_groups_of_a_merged_topic_are_those_of_all_its_documents(indexed):
    index = indexed(theme_source(n_repeated=20), edits=edited({"topic_id": 3, "merged_into": 0}))
    assert topic_detail(index, 0)["groups"] == []  # one of three topics in either group: no lift


def test_groups_of_few_documents_are_left_out(indexed):
    assert topic_detail(indexed(theme_source(n_repeated=6)), 0)["groups"] == []


def test_a_topic_without_documents_has_no_groups(indexed):
    source = theme_source()
    source.tables["document_topics"] = source.tables["document_topics"][1:]
    found = topic_detail(indexed(source), 0)
    assert (found["n_documents"], found["share"], found["groups"]) == (0, 0, [])


def with_days(*days: str | None) -> MemorySource:
    source = theme_source()
    first = source.tables["document_topics"][0]
    source.tables["document_topics"] = [{**first, "id": f"d{n}", "day": day} for n, day in enumerate(days)]
    return source


def test_the_trend_has_at_most_24_buckets_of_equal_length(indexed):
    index = indexed(with_days("2024-01-01", "2024-01-03", "2024-03-01"))  # 61 days
    told = overview(index)["trend"]
    assert (len(told["labels"]), told["labels"][:2], told["granularity"]) == (
        21,
        ["2024-01-01", "2024-01-04"],
        "3 days",
    )
    assert topic(index, 0)["trend"] == [2] + [0] * 19 + [1]


def test_the_trend_of_filtered_documents_has_the_same_buckets(indexed):
    index = indexed(with_days("2024-01-01", "2024-01-03", "2024-03-01"))
    assert filtered_trend(index, Selection())[0] == [2] + [0] * 19 + [1]
    february = Selection(first=date(2024, 2, 1).toordinal() - ORDINAL_OF_1970)
    assert filtered_trend(index, february)[0] == [0] * 20 + [1]


def test_without_dates_there_is_no_trend_of_filtered_documents(indexed):
    assert filtered_trend(indexed(small_source()), Selection()) is None


def test_one_day_is_one_bucket(indexed):
    index = indexed(with_days("2024-01-01", "2024-01-01", None, "nonsense"))
    assert overview(index)["trend"] == {"labels": ["2024-01-01"], "granularity": "1 day"}
    assert topic(index, 0)["trend"] == [2]
    assert overview(index)["periods"] == {
        "granularity": "day", "first": "2024-01-01", "last": "2024-01-01", "n_undated": 2,
    }  # fmt: skip


def test_dates_that_stand_for_unknown_do_not_stretch_the_trend(indexed):
    days = [f"2024-01-{day:02}" for day in range(1, 31)] * 10
    told = overview(indexed(with_days("0001-01-01", *days, "9999-12-31")))
    assert (told["trend"]["labels"][0], told["periods"]["last"]) == ("2024-01-01", "2024-01-30")


def test_a_point_of_the_trend_of_years_has_as_many_years_as_any_other(indexed):
    told = overview(indexed(with_days(*range(1990, 2020))))
    assert (told["trend"]["granularity"], told["periods"]["granularity"]) == ("2 years", "year")
    assert told["trend"]["labels"] == [f"{year}-01-01" for year in range(1990, 2020, 2)]
    assert told["topics"][0]["trend"] == [2] * 15


@pytest.mark.parametrize("days", [[None], ["?"]])
def test_without_any_date_there_is_no_trend_and_the_reason_is_reported(indexed, days):
    told = overview(indexed(with_days(*days)))
    assert (told["trend"], told["periods"]) == (None, None)
    assert told["capabilities"]["time"]["reason"].startswith("The column 'day' has no readable date.")


def test_groups_are_reported_with_their_most_frequent_values(indexed):
    source = theme_source()
    source.tables["document_topics"][0]["place"] = None
    assert overview(indexed(source))["groups"] == [
        {
            "index": 0,
            "name": "place",
            "n_values": 2,
            "values": [{"value": "rest", "n": 3}, {"value": "land", "n": 2}],
        }
    ]


def test_quality_comes_from_the_manifest_and_the_documents(indexed):
    source = theme_source()
    source.model = {**source.model, "quality": {"coherence_npmi": 0.1, "map_stress": 0.2, "coherence_reference": "r"}}
    assert overview(indexed(source))["quality"] == {
        "median_probability": pytest.approx(0.95),
        "coherence_npmi": 0.1,
        "coherence_cv": None,
        "coherence_reference": "r",
        "diversity": None,
        "map_stress": 0.2,
    }


def test_quality_is_unknown_where_it_was_not_stored(indexed):
    source = theme_source()
    source.model, source.files = None, {}
    source.tables["document_topics"] = [{**row, "topic_probability": None} for row in source.tables["document_topics"]]
    assert set(overview(indexed(source))["quality"].values()) == {None}


def test_everything_is_on_with_all_datasets_and_the_model(indexed):
    source = theme_source()
    source.tables["comparison"] = [{"engine": "gsdmm", "n_topics": 6}]
    source.tables["other_topics"] = [{"topic_id": 0, "label": "x", "top_terms": "[]"}]
    source.tables["drift"] = [
        {"topic_id": topic, "n_documents_training": 1, "n_documents_now": 1} for topic in range(6)
    ]
    label = source.tables["topics"][0]["label"]
    source.tables["topic_labels"] = [{"topic_id": 0, "label": "y", "label_source": "llm", "trained_label": label}]
    source.tables["topic_changes"] = [{"topic_id": topic, "change": "kept"} for topic in range(6)]
    for number, row in enumerate(source.tables["document_topics"]):
        row["rating"] = number % 3
        row["embedding"] = f"[{number % 3}, {number % 5}, {number % 7}, 1]"
    source.settings["embedding_column"] = "embedding"
    off = {name: told for name, told in overview(indexed(source))["capabilities"].items() if not told["on"]}
    # The themes have four words each, and a question of the review takes five.
    assert list(off) == ["review", "super_topics"]


def test_each_part_that_is_off_says_what_to_do(indexed):
    source = small_source(text_column="text")
    source.model = None
    found = overview(indexed(source))["capabilities"]
    assert {name for name, told in found.items() if told["on"]} == {"story", "compare"}
    assert "Select 'Model' in the settings" in found["try"]["reason"]
    assert "Select 'Model' in the settings" in found["edit"]["reason"]
    assert "Select a 'Date column'" in found["time"]["reason"]
    assert "Compare numbers of topics" in found["models"]["reason"]
    assert found["changes"]["reason"].startswith("No date column is known.")
    assert "No other model is set." in found["changes"]["reason"]
    assert found["drivers"]["reason"].startswith("The documents have no numeric column.")


def test_without_topics_or_a_second_document_nothing_is_compared(indexed):
    source = small_source()
    source.tables["document_topics"] = source.tables["document_topics"][:1]
    found = overview(indexed(source))["capabilities"]["compare"]
    assert found == {"on": False, "reason": "One document has nothing to compare it with."}
    source = small_source()
    source.tables |= {role: {"columns": list(source.tables[role][0])} for role in ("topics", "topic_terms")}
    source.tables["document_topics"] = [{**row, "topic_id": None} for row in source.tables["document_topics"]]
    found = overview(indexed(source))["capabilities"]
    reasons = {found[name]["reason"] for name in ("story", "compare", "changes", "drivers")}
    assert reasons == {"The dataset of topics has no topic. Run 'Discover topics' again."}


def test_a_folder_without_a_named_model_cannot_keep_edits(indexed):
    source = theme_source()
    source.model = {name: value for name, value in source.model.items() if name != "model_id"}
    found = overview(indexed(source))["capabilities"]["edit"]
    assert (found["on"], "Run 'Discover topics' again" in found["reason"]) == (False, True)


def test_edits_are_summed_up(indexed):
    told = overview(indexed(theme_source(), edits=edited(MERGE, {"topic_id": 9, "label": "gone"})))["edits"]
    assert (told["version"], told["n"], told["last"]["author"]) == ("edited", 2, "ann")
    assert "Topic 9 cannot be edited" in told["warnings"][0]


def test_answers_of_the_review_stand_beside_their_topic(indexed):
    topics = overview(indexed(theme_source()), {3: {"asked": 4, "right": 3}})["topics"]
    assert (topics[3]["review"], topics[0]["review"]) == ({"asked": 4, "right": 3}, None)


def test_a_topic_only_the_documents_know_is_listed(indexed):
    source = theme_source()
    row = source.tables["document_topics"][0]
    source.tables["document_topics"].append({**row, "id": "new", "topic_id": 8, "topic_label": "late"})
    index = indexed(source)
    found = overview(index)["topics"][-1]
    assert (found["id"], found["label"], found["n_documents"], found["top_terms"]) == (8, "late", 1, [])
    assert topic_detail(index, 8)["terms"] == []


def test_answers_hold_no_number_that_json_does_not_know(indexed):
    source = theme_source()
    for row in source.tables["topics"]:
        row.update(map_x=float("nan"), token_share=float("inf"), coherence_npmi="n/a", parent=-1, remarks="{")
    index = indexed(source, edits=edited(MERGE))
    json.dumps([overview(index), topic_detail(index, 0)], allow_nan=False)
    assert topic(index, 0)["map_x"] is None
    assert "could not be used: lists of remarks" in " ".join(overview(index)["notes"])


def with_super_topics(source):
    """Name the super-topics of the themes in the manifest: the first three topics, and the others."""
    source.model = {**source.model, "topic_parents": [0, 0, 0, 1, 1, 1], "super_topics": ["land", "rest"]}
    return source


def test_super_topics_are_those_of_the_model_folder_with_its_edits(indexed):
    source = with_super_topics(theme_source())
    edits = edited(
        {"topic_id": 2, "parent": 1}, {"topic_id": 3, "parent_label": "Other"}, parents=(0, 0, 0, 1, 1, 1),
        super_labels=("land", "rest"),
    )  # fmt: skip
    found = overview(indexed(source, edits=edits))
    assert [(entry["parent"], entry["trained_parent"]) for entry in found["topics"]] == [
        (0, 0), (0, 0), (1, 0), (1, 1), (1, 1), (1, 1),
    ]  # fmt: skip
    assert found["topics"][2]["parent_label"] == "Other"
    assert found["super_topics"][1] == {"id": 1, "label": "Other", "trained_label": "rest"}
    assert found["capabilities"]["super_topics"]["on"]


def test_two_super_topics_an_older_version_left_for_many_topics_are_cut_again(indexed):
    source = theme_source(with_files=False)
    first = source.tables["topics"][0]
    source.tables["topics"] += [{**first, "topic_id": topic, "label": f"t{topic}"} for topic in range(6, 18)]
    found = overview(indexed(source))
    assert 6 <= len(found["super_topics"]) <= 9
    assert found["super_topics"][0]["label"] == first["top_terms"].split('"')[1]
    assert not found["capabilities"]["super_topics"]["on"]
