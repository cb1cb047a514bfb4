"""Suggestions from tables whose answer is known."""

import json

import numpy as np
import pandas as pd
import pytest

from text_explorer.columns import names_of
from text_explorer.topics.model_selection import columns
from text_explorer.topics.model_selection.candidates import numbers_for, score_candidates
from text_explorer.topics.model_selection.suggestion import suggest

SEED_EFFECTS = (-0.01, 0.0, 0.01)


def table(curves, *, noise=1.0, n_seeds=3, engine="lda_gibbs", status=()):
    """Build a comparison of (number: (NPMI, C_v, stability, diversity)), where seeds move each measure a little."""
    rows = [
        {
            "engine": engine, "n_topics": n_topics, "seed": seed, "n_topics_alive": n_topics,
            "coherence_npmi": npmi + noise * effect, "coherence_cv": cv + noise * effect,
            "stability": stability + noise * effect if n_seeds > 1 else np.nan,
            "diversity": diversity + noise * effect, "perplexity": 1_000.0 - n_topics, "n_iterations": 200,
            "seconds": 1.0, "status": "ok", "notes": None,
        }
        for n_topics, (npmi, cv, stability, diversity) in curves.items()
        for seed, effect in enumerate(SEED_EFFECTS[:n_seeds])
    ]  # fmt: skip
    rows += [{"engine": engine, "n_topics": number, "seed": 0, "status": "No model."} for number in status]
    return pd.DataFrame(rows, columns=names_of(columns.COMPARISON))


def suggestion_of(*arguments, **options):
    return suggest(table(*arguments, **options)).iloc[0]


PEAK_AT_10 = {
    5: (0.05, 0.45, 0.50, 0.95),
    10: (0.15, 0.60, 0.80, 0.95),
    20: (0.12, 0.55, 0.40, 0.70),
    40: (0.08, 0.50, 0.30, 0.50),
}
FLAT = dict.fromkeys((5, 10, 20), (0.1, 0.5, 0.5, 0.8))


def test_a_clear_peak_is_suggested_with_high_confidence_and_no_caveat():
    row = suggestion_of(PEAK_AT_10)
    assert (row["engine"], row["suggested_n_topics"], row["confidence"]) == ("lda_gibbs", 10, "high")
    assert row["caveats"] is None
    assert row["n_fits"] == 12
    assert row["reason"].startswith(
        "LDA (Gibbs sampling) with 10 topics has the best score of the numbers compared (5, 10, 20, 40; 3 seeds each): "
        "1.00. Its topics have NPMI 0.150, C_v 0.600, stability 0.800 and diversity 0.950 on average."
    )
    assert "Perplexity takes no part" in row["reason"]


def test_perplexity_does_not_decide():
    comparison = table(PEAK_AT_10)
    comparison["perplexity"] = np.where(comparison["n_topics"] == 40, 1.0, 1e6)
    assert suggest(comparison).iloc[0]["suggested_n_topics"] == 10


def test_the_smallest_number_within_one_standard_error_of_the_best_wins():
    # The best is 20; 10 falls behind by less than the seeds leave open, 5 by more.
    curves = {
        5: (0.05, 0.40, 0.5, 0.9),
        10: (0.148, 0.598, 0.5, 0.9),
        20: (0.15, 0.60, 0.5, 0.9),
        30: (0.1, 0.5, 0.5, 0.9),
    }
    candidates, _ = score_candidates(table(curves))
    best, second = candidates[2], candidates[1]
    assert 0 < best.score - second.score < best.standard_error
    row = suggestion_of(curves)
    assert (row["suggested_n_topics"], row["confidence"]) == (10, "medium")
    assert "is the smallest of the numbers compared (5, 10, 20, 30; 3 seeds each) whose score" in row["reason"]
    assert "of LDA (Gibbs sampling) with 20 topics; more topics are not clearly better" in row["reason"]


def test_the_same_difference_decides_where_seeds_hardly_differ():
    curves = {
        5: (0.05, 0.40, 0.5, 0.9),
        10: (0.148, 0.598, 0.5, 0.9),
        20: (0.15, 0.60, 0.5, 0.9),
        30: (0.1, 0.5, 0.5, 0.9),
    }
    row = suggestion_of(curves, noise=0.001)
    assert row["suggested_n_topics"] == 20
    assert row["confidence"] == "medium"  # sure, but the difference to 10 is too small to matter


