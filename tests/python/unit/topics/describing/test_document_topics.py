import numpy as np

from text_explorer.topics import columns
from text_explorer.topics.describing.document_topics import document_columns

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
