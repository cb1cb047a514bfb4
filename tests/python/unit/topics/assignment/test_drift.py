import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import jensenshannon

from tests.python.unit.topics.small_corpora import profile_of
from text_explorer.columns import names_of
from text_explorer.topics import columns
from text_explorer.topics.assignment import columns as names
from text_explorer.topics.assignment.drift import (
    distance_by_chance,
    drift_sentences,
    drift_table,
    jensen_shannon_distance,
)
from text_explorer.topics.storage.training_profile import TopicProfile

LABELS = ["war", "money", "school"]


def documents(*counts, n_without=0, n_words=100, n_unknown=10):
    """A profile of numbers of documents per topic, each document of one topic."""
    shares = np.repeat(np.eye(len(counts)), counts, axis=0)
    return profile_of(np.vstack([shares, np.full((n_without, len(counts)), np.nan)]), n_words, n_unknown)


def test_the_distance_is_that_of_scipy():
    first, second = np.random.default_rng(0).dirichlet(np.ones(8), size=2)
    assert jensen_shannon_distance(first, second) == pytest.approx(jensenshannon(first, second, base=2), abs=1e-12)


def test_the_distance_runs_from_zero_to_one():
    assert jensen_shannon_distance(np.array([0.2, 0.8]), np.array([0.2, 0.8])) == 0.0
    assert jensen_shannon_distance(np.array([1.0, 0.0]), np.array([0.0, 1.0])) == 1.0
    assert np.isnan(jensen_shannon_distance(np.array([np.nan, np.nan]), np.array([0.5, 0.5])))


@pytest.mark.parametrize(("n_topics", "n_first", "n_second"), [(5, 400, 2_000), (20, 1_000, 1_000), (60, 5_000, 900)])
def test_samples_of_the_same_shares_are_as_far_apart_as_chance_is_said_to_bring(n_topics, n_first, n_second):
    generator = np.random.default_rng(1)
    shares = generator.dirichlet(np.full(n_topics, 5.0))
    divergences = [
        jensen_shannon_distance(
            generator.multinomial(n_first, shares) / n_first, generator.multinomial(n_second, shares) / n_second
        ) ** 2
        for _ in range(400)
    ]  # fmt: skip
    assert np.sqrt(np.mean(divergences)) == pytest.approx(distance_by_chance(n_topics, n_first, n_second), rel=0.06)


def test_a_known_shift_is_measured():
    table = drift_table(documents(50, 30, 20), documents(20, 30, 50, n_without=25, n_unknown=40), LABELS)
    assert table.columns.tolist() == names_of(names.DRIFT)
    overall, *topics = table.to_dict("records")
    assert overall[columns.TOPIC_LABEL] == "all topics"
    assert (overall[names.N_ROWS_NOW], overall[names.N_DOCUMENTS_NOW], overall[names.NO_TOPIC_SHARE_NOW]) == (
        125, 100, 0.2,
    )  # fmt: skip
    assert (overall[names.UNKNOWN_WORD_SHARE_TRAINING], overall[names.UNKNOWN_WORD_SHARE_NOW]) == (0.1, 0.4)
    assert overall[names.DISTANCE] == pytest.approx(jensenshannon([0.5, 0.3, 0.2], [0.2, 0.3, 0.5], base=2), abs=1e-6)
    assert overall[names.DISTANCE_BY_CHANCE] < overall[names.DISTANCE] / 2
    assert [row[names.DIFFERENCE] for row in topics] == [-0.3, 0.0, 0.3]
    assert [(row[names.DIFFERENCE_LOW] > 0) - (row[names.DIFFERENCE_HIGH] < 0) for row in topics] == [-1, 0, 1]
    assert [(row[names.N_DOCUMENTS_TRAINING], row[names.N_DOCUMENTS_NOW]) for row in topics] == [
        (50, 20), (30, 30), (20, 50),
    ]  # fmt: skip
    assert [row[names.MEAN_SHARE_NOW] for row in topics] == [0.2, 0.3, 0.5]


def test_columns_have_the_types_of_the_schema():
    table = drift_table(documents(5, 5, 0), documents(5, 0, 5), LABELS)
    integers = [column.name for column in names.DRIFT if column.type == "bigint"]
    assert {str(table[name].dtype) for name in integers} == {"Int64"}
    assert pd.isna(table[columns.TOPIC_ID][0])
    assert table[columns.TOPIC_ID].tolist()[1:] == [0, 1, 2]


def test_an_older_model_folder_leaves_training_empty_with_a_sentence():
    now = documents(20, 30, 50)
    table = drift_table(None, now, LABELS)
    of_training = [name for name in table.columns if name.endswith("_training")]
    assert len(of_training) == 6
    unknown = [*of_training, names.DIFFERENCE, names.DIFFERENCE_LOW, names.DIFFERENCE_HIGH, names.DISTANCE]
    assert table[unknown].isna().all(axis=None)
    assert table[names.DOCUMENT_SHARE_NOW].tolist()[1:] == [0.2, 0.3, 0.5]
    assert "holds no figures of its training documents" in drift_sentences(None, now, LABELS)[0]


def test_no_document_now_leaves_the_comparison_empty():
    table = drift_table(documents(20, 30, 50), documents(0, 0, 0, n_words=0, n_unknown=0), LABELS)
    assert table[[names.DOCUMENT_SHARE_NOW, names.DIFFERENCE, names.DISTANCE]].isna().all(axis=None)
    assert table[names.N_DOCUMENTS_NOW].tolist() == [0, 0, 0, 0]
    assert "cannot be compared" in drift_sentences(documents(1, 1, 1), documents(0, 0, 0), LABELS)[0]


def test_the_log_names_the_topics_that_moved_most():
    *_, moved = drift_sentences(documents(500, 300, 200), documents(200, 290, 510), LABELS)
    assert moved == (
        "topics whose share of documents differs by more than chance: 2 of 3 (about 0.2 expected by chance), "
        "most of all 2 (school) 20.0% -> 51.0%; 0 (war) 50.0% -> 20.0%"
    )


def test_of_one_topic_nothing_can_drift():
    table = drift_table(documents(5), documents(9), ["all"])
    assert table[names.DISTANCE][0] == table[names.DISTANCE_BY_CHANCE][0] == 0.0
    assert table[names.DIFFERENCE][1] == 0.0


def test_a_profile_without_words_has_an_unknown_rate():
    then = TopicProfile(1, np.array([1]), np.array([1.0]), 0, 0)
    assert "unknown words: unknown at training" in drift_sentences(then, documents(9), ["all"])[2]
