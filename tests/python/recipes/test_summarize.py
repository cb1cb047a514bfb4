"""Run 'Summarize texts (extractive)' and 'Summarize groups of texts' in the stand-in for DSS, as a flow would."""

from __future__ import annotations

import json
import os

import pytest

from tests.python.conftest import ROOT
from tests.python.recipes.model_folders import plugin_with_chunks

TEXTS, GROUPS = "text-explorer-summarize", "text-explorer-summarize-groups"
TYPES = {"id": "string", "summary": "string", "product": "bigint", "weight": "double", "review": "string"}
REVIEWS = [
    ("r1", "00123", 10, 0.5, "The battery lasts long. I like red. The battery charges fast and lasts long. Bye now."),
    ("r2", "NA", 9, 0.9, "  Great phone.\nAs it is. "),
    ("r3", "null", 10, None, None),
    ("r4", "x", None, 0.1, "No product here. The screen is bright, sharp and large. A sharp screen. Large and bright."),
    ("r5", "y", 9, 0.2, "Great phone. The phone has a great camera. My aunt has a dog. A great camera phone."),
]

# By code, a review and its best sentence: the one whose words the others share.
BY_LANGUAGE = {
    "zh-Hans": ("他在吃苹果。北京的天气很好。我喜欢北京的天气。", "北京的天气很好。"),
    "EN_us": ("Acme ships. The phone is bright. The phone rings. Acme packs. Acme sells.", "The phone is bright."),
    "xx": ("Rivers rise. Dogs bark near rivers. Dogs bite.", "Dogs bark near rivers."),
}


def summarize(instance, recipe, outputs, config, *, hash_seed="0", check=True):
    done = instance.run(
        recipe, {"documents": "reviews"}, outputs, {"text_column": "review", **config}, "--form-defaults",
        environment={**os.environ, "PYTHONHASHSEED": hash_seed},
    )  # fmt: skip
    assert done.returncode == 0 or not check, done.stderr
    return done


@pytest.fixture(scope="module")
def flow(shared_instance):
    shared_instance.import_rows("reviews", [dict(zip(TYPES, review)) for review in REVIEWS], TYPES)
    return shared_instance


@pytest.fixture(scope="module")
def summaries(flow):
    summarize(flow, TEXTS, {"summaries": "summaries", "sentences": "sentences"}, {"budget": 2})
    return flow.rows("summaries")


@pytest.fixture(scope="module")
def in_two_languages(shared_instance):
    """Reviews in Chinese and in English, by a column of codes."""
    rows = [{"code": code, "review": review} for code, (review, _) in BY_LANGUAGE.items()]
    shared_instance.import_rows("by_language", rows)
    config = {
        "text_column": "review",
        "language_column": "code",
        "language": "en",
        "budget": 1,
        "min_words": 0,
        "preset": "custom",
    }
    config["extra_stop_words"] = ["acme"]
    done = shared_instance.run(
        TEXTS, {"documents": "by_language"}, {"summaries": "summaries_by_language"}, config, "--form-defaults"
    )
    assert done.returncode == 0, done.stderr
    return shared_instance.rows("summaries_by_language"), done.stderr


@pytest.fixture(scope="module")
def group_summaries(flow):
    config = {"group_columns": ["product"], "weight_column": "weight", "id_column": "id", "budget": 2}
    summarize(flow, GROUPS, {"group_summaries": "groups", "sentences": "group_sentences"}, config)
    return flow.rows("groups")


@pytest.mark.oldest
def test_every_row_comes_out_once_in_order_with_its_values_untouched(summaries):
    assert [row["id"] for row in summaries] == ["r1", "r2", "r3", "r4", "r5"]
    assert [row["summary"] for row in summaries] == ["00123", "NA", "null", "x", "y"]
    assert [row["product"] for row in summaries] == ["10", "9", "10", "", "9"]
    assert [row["review"] for row in summaries] == [review or "" for *_, review in REVIEWS]


@pytest.mark.oldest
def test_new_columns_give_way_to_those_of_the_input(summaries):
    assert list(summaries[0])[-3:] == ["summary_1", "summary_sentences", "summary_status"]


def test_summaries_are_pieces_of_their_texts(summaries):
    assert [row["summary_status"] for row in summaries] == ["ok", "short", "empty text", "ok", "ok"]
    assert summaries[0]["summary_1"] == "The battery lasts long. The battery charges fast and lasts long."
    assert summaries[1]["summary_1"] == "  Great phone.\nAs it is. "
    assert summaries[2]["summary_1"] == ""
    for row in (summaries[0], summaries[3], summaries[4]):
        sentences = json.loads(row["summary_sentences"])
        pieces = [row["review"][sentence["start"] : sentence["end"]] for sentence in sentences]
        assert " ".join(pieces) == row["summary_1"]


