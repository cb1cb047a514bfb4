import json
import sqlite3
from contextlib import closing

import pytest

from tests.python.unit.explorer.trained_source import trained_source
from text_explorer.corpus.words.boilerplate.units import hex_of, units_of
from text_explorer.corpus.words.character_classes import characters
from text_explorer.explorer.reading.model_cache import ModelCache
from text_explorer.explorer.reading.read_text import try_text, words_of_document
from text_explorer.explorer.shared.errors import BadRequestError, NotFoundError
from text_explorer.explorer.shared.parameters import text_to_try
from text_explorer.explorer.shared.roles import MAX_TEXT


@pytest.fixture
def model():
    return ModelCache(trained_source()).get()


@pytest.fixture
def documents():
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("CREATE TABLE documents (row INTEGER PRIMARY KEY, text TEXT, columns TEXT)")
        connection.execute("CREATE TABLE facts (name TEXT, value TEXT)")
        connection.execute("INSERT INTO facts VALUES ('columns', ?)", (json.dumps(["stars", "lang"]),))
        yield connection


def add(documents, row, text, language=""):
    documents.execute("INSERT INTO documents VALUES (?, ?, ?)", (row, text, json.dumps(["5", language])))


def test_halves_of_characters_are_replaced_before_anything_reads_them():
    assert text_to_try({"text": "a\ud800b"}) == "a?b"


@pytest.mark.parametrize("text", [None, 7, "", "\n "])
def test_no_text_is_refused(text):
    with pytest.raises(BadRequestError, match="Type or paste a text first"):
        text_to_try({"text": text})


def test_the_longest_text_is_taken(model):
    text = text_to_try({"text": ("cats " * 20_000)})
    told = try_text(text, model, (0, 1))
    assert (told["n_words"], len(told["spans"])) == (20_000, 20_000)


def test_the_language_is_the_one_of_training_where_that_was_chosen(model):
    assert not model.topics.detects_languages
    assert try_text("Die Katzen und die Hunde sind im Garten", model, (0, 1))["language"] == "English"


def test_of_a_longer_document_the_shown_part_is_read(model, documents):
    add(documents, 0, "x" * (MAX_TEXT - 4) + " cats dogs")
    told = words_of_document(documents, 0, model, (0, 1))
    assert [span[:2] for span in told["spans"]] == []
    assert told["n_words"] == 1  # "cat" of "cats"; the long run of letters is no word
    assert told["unknown"] == ["cat"]


def test_the_language_column_of_training_decides_how_a_document_is_read(documents):
    source = trained_source()
    source.model["settings"]["language_column"] = "lang"
    source.files["manifest.json"] = json.dumps(source.model).encode()
    model = ModelCache(source).get()
    add(documents, 0, "l'cats", "fr")
    add(documents, 1, "l'cats", "en")
    add(documents, 2, "l'cats", "")
    known = [words_of_document(documents, row, model, (0, 1))["n_known"] for row in range(3)]
    assert known == [1, 0, 0]


def test_a_row_that_is_not_there_is_reported(model, documents):
    with pytest.raises(NotFoundError, match="no document in row 5"):
        words_of_document(documents, 5, model, (0, 1))


def test_lines_that_the_model_ignores_are_returned_and_their_words_are_not_coloured(documents):
    source = trained_source()
    footer = "Sent from the dogs"
    source.model["preparation"]["repeated_lines"] = sorted(hex_of(units_of(characters(footer)).hashes))
    source.files["manifest.json"] = json.dumps(source.model).encode()
    model = ModelCache(source).get()
    add(documents, 0, f"\U0001f431 cats\n> {footer.upper()}\ncats")
    add(documents, 1, footer)
    told = words_of_document(documents, 0, model, (0, 1))
    assert told["boilerplate"] == [[7, 27]]
    assert [span[:2] for span in told["spans"]] == [[2, 6], [28, 32]]
    alone = words_of_document(documents, 1, model, (0, 1))
    assert (alone["boilerplate"], [span[:2] for span in alone["spans"]]) == ([], [[14, 18]])
