"""Run 'Evaluate summaries' in the stand-in for DSS, as a flow would."""

from __future__ import annotations

import json
import os

import pytest
from rouge_score.rouge_scorer import RougeScorer

from tests.python.conftest import ROOT, LocalInstance
from tests.python.recipes.model_folders import plugin_with_chunks
from text_explorer.columns import names_of
from text_explorer.summaries.evaluation import columns

RECIPE = "text-explorer-evaluate"
OUTPUTS = {"evaluation": "evaluation", "evaluation_overall": "overall"}
PHONE = "The battery lasts long. I like red. The battery charges fast and lasts long. Bye now."
CAMERA = "My aunt has a dog. The camera is great. A great camera makes great pictures. It was cheap."
TYPES = {
    "id": "string", "rouge_1_f1": "bigint", "review": "string", "short": "string", "gold": "string", "silver": "string",
}  # fmt: skip
ROWS = [
    ("007", 1, PHONE, "The battery lasts long.", "The battery is lasting.", "It charges fast."),
    (
        "NA",
        None,
        CAMERA,
        "A great camera makes great pictures. It was cheap.",
        None,
        "Great pictures at a cheap price.",
    ),
    ("null", 3, PHONE, None, "The battery lasts.", None),
    ("x", 4, None, "It charges fast.", "It charges fast.", None),
    ("y", 5, CAMERA, "Cheap camera, great pictures", None, None),
    ("z", 6, "😀 😀", "😀", "!", "?"),
]


def evaluate(instance, config, *, rows="rows", outputs=OUTPUTS, hash_seed="0", options=("--form-defaults",)):
    config = {"text_column": "review", "summary_column": "short", **config}
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    return instance.run(RECIPE, {"summaries": rows}, outputs, config, *options, environment=environment)


def figures(instance, config, **options):
    done = evaluate(instance, config, **options)
    assert done.returncode == 0, done.stderr
    return instance.rows("evaluation"), {(row["measure"], row["system"]): row for row in instance.rows("overall")}


@pytest.fixture(scope="module")
def flow(shared_instance):
    shared_instance.import_rows("rows", [dict(zip(TYPES, row)) for row in ROWS], TYPES)
    return shared_instance


@pytest.fixture(scope="module")
def with_references(flow):
    return figures(flow, {"reference_columns": ["gold", "silver"]})


@pytest.fixture(scope="module")
def without_references(flow):
    return figures(flow, {}, options=())  # not even the defaults of the form


@pytest.mark.oldest
def test_every_row_comes_out_once_in_order_with_its_values_untouched(with_references):
    rows, _ = with_references
    assert [tuple(row[name] for name in TYPES) for row in rows] == [
        tuple("" if value is None else str(value) for value in row) for row in ROWS
    ]


@pytest.mark.oldest
def test_new_columns_give_way_to_those_of_the_input(with_references):
    rows, _ = with_references
    added = list(rows[0])[len(TYPES) :]
    expected = names_of(columns.evaluation_columns(with_references=True))
    assert added == ["rouge_1_f1_1" if name == "rouge_1_f1" else name for name in expected]


@pytest.mark.oldest
def test_the_status_of_each_row_names_what_is_missing(with_references):
    rows, _ = with_references
    assert [row["evaluation_status"] for row in rows] == [
        "ok", "ok", "no summary", "empty text", "no reference", "no summary",
    ]  # fmt: skip
    assert [row["n_references"] for row in rows] == ["2", "1", "1", "1", "0", "0"]


@pytest.mark.oldest
def test_figures_of_a_row_are_those_of_rouge_score_with_the_best_reference(with_references):
    rows, _ = with_references
    scorer = RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True)
    assert len(rows) == len(ROWS)
    for row, (*_, summary, gold, silver) in zip(rows[:2], ROWS):
        expected = scorer.score_multi([text for text in (gold, silver) if text], summary)
        for ours, theirs in (("rouge_1_f1_1", "rouge1"), ("rouge_2_f1", "rouge2"), ("rouge_l_f1", "rougeL")):
            assert float(row[ours]) == pytest.approx(expected[theirs].fmeasure, abs=1e-12)


