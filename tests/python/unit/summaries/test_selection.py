import numpy as np
import pytest

from text_explorer.summaries import selection
from text_explorer.summaries.selection import is_within_budget, scaled, select
from text_explorer.summaries.sentences.settings import SummarySettings

# Lengths in words: 4, 2, 6, 3.
TEXT = "Rivers reach great oceans. Bridges stand. Harbours shelter ships against winter storms. Engines need fuel."


def settings(**values) -> SummarySettings:
    return SummarySettings(**{"redundancy": 0.0, "min_words": 0, **values})


def chosen(document, scores, drop_duplicates=False, **values):
    return select(document, np.array(scores, dtype=float), settings(**values), drop_duplicates=drop_duplicates)


@pytest.mark.parametrize(
    ("unit", "budget", "expected"),
    [
        ("sentences", 2, [2, 0]),
        ("sentences", 9, [2, 0, 3, 1]),
        ("percent", 50, [2, 0]),
        ("percent", 74, [2, 0]),
        ("percent", 1, [2]),
        ("percent", 100, [2, 0, 3, 1]),
        ("words", 6, [2]),
        ("words", 9, [2, 3]),  # the second best has four words and is passed over
        ("words", 5, [0]),  # the best is too long
        ("words", 1, [2]),  # none fits: the best all the same
        ("characters", len("Harbours shelter ships against winter storms."), [2]),
        ("characters", len("Harbours shelter ships against winter storms. Bridges stand."), [2, 1]),
    ],
)
def test_budget(make_document, unit, budget, expected):
    assert chosen(make_document(TEXT), [3, 1, 4, 2], budget_unit=unit, budget=budget) == expected


def test_ties_go_to_the_earlier_sentence(make_document):
    assert chosen(make_document(TEXT), [1, 1, 1, 1], budget=2) == [0, 1]


def test_differences_by_rounding_are_ties(make_document):
    assert chosen(make_document(TEXT), [1, 1 + 1e-15, 1 + 2e-15, 1], budget=2) == [0, 1]


def test_redundancy_passes_over_what_repeats(make_document):
    document = make_document(
        "The old bridge crosses the wide river. An old bridge crosses a wide cold river. Engines burn heavy fuel."
    )
    assert chosen(document, [3, 2.9, 2], budget=2, redundancy=0.0) == [0, 1]
    assert chosen(document, [3, 2.9, 2], budget=2, redundancy=0.7) == [0, 2]


def test_redundancy_weighs_score_against_cosine(make_document):
    document = make_document("Rivers flow. Rivers rise. Engines burn.")
    cosine = float((document.vectors @ document.vectors.T)[0, 1])
    # The second scores 0.5 - of the range 0 to 1 - and loses once redundancy * cosine is more than that weighs.
    turning_point = 0.5 / (0.5 + cosine)
    assert chosen(document, [2, 1, 0], budget=2, redundancy=turning_point - 0.01) == [0, 1]
    assert chosen(document, [2, 1, 0], budget=2, redundancy=turning_point + 0.01) == [0, 2]


def test_duplicates_are_dropped_even_if_the_summary_stays_shorter(make_document):
    document = make_document("Rivers flow east. " * 6)
    assert chosen(document, [1] * 6, budget=3) == [0, 1, 2]
    assert chosen(document, [1] * 6, budget=3, drop_duplicates=True) == [0]


def test_duplicates_without_content_words_are_found_by_their_letters(make_document):
    document = make_document("👍\n🎉\n👍\nIt was the")
    assert chosen(document, [1] * 4, budget=4, drop_duplicates=True) == [0, 1, 3]


def test_duplicates_without_content_words_may_differ_in_case_and_signs(make_document):
    document = make_document("It was the.", "it was THE!", "Rivers rise.")
    assert chosen(document, [1] * 3, budget=3, drop_duplicates=True) == [0, 2]


def test_like_sumy_the_score_alone_decides_to_its_last_digit(make_document):
    document = make_document("Agreed. Rivers reach great oceans. Rivers reach great oceans.")
    like_sumy = {"method": "textrank", "sumy_compatible": True, "redundancy": 1.0, "min_words": 3}
    assert chosen(document, [1, 1 + 1e-15, 1], budget=3, drop_duplicates=True, **like_sumy) == [1, 0, 2]
    assert chosen(document, [3, 2, 1], budget=1, budget_unit="characters", **like_sumy) == [0]