def test_no_measure_alone_decides():
    # Coherence speaks for 40, stability and diversity for 5; 10 is nearly as good as the best in each.
    curves = {5: (0.05, 0.40, 0.9, 1.0), 10: (0.14, 0.58, 0.85, 0.98), 40: (0.15, 0.60, 0.4, 0.5)}
    assert suggestion_of(curves)["suggested_n_topics"] == 10


def test_a_measure_that_hardly_varies_is_not_blown_up():
    candidates, measures = score_candidates(table({5: (0.100, 0.5, 0.5, 0.8), 10: (0.105, 0.5, 0.5, 0.8)}, noise=0))
    assert measures == ["coherence_npmi", "coherence_cv", "stability", "diversity"]
    assert [candidate.score for candidate in candidates] == pytest.approx([1 - 0.005 / 0.05 / 4, 1])


def test_flat_curves_give_the_smallest_number_a_caveat_and_low_confidence():
    row = suggestion_of(FLAT)
    assert (row["suggested_n_topics"], row["confidence"]) == (5, "low")
    assert "The scores differ no more" in row["caveats"]


def test_the_best_at_the_end_of_the_list_asks_for_larger_numbers():
    curves = {number: PEAK_AT_10[number] for number in (5, 10)}
    row = suggestion_of(curves)
    assert (row["suggested_n_topics"], row["confidence"]) == (10, "medium")
    assert (
        row["caveats"] == "It is the largest number compared, and a better one may lie beyond: try larger numbers too."
    )


def test_the_best_at_the_beginning_of_the_list_asks_for_smaller_numbers_unless_there_are_none():
    curves = {number: PEAK_AT_10[number] for number in (10, 20, 40)}
    assert suggestion_of(curves)["caveats"].endswith("try smaller numbers too.")
    curves = {2: PEAK_AT_10[10], 20: PEAK_AT_10[20]}
    row = suggestion_of(curves)
    assert (row["caveats"], row["confidence"]) == (None, "high")


def test_a_small_number_that_is_as_good_as_the_largest_asks_for_larger_numbers_not_smaller_ones():
    rising = {5: (0.1, 0.5, 0.5, 0.8), 10: (0.298, 0.698, 0.698, 0.8), 20: (0.3, 0.7, 0.7, 0.8)}
    row = suggestion_of(rising)
    assert row["suggested_n_topics"] == 10
    assert row["caveats"] == (
        "The best score is that of the largest number compared, and a better one may lie beyond: try larger numbers "
        "too."
    )


def test_a_number_beyond_which_no_model_can_be_trained_asks_for_no_larger_ones():
    curves = {number: PEAK_AT_10[number] for number in (5, 10)}
    assert "try" not in suggestion_of(curves, status=(20,))["caveats"]


def test_equal_scores_point_in_no_direction():
    assert "try" not in suggestion_of(FLAT)["caveats"]


@pytest.mark.parametrize(("n_alive", "asks"), [(10, True), (8, False)])
def test_a_smallest_limit_that_gsdmm_does_not_use_up_asks_for_no_smaller_one(n_alive, asks):
    comparison = table({number: PEAK_AT_10[number] for number in (10, 20)}, engine="gsdmm")
    comparison.loc[comparison["n_topics"] == 10, "n_topics_alive"] = n_alive
    assert ("try smaller numbers" in (suggest(comparison).iloc[0]["caveats"] or "")) == asks


@pytest.mark.parametrize(
    ("n_documents", "numbers"),
    [
        (1, (2,)),
        (5, (3, 4, 5)),
        (60, (3, 4, 5, 6, 8, 10)),
        (2_000, (3, 6, 12, 25, 50, 100)),
        (4_000, (3, 7, 16, 37, 86, 200)),
        (10**7, (3, 7, 16, 37, 86, 200)),
    ],
)
def test_the_numbers_compared_by_default_go_by_the_number_of_documents(n_documents, numbers):
    assert numbers_for(n_documents) == numbers


def test_one_seed_makes_a_choice_without_stability_and_with_low_confidence():
    row = suggestion_of(PEAK_AT_10, n_seeds=1)
    assert (row["suggested_n_topics"], row["confidence"]) == (10, "low")
    assert row["caveats"].startswith("With one seed, stability cannot be measured")
    assert "stability" not in row["reason"]
    assert "1 seed each" in row["reason"]