def test_each_summary_has_baselines_and_differences(with_references):
    rows, _ = with_references
    assert [row["baseline_length"] for row in rows] == ["1 sentence", "2 sentences", "", "", "4 words", ""]
    assert rows[0]["lead_rouge_1_f1"] == rows[0]["rouge_1_f1_1"]  # the summary is the first sentence
    assert float(rows[0]["rouge_1_f1_minus_lead"]) == 0.0
    lead = RougeScorer(["rouge1"], use_stemmer=True).score(ROWS[1][5], "My aunt has a dog. The camera is great.")
    assert float(rows[1]["lead_rouge_1_f1"]) == pytest.approx(lead["rouge1"].fmeasure, abs=1e-12)


def test_a_summary_whose_text_is_missing_is_scored_by_its_references(with_references):
    row = with_references[0][3]
    assert (row["rouge_1_f1_1"], row["lead_rouge_1_f1"], row["term_coverage"]) == ("1.0", "", "")


def test_a_summary_without_references_is_measured_by_its_text(with_references):
    row = with_references[0][4]
    assert (row["rouge_1_f1_1"], row["novelty_words"], row["summary_n_words"]) == ("", "0.0", "4")


@pytest.mark.oldest
def test_overall_figures_count_rows_and_explain_exclusions(with_references):
    rows, overall = with_references
    summary, lead = overall["rouge_1_f1", "summary"], overall["rouge_1_f1", "lead"]
    assert (summary["n_rows"], summary["n_left_out"]) == ("3", "3")
    assert summary["left_out"] == "no summary: 2, no reference: 1"
    assert lead["left_out"] == "no summary: 2, empty text: 1, no reference: 1"
    counted = [float(row["rouge_1_f1_1"]) for row in rows if row["rouge_1_f1_1"]]
    assert float(summary["mean"]) == pytest.approx(sum(counted) / 3)
    assert float(summary["ci_low"]) <= float(summary["mean"]) <= float(summary["ci_high"])
    differences = [float(row["rouge_1_f1_minus_lead"]) for row in rows if row["rouge_1_f1_minus_lead"]]
    assert float(lead["summary_minus_system"]) == pytest.approx(sum(differences) / 2)
    assert (summary["summary_minus_system"], summary["difference_ci_low"]) == ("", "")


def test_without_reference_columns_only_rouge_is_missing(without_references):
    rows, overall = without_references
    assert [name for name in rows[0] if "rouge" in name] == ["rouge_1_f1"]  # the input's own
    assert [row["evaluation_status"] for row in rows] == ["ok", "ok", "no summary", "empty text", "ok", "no summary"]
    assert {measure for measure, _ in overall} == {measure.name for measure in columns.TEXT_MEASURES}
    assert overall["novelty_words", "summary"]["mean"] == "0.0"


def test_two_runs_any_chunk_size_and_any_hash_seed_write_the_same_bytes(flow, with_references, tmp_path):
    config, exports = {"reference_columns": ["gold", "silver"]}, []
    for hash_seed, chunk_rows in (("1", None), ("2", 1), ("3", 4)):
        plugin = plugin_with_chunks(tmp_path / str(chunk_rows), ROOT, RECIPE, chunk_rows) if chunk_rows else ROOT
        instance = LocalInstance(flow.folder, plugin)
        assert evaluate(instance, config, hash_seed=hash_seed).returncode == 0
        exports.append([instance.export_bytes(name) for name in OUTPUTS.values()])
    assert exports[1:] == exports[:1] * 2


def test_figures_do_not_depend_on_row_order(instance):
    config = {"reference_columns": ["gold", "silver"], "language": "en", "seed": 3}
    exports, by_id = [], []
    for rows in (ROWS * 3, ROWS[::-1] * 3):
        instance.import_rows("rows", [dict(zip(TYPES, row)) for row in rows], TYPES)
        evaluated, _ = figures(instance, config)
        by_id.append({row["id"]: row for row in evaluated})
        exports.append(instance.export_bytes("overall"))
    assert exports[0] == exports[1]
    assert by_id[0] == by_id[1]


