"""Summaries of one text by several methods, side by side."""

from __future__ import annotations

import pytest

from tests.python.unit.explorer.filterable_source import filterable_source
from text_explorer.explorer.reading.method_summaries import (
    LONGEST_SUMMARIZED,
    METHODS,
    summaries_by_method,
    text_and_language,
)
from text_explorer.explorer.shared.errors import NotFoundError

SENTENCES = [
    "The harbour was full of ships from many countries that morning.",
    "A captain sold his ship and the cargo of the ship in the harbour.",
    "Ships leave the harbour when the storm is over and the captain agrees.",
    "My aunt likes green apples with cheese on Sundays.",
]
TEXT = " ".join(SENTENCES)


def test_each_method_chooses_sentences_of_the_text():
    answer = summaries_by_method(TEXT, "en", 2)
    assert [method["id"] for method in answer["methods"]] == list(METHODS)
    assert answer["language"] == "English"
    assert not answer["is_cut"]
    chosen = [sentence for method in answer["methods"] for sentence in method["sentences"]]
    assert len(chosen) == 2 * len(METHODS)
    assert {sentence["text"] for sentence in chosen} <= set(SENTENCES)
    assert {TEXT[sentence["start"] : sentence["end"]] == sentence["text"] for sentence in chosen} == {True}


def test_first_sentences_are_those_of_the_text_and_agreement_is_counted():
    methods = summaries_by_method(TEXT, "en", 1)["methods"]
    (first,) = methods[-1]["sentences"]
    assert first["text"] == SENTENCES[0]
    everything = [sentence for method in methods for sentence in method["sentences"]]
    assert first["n_methods"] == sum(sentence["start"] == 0 for sentence in everything)


def test_the_language_is_detected_where_it_is_not_known():
    german = (
        "Der Hafen war voller Schiffe aus vielen Ländern. Ein Kapitän verkaufte sein Schiff im Hafen an diesem Tag."
    )
    assert summaries_by_method(german, None, 1)["language"] == "German"


def test_of_a_very_long_text_the_beginning_is_read():
    answer = summaries_by_method(f"{TEXT} " * (LONGEST_SUMMARIZED // len(TEXT) + 2), "en", 3)
    assert answer["is_cut"]
    assert (
        max(sentence["end"] for method in answer["methods"] for sentence in method["sentences"]) <= LONGEST_SUMMARIZED
    )


def test_an_empty_text_has_no_sentences():
    assert {len(method["sentences"]) for method in summaries_by_method("", "en", 3)["methods"]} == {0}


def test_a_document_is_found_by_its_row(indexed):
    index = indexed(filterable_source())
    assert text_and_language(index, 1) == ("black tea", None)
    with pytest.raises(NotFoundError, match="no document in row 77"):
        text_and_language(index, 77)