def test_each_text_is_cut_by_the_language_its_row_names(in_two_languages):
    rows, _ = in_two_languages
    assert [row["summary_status"] for row in rows] == ["ok", "ok", "ok"]
    assert [row["summary"] for row in rows] == [best for _, best in BY_LANGUAGE.values()]


def test_the_log_counts_the_languages_and_names_the_codes_it_does_not_know(in_two_languages):
    _, log = in_two_languages
    assert "languages: English 2, Chinese 1" in log
    assert "treated as English unless another language is detected: xx 1" in log


@pytest.mark.oldest
def test_sentences_are_written_with_their_scores(flow, summaries):
    sentences = flow.rows("sentences")
    assert [row["row_key"] for row in sentences] == ["0"] * 4 + ["1"] * 2 + ["3"] * 4 + ["4"] * 4
    assert [row["chosen"] for row in sentences[:4]] == ["true", "false", "true", "false"]
    for row in sentences:
        assert REVIEWS[int(row["row_key"])][-1][int(row["start"]) : int(row["end"])] == row["sentence"]


def test_sentences_have_the_number_of_sentences_they_stand_for(flow, summaries):
    sentences = flow.rows("sentences")
    assert list(sentences[0]) == [
        *("row_key", "sentence_index", "start", "end", "sentence", "score", "rank", "chosen"),
        *("n_represented", "represented_by"),
    ]
    # The first and the third are chosen; what is between and behind shares no word with them.
    assert [row["n_represented"] for row in sentences[:4]] == ["1", "", "1", ""]
    assert [bool(row["represented_by"]) for row in sentences[:4]] == [True, False, True, False]


@pytest.mark.parametrize("method", ["lexrank", "random", "kl"])
def test_runs_give_the_same_bytes_for_any_hash_seed_chunk_size_and_number_of_processes(flow, tmp_path, method):
    exports = []
    outputs = {"summaries": "again", "sentences": "sentences_again"}
    for hash_seed, chunk_rows, n_processes in (("1", None, 1), ("2", 2, 2)):
        flow.plugin = plugin_with_chunks(tmp_path / hash_seed, ROOT, TEXTS, chunk_rows) if chunk_rows else ROOT
        config = {"preset": "custom", "method": method, "budget": 1, "keyphrases": 3, "n_processes": n_processes}
        done = summarize(flow, TEXTS, outputs, config, hash_seed=hash_seed)
        assert (f"{n_processes} processes share the work" in done.stderr) == (n_processes > 1)
        exports.append([flow.export_bytes(name) for name in outputs.values()])
    flow.plugin = ROOT
    assert exports[0] == exports[1]


def test_groups_are_the_same_bytes_for_any_number_of_processes(flow):
    exports = []
    outputs = {"group_summaries": "groups_again", "sentences": "group_sentences_again"}
    for hash_seed, n_processes in (("1", 1), ("2", 2)):
        config = {"group_columns": ["product"], "n_processes": n_processes}
        summarize(flow, GROUPS, outputs, config, hash_seed=hash_seed)
        exports.append([flow.export_bytes(name) for name in outputs.values()])
    assert exports[0] == exports[1]


@pytest.mark.oldest
def test_keyphrases_of_texts_are_a_column_of_their_own_where_they_are_wanted(flow):
    summarize(flow, TEXTS, {"summaries": "with_keyphrases"}, {"keyphrases": 2, "preset": "reviews"})
    rows = flow.rows("with_keyphrases")
    assert list(rows[0])[-1] == "keyphrases"
    assert [json.loads(row["keyphrases"]) for row in rows[:3]] == [["lasts long", "battery"], ["great phone"], []]


def test_a_kind_of_text_overrides_hidden_fields(flow):
    config = {"preset": "transcript", "method": "random", "redundancy": 1.0, "budget": 1}
    summarize(flow, TEXTS, {"summaries": "of_transcripts"}, config)
    summarize(
        flow,
        TEXTS,
        {"summaries": "by_sumbasic"},
        {"preset": "custom", "method": "sumbasic", "redundancy": 0, "min_words": 4, "budget": 1},
    )
    assert flow.export_bytes("of_transcripts") == flow.export_bytes("by_sumbasic")


def test_every_method_summarizes_every_row(flow):
    for method in ("reduction", "edmundson"):
        config = {
            "preset": "custom",
            "method": method,
            "sumy_compatible": method != "edmundson",
            "bonus_words": ["battery"],
            "budget": 1,
            "min_words": 2,
        }
        summarize(flow, TEXTS, {"summaries": "by_method"}, config)
        rows = flow.rows("by_method")
        assert [row["summary_status"] for row in rows] == ["ok", "ok", "empty text", "ok", "ok"]
        assert [row["summary_1"] in row["review"] for row in rows] == [True] * 5


