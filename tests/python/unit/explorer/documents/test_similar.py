"""Documents like one document: near in topics, and sharing its rare terms."""

from __future__ import annotations

import math

import pytest

from tests.python.unit.explorer.filterable_source import filterable_source, two_merged_into_zero
from text_explorer.explorer.documents.similar import similar_documents
from text_explorer.explorer.shared.errors import NotFoundError

# Topic, its proportion, text; the other topics share the rest. Terms of the vocabulary: harbour in two, tea in many.
DOCUMENTS = [
    (0, 0.9, "tea in the harbour"),
    (0, 0.9, "tea and cake"),
    (0, 0.9, "cake and milk"),
    (1, 0.9, "a ship left the harbour"),
    (0, 0.4, "bread"),
    (0, 0.9, "tea in the harbour"),
    (None, None, "harbour of no topic"),
    *[(2, 0.9, "tea again")] * 4,
]


@pytest.fixture
def index(indexed):
    return indexed(with_vocabulary())


def with_vocabulary():
    source = filterable_source([(topic, share, "", "", "", text) for topic, share, text in DOCUMENTS])
    source.tables["topic_terms"] = [
        {"topic_id": 0, "term": term, "probability": 0.2, "count": n, "document_count": n}
        for term, n in (("tea", 7), ("harbour", 4), ("cake", 2), ("milk", 1))
    ]
    return source


def by_row(index, row):
    return {found["row"]: found for found in similar_documents(index, row)["documents"]}


def test_topics_and_rare_terms_both_count(index):
    found = by_row(index, 0)
    weights = {"harbour": math.log(11 / 4), "tea": math.log(11 / 7)}
    share = weights["tea"] / sum(weights.values())
    assert (found[1]["by_topic"], found[1]["by_terms"], found[1]["terms"]) == (1.0, round(share, 2), ["tea"])
    assert found[1]["similarity"] == round((1 + share) / 2, 2)
    assert found[2]["by_terms"] == 0.0
    assert found[3]["terms"] == ["harbour"]


def test_the_most_similar_comes_first_and_copies_are_counted_apart(index):
    answer = similar_documents(index, 0)
    similarities = [found["similarity"] for found in answer["documents"]]
    assert similarities == sorted(similarities, reverse=True)
    assert answer["n_copies"] == 1
    assert not {0, 5} & set(by_row(index, 0))


def test_the_similarity_of_topics_is_one_less_the_hellinger_distance(index):
    (p, q) = (0.9, 0.05, 0.05), (0.4, 0.3, 0.3)
    distance = math.sqrt(sum((math.sqrt(a) - math.sqrt(b)) ** 2 for a, b in zip(p, q)) / 2)
    assert by_row(index, 2)[4]["by_topic"] == round(1 - distance, 2)


def test_a_document_without_a_topic_is_compared_by_its_terms(index):
    found = by_row(index, 6)
    assert found[0]["by_topic"] is None
    assert found[0]["similarity"] == found[0]["by_terms"] == 1.0
    assert set(found) == {0, 3, 5}


def test_merged_topics_are_one(indexed):
    index = indexed(with_vocabulary(), edits=two_merged_into_zero)
    assert by_row(index, 2)[1]["by_topic"] == 1.0
    assert by_row(index, 0)[7]["by_topic"] > 0.99


def test_a_row_that_is_not_there_is_said(index):
    with pytest.raises(NotFoundError, match="no document in row 99"):
        similar_documents(index, 99)