@pytest.mark.parametrize("method", ["lexrank", "lead", "random"])
@pytest.mark.parametrize(("unit", "budget"), [("sentences", 2), ("percent", 67), ("words", 6), ("characters", 40)])
def test_room_is_not_filled_with_fragments(make_document, method, unit, budget):
    document = make_document("Agreed. Rivers reach great oceans. Thanks.")
    assert chosen(document, [3, 1, 2], budget_unit=unit, budget=budget, method=method, min_words=3) == [1]


def test_fragments_follow_all_others_where_they_are_kept(make_document):
    document = make_document("Agreed. Rivers reach great oceans. Thanks.")
    scores = np.array([3.0, 1.0, 2.0])
    kept = select(document, scores, settings(min_words=3), drop_duplicates=True, keep_fragments=True)
    assert kept == [1, 0, 2]


def test_where_no_sentence_has_the_minimum_of_content_words_half_of_it_counts(make_document):
    document = make_document("Thanks. Rivers reach great oceans. 10:30. Rivers rise.")  # 1, 4, 0 and 2 content words
    assert chosen(document, [4, 3, 2, 1], budget=4, min_words=4) == [1]
    assert chosen(document, [4, 3, 2, 1], budget=4, min_words=8) == [1]
    assert chosen(document, [4, 3, 2, 1], budget=4, min_words=5) == [1, 3]
    assert chosen(document, [4, 3, 2, 1], budget=4, min_words=2) == [1, 3]


def test_where_no_sentence_has_a_content_word_all_count(make_document):
    assert chosen(make_document("It was the. 10:30. Was it?"), [1, 3, 2], budget=2, min_words=3) == [1, 2]


@pytest.mark.parametrize("method", ["lead", "random"])
def test_baselines_may_repeat(make_document, method):
    document = make_document("Rivers reach great oceans. " * 3)
    assert chosen(document, [3, 2, 1], budget=2, method=method, redundancy=1.0, min_words=3) == [0, 1]


@pytest.mark.parametrize(
    ("unit", "budget", "expected"),
    [
        ("sentences", 3, False),
        ("sentences", 4, True),
        ("percent", 99, False),
        ("percent", 100, True),
        ("words", 14, False),
        ("words", 15, True),
        ("characters", len(TEXT) - 1, False),
        ("characters", len(TEXT), True),
    ],
)
def test_a_text_within_the_budget_is_known(make_document, unit, budget, expected):
    assert is_within_budget(make_document(f" {TEXT} "), settings(budget_unit=unit, budget=budget)) is expected


def test_scaled_scores_reach_from_zero_to_one():
    np.testing.assert_allclose(scaled(np.array([-4.0, -1.0, 2.0])), [0, 0.5, 1])
    np.testing.assert_array_equal(scaled(np.array([5.0, 5.0])), [0, 0])


def test_long_summaries_are_filled_by_score(make_document, monkeypatch):
    monkeypatch.setattr(selection, "MAX_COMPARED", 1)
    document = make_document(TEXT + " Thanks. Rivers reach great oceans.")
    scores = [3, 1, 4, 2, 9, 5]
    assert chosen(document, scores, budget=5, min_words=2) == [5, 2, 0, 3, 1]
    assert chosen(document, scores, budget=5, min_words=2, drop_duplicates=True) == [5, 2, 3, 1]
    assert chosen(document, scores, budget=8, budget_unit="words", min_words=2) == [5, 0]


def test_half_of_a_long_text_is_chosen_in_seconds(make_document, made_up_text):
    document = make_document(made_up_text(20_000))
    assert len(chosen(document, range(20_000), True, budget=50, budget_unit="percent", redundancy=0.3)) == 10_000


def test_lines_of_signs_take_their_share_of_a_budget_in_words(make_document):
    document = make_document("Bridges stand firm.\n-----\n***\n!!!\n😀")
    scores = [5, 4, 3, 2, 1]
    assert chosen(document, scores, budget_unit="words", budget=4) == [0, 1]