def test_the_sample_of_a_large_group_does_not_depend_on_row_order(instance):
    rows = [
        {"id": f"r{number}", "a": "x", "b": number % 2, "share": (number + 1) / 100, "review": f"Phone {number} rings."}
        for number in range(40)
    ]
    types = {"id": "string", "a": "string", "b": "bigint", "share": "double", "review": "string"}
    config = {"group_columns": ["a", "b"], "id_column": "id", "weight_column": "share", "max_documents": 3, "budget": 9}
    exports = []
    for seed, order in ((0, rows), (0, rows[::-1]), (1, rows)):
        instance.import_rows("reviews", order, types)
        summarize(instance, GROUPS, {"group_summaries": "groups"}, {**config, "seed": seed})
        exports.append(instance.export_bytes("groups"))
    assert exports[0] == exports[1] != exports[2]
    written = instance.rows("groups")
    assert [(row["a"], row["b"], row["n_documents"], row["n_sentences"]) for row in written] == [
        ("x", "0", "20", "3"),
        ("x", "1", "20", "3"),
    ]


@pytest.mark.oldest
def test_groups_are_sorted_by_number_with_the_empty_value_last(group_summaries):
    assert [row["product"] for row in group_summaries] == ["9", "10", ""]
    assert [row["n_documents"] for row in group_summaries] == ["2", "1", "1"]
    assert [row["n_sentences"] for row in group_summaries] == ["6", "4", "4"]
    assert [row["summary_status"] for row in group_summaries] == ["ok", "ok", "ok"]


def test_group_summaries_name_their_sources(group_summaries):
    reviews = {key: review for key, *_, review in REVIEWS}
    assert len(group_summaries) == 3
    for row in group_summaries:
        sources = json.loads(row["summary_sources"])
        pieces = [reviews[source["row_key"]][source["start"] : source["end"]] for source in sources]
        assert " ".join(pieces) == row["summary"]
    assert json.loads(group_summaries[0]["keyphrases"])[:2] == ["great", "phone"]


@pytest.mark.oldest
def test_group_sentences_start_with_the_group(flow, group_summaries):
    sentences = flow.rows("group_sentences")
    assert list(sentences[0])[:2] == ["product", "row_key"]
    # The review of the higher weight comes first.
    assert [row["row_key"] for row in sentences] == ["r2"] * 2 + ["r5"] * 4 + ["r1"] * 4 + ["r4"] * 4


@pytest.mark.oldest
def test_group_values_of_every_type_come_out_as_they_went_in(instance):
    types = {"f": "float", "d": "double", "b": "boolean", "day": "date", "review": "string"}
    row = {"f": "0.1", "d": "0.30000000000000004", "b": "true", "day": "2020-12-31T00:00:00.101Z"}
    instance.import_rows("reviews", [{**row, "review": REVIEWS[0][-1]}], types)
    summarize(instance, GROUPS, {"group_summaries": "groups"}, {"group_columns": ["f", "d", "b", "day"]})
    written = instance.rows("groups")
    assert [{name: group[name] for name in row} for group in written] == [row]


def test_a_bad_setting_fails_before_any_work_with_a_sentence(flow):
    # The stand-in checks each field as the form does; what fields mean together is known to the recipe alone.
    config = {"budget": 400, "budget_unit": "percent", "preset": "custom", "method": "edmundson"}
    outcome = summarize(flow, TEXTS, {"summaries": "never"}, config, check=False)
    assert outcome.returncode != 0
    assert "'Maximum length' must be at most 100 where 'Length unit' is Percent of sentences." in outcome.stderr
    assert (
        "The method Edmundson (your bonus and stigma words) needs a word in 'Bonus words' or 'Stigma words'"
        in outcome.stderr
    )


def test_a_dataset_without_rows_gives_one_without_rows(instance):
    instance.import_rows("reviews", [], TYPES)
    summarize(instance, TEXTS, {"summaries": "none"}, {})
    assert instance.rows("none") == []
    summarize(instance, GROUPS, {"group_summaries": "no_groups"}, {"group_columns": ["product"]})
    assert instance.export_bytes("no_groups").decode().strip() == (
        "product,n_documents,n_sentences,summary,summary_sources,keyphrases,summary_status"
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "all 4 texts in the column 'review' are empty: select another 'Text column'"),
        ("It was the. And of. To be. So is it.", "none of the 4 texts in the column 'review', read as English, has"),
    ],
)
def test_texts_without_a_usable_word_are_reported_in_the_log(instance, text, sentence):
    instance.import_rows("reviews", [{"product": "a", "review": text}] * 4, {"product": "string", "review": "string"})
    done = summarize(instance, TEXTS, {"summaries": "summaries"}, {"language": "en", "budget": 1})
    assert sentence in done.stderr
    if not text:
        config = {"language": "en", "group_columns": ["product"]}
        assert sentence in summarize(instance, GROUPS, {"group_summaries": "groups"}, config).stderr
