import json
from dataclasses import replace
from importlib.metadata import version

import numpy as np
import pytest

from tests.python.unit.topics.small_corpora import corpus_of_counts, counts_of, random_corpus
from text_explorer.errors import DataError
from text_explorer.topics.model_selection import fit_files
from text_explorer.topics.model_selection.fit_files import (
    corpus_hash,
    file_name,
    fit_to_bytes,
    is_fit_file,
    parse_fit,
)
from text_explorer.topics.model_selection.fits import FitSettings, MeasuredFit

SETTINGS = FitSettings("lda_gibbs", 3, 7)
NAME = file_name("a" * 32, SETTINGS, 0)
FIT = MeasuredFit(
    "lda_gibbs", 3, 7, n_topics_alive=3, coherence_npmi=0.1 + 0.2, diversity=0.9, n_iterations=200, seconds=1.5,
    notes=("No perplexity: too few.",), top_terms=((1, 2), (3, 4), (5, 6)),
)  # fmt: skip


def is_refused(name, content):
    with pytest.raises(DataError):
        parse_fit(name, content)
    return True


def test_a_fit_comes_back_as_it_went_in():
    assert parse_fit(NAME, fit_to_bytes(NAME, FIT)) == FIT


def test_no_part_of_a_file_is_taken_for_the_whole():
    content = fit_to_bytes(NAME, FIT)
    assert all(is_refused(NAME, content[:length]) for length in range(len(content)))


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"null", b"\xff\xfe", b'{"checksum": null}', b'{"fit": {}, "file": "x", "checksum": "0"}'],
)
def test_what_is_no_fit_is_not_read_as_one(content):
    assert is_refused(NAME, content)


def test_a_changed_figure_is_noticed():
    held = json.loads(fit_to_bytes(NAME, FIT))
    held["fit"]["diversity"] = 1.0
    assert is_refused(NAME, json.dumps(held).encode())


def test_a_file_under_the_name_of_another_fit_is_not_read():
    assert is_refused(file_name("b" * 32, SETTINGS, 0), fit_to_bytes(NAME, FIT))


@pytest.mark.parametrize(
    "other",
    [
        file_name("b" * 32, SETTINGS, 0),
        file_name("a" * 32, SETTINGS, 1),
        *(
            file_name("a" * 32, replace(SETTINGS, **change), 0)
            for change in (
                {"engine": "gsdmm"}, {"n_topics": 4}, {"seed": 8}, {"n_iterations": 50}, {"alpha": 0.1}, {"beta": 0.1},
            )
        ),
    ],
)  # fmt: skip
def test_whatever_a_fit_hangs_on_changes_its_name(other):
    assert other != NAME
    assert is_fit_file("/" + other)


@pytest.mark.parametrize("constant", ["MEASURE_VERSION", "HELD_OUT_SHARE", "FORMAT_VERSION"])
def test_another_way_to_measure_changes_the_name(monkeypatch, constant):
    monkeypatch.setattr(fit_files, constant, 99)
    assert file_name("a" * 32, SETTINGS, 0) != NAME


def test_another_version_of_the_plugin_changes_the_name(monkeypatch):
    monkeypatch.setattr("text_explorer.__version__", "99.0")
    assert file_name("a" * 32, SETTINGS, 0) != NAME


@pytest.mark.parametrize("library", ["numpy", "scipy", "numba", "gensim"])
def test_another_version_of_a_library_changes_the_name(monkeypatch, library):
    monkeypatch.setattr(fit_files, "version", lambda name: "99.0" if name == library else version(name))
    assert file_name("a" * 32, SETTINGS, 0) != NAME


@pytest.mark.parametrize("path", ["/manifest.json", "/edits/fit-1.json", "/fit-1.json.part", "notes.txt"])
def test_files_of_others_are_no_fits(path):
    assert not is_fit_file(path)


def test_the_hash_of_a_corpus_hangs_on_documents_order_and_terms():
    corpus = random_corpus(20, 6, 8)
    matrix = counts_of(corpus)
    more = matrix.copy()
    more[3, 2] += 1
    others = [corpus_of_counts(matrix[::-1]), corpus_of_counts(more), corpus_of_counts(matrix[:-1])]
    renamed = replace(corpus, vocabulary=replace(corpus.vocabulary, terms=("x", *corpus.vocabulary.terms[1:])))
    hashes = [corpus_hash(other) for other in [*others, renamed]]
    assert corpus_hash(corpus_of_counts(matrix)) == corpus_hash(corpus)
    assert len({corpus_hash(corpus), *hashes}) == 5


def test_another_order_of_the_words_changes_the_hash():
    # Coherence depends on the order of words, which bags of words do not have.
    bags = corpus_of_counts([[1, 1]])
    orders = [replace(bags, word_order=np.array(order, dtype=np.int32)) for order in ([0, 1], [1, 0])]
    assert len({corpus_hash(corpus) for corpus in [bags, *orders]}) == 3


def test_entries_that_move_from_one_document_to_the_next_change_the_hash():
    corpus = corpus_of_counts([[1, 0], [0, 1]])
    moved = replace(corpus, indptr=np.array([0, 2, 2]))
    assert corpus_hash(moved) != corpus_hash(corpus)


def signed(**changes):
    """Write a fit with other figures, and the checksum that belongs to them."""
    content = {"file": NAME, "fit": {**json.loads(fit_to_bytes(NAME, FIT))["fit"], **changes}}
    return json.dumps({**content, "checksum": fit_files._digest(content)}).encode()


def test_a_signed_fit_is_read():
    assert parse_fit(NAME, signed(diversity=0.5)).diversity == 0.5


@pytest.mark.parametrize(
    "changes",
    [
        {"engine": 7}, {"engine": None}, {"n_topics": True}, {"n_topics": "3"}, {"n_topics": -1}, {"n_topics": None},
        {"seed": 1.5}, {"coherence_npmi": "0.1"}, {"diversity": 1e300}, {"perplexity": [1]}, {"status": ["ok"]},
        {"notes": 7}, {"notes": [7]}, {"notes": ["\ud800"]}, {"top_terms": 7}, {"top_terms": [7]},
        {"top_terms": [["1"]]}, {"top_terms": [[-1]]}, {"top_terms": [[True]]}, {"n_iterations": 10**17}, {"more": 1},
    ],
)  # fmt: skip
def test_a_forged_figure_is_refused_by_file_and_field(changes):
    with pytest.raises(DataError) as refused:
        parse_fit(NAME, signed(**changes))
    sentence = str(refused.value)
    assert NAME in sentence
    assert next(iter(changes)) in sentence or "figures of this version" in sentence
    assert sentence.isprintable()


@pytest.mark.parametrize(
    "content", [b"[" * 100_000, b'{"fit": NaN}', b"\xef\xbb\xbf{}", b" " * 2**25, b'{"a": 1, "a": 1}']
)
def test_what_is_no_json_of_ours_is_refused(content):
    assert is_refused(NAME, content)
