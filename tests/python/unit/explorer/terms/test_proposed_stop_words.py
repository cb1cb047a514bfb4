"""Words proposed as stop words, from the dataset of terms alone and with the counts of the model."""

from __future__ import annotations

from tests.python.unit.explorer.theme_source import theme_source
from text_explorer.explorer.terms.proposed_stop_words import proposed_stop_words


def with_word(source, word, topics, probability):
    """Put a word among the terms of topics, in the form of their first terms."""
    terms = source.tables["topic_terms"]
    first = {row["topic_id"]: row for row in reversed(terms)}
    terms += [{**first[topic], "term": word, "probability": probability} for topic in topics]
    return source


def test_no_word_of_topics_of_different_words_is_proposed(indexed):
    assert proposed_stop_words(indexed(theme_source())) == {"words": []}


def test_a_word_among_the_top_terms_of_most_topics_is_proposed(indexed):
    index = indexed(with_word(theme_source(), "flight", [0, 1, 2, 5], 0.9))
    assert proposed_stop_words(index) == {"words": [{"word": "flight", "reason": "in 4 of 6 topics"}]}


def test_terms_that_do_not_occur_in_a_topic_do_not_count(indexed):
    source = with_word(theme_source(), "flight", [0, 1, 2, 3], 0.9)
    source.tables["topic_terms"][-1]["count"] = 0
    assert proposed_stop_words(indexed(source)) == {"words": []}


def test_a_word_of_half_of_the_topics_is_not(indexed):
    assert proposed_stop_words(indexed(with_word(theme_source(), "flight", [0, 1, 2], 0.9)))["words"] == []


def test_topics_without_documents_do_not_count(indexed):
    source = with_word(theme_source(), "flight", [0, 1, 2], 0.9)
    for row in source.tables["document_topics"]:
        if row["topic_id"] == 5:
            row["topic_id"] = 4
    assert proposed_stop_words(indexed(source)) == {"words": [{"word": "flight", "reason": "in 3 of 5 topics"}]}


def test_a_word_in_nearly_all_documents_is_proposed(indexed):
    source = with_word(theme_source(with_files=False), "airline", [0], 0.001)
    for row in source.tables["topics"]:
        row["n_documents"] = 20
    source.tables["topic_terms"][-1]["document_count"] = 108
    assert proposed_stop_words(indexed(source)) == {"words": [{"word": "airline", "reason": "in 90% of the documents"}]}
