import json

import numpy as np

from text_explorer.topics import columns
from text_explorer.topics.describe import (
    EXCERPT_CHARACTERS,
    RepresentativeDocuments,
    document_columns,
    excerpt,
)

NAN_ROW = np.full(3, np.nan)


def test_rows_get_topic_label_share_and_status():
    shares = np.array([[0.2, 0.8, 0.0], NAN_ROW, NAN_ROW, [0.5, 0.5, 0.0]])
    table = document_columns(["gold", None, "the", "both"], shares, ["a", "b", "c"])
    assert table[columns.TOPIC_ID].tolist()[0] == 1
    assert table[columns.TOPIC_ID].isna().tolist() == [False, True, True, False]
    assert table[columns.TOPIC_ID].dtype == "Int64"
    assert table[columns.TOPIC_LABEL].tolist() == ["b", None, None, "a"]
    assert table[columns.TOPIC_PROBABILITY].tolist()[0] == 0.8
    assert table[columns.TOPIC_STATUS].tolist() == ["ok", "empty text", "no known term", "ok"]


def test_representative_documents_are_those_of_the_largest_share_each_text_once():
    gathered = RepresentativeDocuments(2)
    for row, (text, share) in enumerate([("x", 0.6), ("y", 0.9), ("y", 0.9), ("z", 0.3), (None, 0.9), ("w", 0.9)]):
        gathered.add(row, f"k{row}", text, np.array([share, 1 - share]))
    assert [found["row_key"] for found in json.loads(gathered.json(0))] == ["k1", "k5", "k0"]
    assert json.loads(gathered.json(1)) == [{"row_key": "k3", "excerpt": "z", "probability": 0.7}]


def test_an_excerpt_is_one_line_cut_at_a_space():
    assert excerpt("two\n lines") == "two lines"
    long = excerpt("word " * 200)
    assert len(long) <= EXCERPT_CHARACTERS
    assert long.endswith("word…")
