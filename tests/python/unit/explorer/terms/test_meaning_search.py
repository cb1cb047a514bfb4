"""Documents ranked by meaning: by an embedding, by the documents that hold the words, or by the words' topics."""

from __future__ import annotations

import numpy as np
import pytest

from tests.python.unit.explorer.embedded_source import N_DOCUMENTS, N_NUMBERS, embedded_source, topic_of
from text_explorer.explorer.documents.listing import list_documents
from text_explorer.explorer.documents.selection import Selection
from text_explorer.explorer.shared.parameters import Page
from text_explorer.explorer.terms.meaning_search import NO_KNOWN_WORD, TypedText, rank_by_meaning

AXIS = np.eye(N_NUMBERS)


def topics_of(ranking, n=50):
    return {topic_of(row) for row in ranking.rows[:n].tolist()}


def by_words_alone():
    source = embedded_source(embedding_column="")
    source.model = {"settings": {}}
    return source


@pytest.mark.parametrize("topic", [0, 1, 2])
def test_an_embedding_finds_the_documents_near_it(indexed, topic):
    ranking = rank_by_meaning(indexed(embedded_source()), Selection(), TypedText("anything", AXIS[topic]))
    assert ranking.facts["by"] == "meaning"
    assert topics_of(ranking) == {topic}
    assert (np.diff(ranking.similarities) <= 0).all()


def test_without_an_embedding_the_documents_with_the_words_stand_for_them(indexed):
    typed = TypedText("an Orchard", why_no_embedding="No model is known.")
    ranking = rank_by_meaning(indexed(embedded_source()), Selection(), typed)
    facts = ranking.facts
    assert (facts["by"], facts["words"], facts["n_matches"], facts["why"]) == (
        "matches", ["orchard"], 20, "No model is known.",
    )  # fmt: skip
    assert topics_of(ranking) == {1}
    assert len(ranking.rows) == N_DOCUMENTS - 30


def test_without_vectors_documents_are_ranked_by_the_topics_of_the_words(indexed):
    ranking = rank_by_meaning(indexed(by_words_alone()), Selection(), TypedText("court"))
    assert (ranking.facts["by"], ranking.facts["words"], ranking.facts["why"]) == ("topics", ["court"], None)
    assert topics_of(ranking) == {2}
    # Hellinger distance of (0, 0, 1) and (.05, .05, .9)
    assert ranking.similarities[0] == pytest.approx(1 - np.sqrt((0.1 + (1 - np.sqrt(0.9)) ** 2) / 2), abs=1e-5)


def test_unknown_words_rank_nothing_and_say_so(indexed):
    ranking = rank_by_meaning(indexed(by_words_alone()), Selection(), TypedText("zzz"))
    assert (len(ranking.rows), ranking.facts["why"]) == (0, NO_KNOWN_WORD)


@pytest.mark.parametrize("embedding", [np.full(N_NUMBERS, np.nan), np.zeros(N_NUMBERS - 1)])
def test_an_odd_embedding_never_breaks_the_search(indexed, embedding):
    ranking = rank_by_meaning(indexed(embedded_source()), Selection(), TypedText("court", embedding))
    assert topics_of(ranking) == {2}


def test_filters_are_honoured_and_pages_show_the_similarity(indexed):
    index, selection = indexed(embedded_source()), Selection(groups=((0, "peru"),))
    answer = list_documents(
        index, selection, Page(2, 10), rank=lambda index: rank_by_meaning(index, selection, TypedText("court"))
    )
    assert answer["total"] == 120
    assert {entry["row"] % 2 for entry in answer["documents"]} == {0}
    similarities = [entry["similarity"] for entry in answer["documents"]]
    assert similarities == sorted(similarities, reverse=True)
    assert answer["ranking"]["n_ranked_of"] == 150