def test_texts_of_each_language_are_read_by_their_own_words(instance):
    rows = [
        {"code": "ru", "review": "Батарея держится долго. Мне нравится цвет.", "short": "Батарея держится долго."},
        {"code": "zh", "review": "北京的天气很好。他在吃苹果。", "short": "北京的天气很好。"},
    ]
    instance.import_rows("rows", [{**row, "gold": row["short"]} for row in rows])
    evaluated, _ = figures(instance, {"reference_columns": ["gold"], "language_column": "code"})
    assert [row["rouge_2_f1"] for row in evaluated] == ["1.0", "1.0"]
    assert [row["rouge_1_f1_minus_lead"] for row in evaluated] == ["0.0", "0.0"]


def test_stemming_can_be_switched_off(flow, with_references):
    plain, _ = figures(flow, {"reference_columns": ["gold"], "stemming": False})
    # "lasts" and "lasting" meet by their stem alone.
    assert float(plain[0]["rouge_1_f1_1"]) == pytest.approx(2 * 2 / 8)
    assert float(with_references[0][0]["rouge_1_f1_1"]) == pytest.approx(2 * 3 / 8)


def test_bad_settings_fail_before_any_work_in_one_message(flow):
    done = evaluate(flow, {"summary_column": "review", "reference_columns": ["review"]}, outputs=dict(OUTPUTS))
    assert done.returncode != 0
    assert "'Summary column' must differ from 'Text column'. Got 'review' for both" in done.stderr
    assert "'Reference columns' must not contain the summary column 'review'" in done.stderr


@pytest.mark.oldest
def test_a_dataset_without_rows_gives_a_whole_of_no_rows(instance):
    instance.import_rows("rows", [], TYPES)
    rows, overall = figures(instance, {"reference_columns": ["gold"]})
    assert rows == []
    assert len(overall) == 3 * len(columns.measures(with_references=True))
    assert {(row["mean"], row["ci_low"], row["n_rows"]) for row in overall.values()} == {("", "", "0")}


@pytest.mark.oldest
def test_summaries_of_the_plugin_are_taken_as_they_come(instance):
    instance.import_rows("documents", [{"review": PHONE}, {"review": CAMERA}, {"review": ""}])
    done = instance.run(
        "text-explorer-summarize", {"documents": "documents"}, {"summaries": "rows"},
        {"text_column": "review", "preset": "custom", "budget": 2, "min_words": 0}, "--form-defaults",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows, _ = figures(instance, {"summary_column": "summary"})
    assert [row["evaluation_status"] for row in rows] == ["ok", "ok", "no summary"]
    assert [row["summary_n_sentences"] for row in rows] == ["2", "2", ""]
    for row in rows[:2]:
        assert len(json.loads(row["summary_sentences"])) == 2
        assert (row["novelty_words"], row["novelty_pairs"], row["fragment_coverage"]) == ("0.0", "0.0", "1.0")


LISTS = [
    ("The cat sat on the mat.", '["The cat sat on the mat.", "A cat slept."]', "", 2, 1.0),
    ("A cat slept.", '["The dog barked.", "A cat slept."]', "No animal.", 3, 1.0),
    ("The cat sat.", '["The cat sat.", null, "", "null", "..."]', "", 1, 1.0),
    ("Кошка спит.", '["Собака лает.", "Кошка спит."]', "", 2, 1.0),
    ("[1] The cat", "[1] The cat", "", 1, 1.0),
    ("Dogs bark.", "[]", "", 0, None),
]


def test_references_in_a_list_are_several_references(flow):
    names = ("review", "short", "gold", "silver")
    flow.import_rows("lists", [dict(zip(names, (PHONE, *values[:3]))) for values in LISTS])
    rows, _ = figures(flow, {"reference_columns": ["gold", "silver"]}, rows="lists")
    assert [int(row["n_references"]) for row in rows] == [n_references for *_, n_references, _ in LISTS]
    assert [float(row["rouge_1_f1"]) if row["rouge_1_f1"] else None for row in rows] == [best for *_, best in LISTS]