def test_two_seeds_are_too_few_to_be_sure():
    assert suggestion_of(PEAK_AT_10, n_seeds=2)["confidence"] == "medium"


def test_a_single_number_is_all_there_is_to_suggest():
    row = suggestion_of({10: PEAK_AT_10[10]})
    assert (row["suggested_n_topics"], row["confidence"], row["alternatives"]) == (10, "low", "[]")
    assert "nothing to compare it with" in row["reason"]
    assert row["caveats"] is None


def test_a_measure_some_number_lacks_is_in_no_score():
    comparison = table(PEAK_AT_10)
    comparison.loc[comparison["n_topics"] == 40, "coherence_cv"] = np.nan
    candidates, measures = score_candidates(comparison)
    assert measures == ["coherence_npmi", "stability", "diversity"]
    assert candidates[1].score == pytest.approx(1)
    assert "Not every number has C_v, so the score leaves it out" in suggest(comparison).iloc[0]["caveats"]


def test_a_seed_without_a_measure_counts_as_the_mean_of_the_others():
    comparison = table(PEAK_AT_10, noise=0)
    whole = [candidate.score for candidate in score_candidates(comparison)[0]]
    comparison.loc[0, "coherence_npmi"] = np.nan
    assert [candidate.score for candidate in score_candidates(comparison)[0]] == pytest.approx(whole)


def test_without_any_measure_the_smallest_number_is_suggested_as_a_guess():
    comparison = table(FLAT)
    comparison[["coherence_npmi", "coherence_cv", "stability", "diversity"]] = np.nan
    row = suggest(comparison).iloc[0]
    assert (row["suggested_n_topics"], row["confidence"]) == (5, "low")
    assert "No measure could be computed." in row["reason"]


def test_numbers_without_a_model_are_not_suggested_but_counted():
    row = suggestion_of(PEAK_AT_10, status=(80, 90))
    assert row["suggested_n_topics"] == 10
    assert "2 of 14 models could not be trained" in row["caveats"]


def test_alternatives_come_best_first_with_their_measures():
    alternatives = json.loads(suggestion_of(PEAK_AT_10)["alternatives"])
    assert [other["n_topics"] for other in alternatives] == [20, 5, 40]
    assert [other["score"] for other in alternatives] == sorted((o["score"] for o in alternatives), reverse=True)
    assert alternatives[1]["coherence_npmi"] == pytest.approx(0.05)
    assert {other["within_one_standard_error"] for other in alternatives} == {False}


def test_the_number_of_gsdmm_is_a_limit_with_the_topics_in_use():
    comparison = table(PEAK_AT_10, engine="gsdmm")
    comparison.loc[comparison["n_topics"] == 10, "n_topics_alive"] = [7, 8, 8]
    reason = suggest(comparison).iloc[0]["reason"]
    assert reason.startswith("GSDMM with at most 10 topics has the best score")
    assert "Of at most 10 topics, 7.667 are in use on average." in reason


@pytest.mark.parametrize(("n_alive", "asks"), [(10, True), (9, True), (8, False)])
def test_a_limit_gsdmm_does_not_use_up_needs_no_larger_one(n_alive, asks):
    comparison = table({number: PEAK_AT_10[number] for number in (5, 10)}, engine="gsdmm")
    comparison.loc[comparison["n_topics"] == 10, "n_topics_alive"] = n_alive
    caveats = suggest(comparison).iloc[0]["caveats"] or ""
    assert ("try larger numbers" in caveats) == asks


def test_several_methods_are_judged_together():
    worse = {number: tuple(value - 0.2 for value in measures) for number, measures in PEAK_AT_10.items()}
    comparison = pd.concat([table(worse, engine="gsdmm"), table(PEAK_AT_10)], ignore_index=True)
    row = suggest(comparison).iloc[0]
    assert (row["engine"], row["suggested_n_topics"]) == ("lda_gibbs", 10)
    assert len(json.loads(row["alternatives"])) == 7


def test_the_order_of_rows_does_not_matter():
    comparison = table(PEAK_AT_10)
    assert suggest(comparison.iloc[::-1]).iloc[0].to_dict() == suggest(comparison).iloc[0].to_dict()
