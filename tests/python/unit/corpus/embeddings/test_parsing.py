import numpy as np
import pytest

from text_explorer.corpus.embeddings import parsing
from text_explorer.corpus.embeddings.parsing import (
    ALL_ZERO,
    EMPTY,
    NO_ARRAY,
    NOT_FINITE,
    OTHER_LENGTH,
    OTHER_MODEL,
    EmbeddingCollector,
    RowFaults,
    embedding_cell,
    embedding_key,
    embeddings_of_model,
    parse_embedding,
)
from text_explorer.errors import DataError


def collected(*cells):
    collector = EmbeddingCollector()
    for cell in cells:
        collector.add(cell)
    return collector


@pytest.mark.parametrize("cell", ["[1, 2.5, -3e-2]", " [1,2.5,-0.03]\n"])
def test_a_json_array_of_numbers_is_an_embedding(cell):
    assert parse_embedding(cell) == pytest.approx(np.array([1, 2.5, -0.03], dtype=np.float32))
    assert parse_embedding(cell).dtype == np.float32


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (None, EMPTY), ("", EMPTY), ("  ", EMPTY), (float("nan"), EMPTY),
        ("0.1 0.2", NO_ARRAY), ("[1, 2", NO_ARRAY), ("[]", NO_ARRAY), ('{"vector": [1]}', NO_ARRAY), ("0.5", NO_ARRAY),
        ("[[1, 2]]", NO_ARRAY), ('["1", "2"]', NO_ARRAY), ("[true, 1]", NO_ARRAY), ("[null, 1]", NO_ARRAY),
        (17, NO_ARRAY), ("[" * 100_000, NO_ARRAY),
        ("[NaN, 1]", NOT_FINITE), ("[Infinity, 1]", NOT_FINITE), ("[1e39, 1]", NOT_FINITE),
        ("[" + "9" * 400 + "]", NOT_FINITE),
        ("[0, 0.0, -0.0]", ALL_ZERO), ("[1e-60, 0]", ALL_ZERO),
    ],
)  # fmt: skip
def test_any_other_cell_has_a_reason_why_there_is_none(cell, reason):
    assert parse_embedding(cell) == reason


def test_an_array_longer_than_any_embedding_is_none(monkeypatch):
    monkeypatch.setattr(parsing, "MOST_NUMBERS", 3)
    assert parse_embedding("[1, 2, 3, 4]") == NO_ARRAY


def test_rows_keep_their_embeddings_and_the_others_are_counted():
    collector = collected("[1, 2]", "", "[3, 4]", "[5, 6, 7]", "x")
    embeddings, rows, _ = collector.finish("vector")
    assert (embeddings.tolist(), rows.tolist()) == ([[1, 2], [3, 4]], [0, 2])
    assert collector.faults.n_given == 2
    assert str(collector.faults) == (
        f"2 of 5 rows have an embedding (others: {EMPTY} 1, {NO_ARRAY} 1, {OTHER_LENGTH} 1)"
    )


def test_the_length_of_most_rows_counts_wherever_the_others_stand():
    embeddings, rows, _ = collected("[9]", "[1, 2]", "[3, 4]").finish("vector")
    assert (embeddings.shape, rows.tolist()) == ((2, 2), [1, 2])


def test_mixed_lengths_end_in_a_sentence():
    with pytest.raises(DataError, match=r"'vector' are of different models \(1 numbers in 1 rows, 2 numbers in 1 rows"):
        collected("[9]", "[1, 2]", "[1, 2, 3]").finish("vector")


def test_a_column_without_embeddings_ends_in_a_sentence():
    with pytest.raises(DataError, match=r"'vector' holds no embedding: 0 of 2 rows .* no JSON array of numbers 2"):
        collected("a", "b").finish("vector")


def test_embeddings_of_the_model_of_most_rows_count():
    collector = EmbeddingCollector()
    for cell, source in [("[9, 9]", "b"), ("[1, 2]", "a"), ("[3, 4]", "a"), ("[5]", "a"), ("", None)]:
        collector.add(cell, source)
    embeddings, rows, source = collector.finish("vector")
    assert (embeddings.tolist(), rows.tolist(), source) == ([[1, 2], [3, 4]], [1, 2], "a")
    assert dict(collector.faults.reasons) == {EMPTY: 1, OTHER_LENGTH: 1, OTHER_MODEL: 1}


def test_mixed_models_of_one_length_end_in_a_sentence():
    collector = EmbeddingCollector()
    for number in range(6):
        collector.add("[1, 2]", "abc"[number % 3])
    with pytest.raises(DataError, match=r"different models \(2 numbers by a in 2 rows, 2 numbers by b in 2 rows, 2"):
        collector.finish("vector")


def test_cells_of_a_known_model_become_rows_and_others_zeros():
    faults = RowFaults()
    cells, sources = ["[1, 2]", "[3, 4]", "[5, 6]", "[1]", ""], ["a", None, "b", "a", None]
    embeddings = embeddings_of_model(cells, sources, 2, "a", faults)
    assert embeddings.tolist() == [[1, 2], [3, 4], [0, 0], [0, 0], [0, 0]]
    assert dict(faults.reasons) == {OTHER_MODEL: 1, OTHER_LENGTH: 1, EMPTY: 1}
    assert (faults.n_rows, faults.n_given) == (5, 2)


def test_with_an_unknown_model_only_the_length_counts():
    embeddings = embeddings_of_model(["[1, 2]", "[3]"], ["a", "b"], 2, None, RowFaults())
    assert embeddings.tolist() == [[1, 2], [0, 0]]


def test_a_written_cell_holds_the_very_numbers():
    numbers = np.random.default_rng(1).normal(size=500).astype(np.float32) * np.float32(10.0) ** np.arange(-30, 20, 0.1)
    embedding = numbers.astype(np.float32)
    assert np.array_equal(parse_embedding(embedding_cell(embedding)), embedding)


def test_an_embedding_has_the_same_key_as_json_and_as_a_list():
    assert (
        embedding_key("[1, 2.5]")
        == embedding_key(" [1.0,25e-1] ")
        == embedding_key([1.0, 2.5])
        != embedding_key("[1, 2]")
    )
    assert embedding_key("[null, 1]") is embedding_key([None, 1.0]) is embedding_key("") is None
