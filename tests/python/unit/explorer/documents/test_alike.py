"""Documents like one document: by their vectors, or without one by topics; filters are honoured, copies collapsed."""

from __future__ import annotations

import pytest

from tests.python.unit.explorer.embedded_source import COPY, COPY_OF, embedded_source, topic_of
from tests.python.unit.explorer.filterable_source import filterable_source
from text_explorer.explorer.documents.alike import BY_MEANING, BY_TOPICS, documents_like
from text_explorer.explorer.documents.selection import Selection
from text_explorer.explorer.index.document_vectors import DocumentVectors
from text_explorer.explorer.shared.errors import NotFoundError

PERU = Selection(groups=((0, "peru"),))


def test_the_nearest_by_meaning_are_of_the_topic_and_copies_are_counted_apart(indexed):
    answer = documents_like(indexed(embedded_source()), COPY_OF, Selection())
    assert (answer["by"], answer["why"], answer["among"], answer["n_copies"]) == (BY_MEANING, None, None, 1)
    rows = [found["row"] for found in answer["documents"]]
    assert len(rows) == 8
    assert not {COPY, COPY_OF} & set(rows)
    assert {topic_of(row) for row in rows} == {topic_of(COPY_OF)}
    similarities = [found["similarity"] for found in answer["documents"]]
    assert similarities == sorted(similarities, reverse=True)


def test_a_text_that_is_repeated_is_listed_once(indexed):
    index = indexed(embedded_source(n_documents=24))
    (found,) = [found for found in documents_like(index, 6, Selection())["documents"] if found["row"] == COPY_OF]
    assert found["n_same"] == 1


def test_cosines_are_computed_once_however_many_copies_are_nearer_than_others(indexed, monkeypatch):
    source = embedded_source()
    documents = source.tables["document_topics"]
    for document in documents[5:205]:  # 200 copies of one text, all nearer than any other
        document["text"], document["embedding"] = "again and again", documents[COPY_OF]["embedding"]
    computed, similarities = [], DocumentVectors.similarities

    def counted(self, query, rows=None):
        computed.append(rows)
        return similarities(self, query, rows)

    monkeypatch.setattr(DocumentVectors, "similarities", counted)
    first, *others = documents_like(indexed(source), COPY_OF, Selection())["documents"]
    assert (first["n_same"], len(others), computed) == (199, 7, [None])


def test_filters_are_honoured(indexed):
    answer = documents_like(indexed(embedded_source()), COPY_OF, PERU)
    assert answer["among"] == 150
    assert {found["row"] % 2 for found in answer["documents"]} == {0}


def test_a_document_without_an_embedding_is_compared_by_topics(indexed):
    answer = documents_like(indexed(embedded_source()), 0, PERU)
    assert answer["by"] == BY_TOPICS
    assert "no embedding" in answer["why"]
    assert {(found["topic"], found["row"] % 2) for found in answer["documents"]} == {(0, 0)}


def test_without_any_embeddings_topics_are_compared(indexed):
    answer = documents_like(indexed(filterable_source()), 0, Selection())
    assert (answer["by"], answer["why"]) == (BY_TOPICS, None)


def test_a_row_that_is_not_there_is_refused(indexed):
    with pytest.raises(NotFoundError, match="no document in row 300"):
        documents_like(indexed(embedded_source()), 300, Selection())
