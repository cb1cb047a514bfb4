import io
import json
import re
from dataclasses import replace

import numpy as np
import pytest

from tests.python.unit.english_texts import english
from tests.python.unit.topics.forged_folders import GONE, arrays, with_value
from tests.python.unit.topics.small_corpora import shares_of
from tests.python.unit.topics.vectors import near_directions, with_units
from text_explorer.corpus.document_term_matrix import bags_of_words, build_corpus
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.errors import DataError
from text_explorer.topics.models.engines import ENGINES
from text_explorer.topics.models.training import EngineSettings, train
from text_explorer.topics.storage.manifest import ARRAYS, MANIFEST, VOCABULARY
from text_explorer.topics.storage.model_folder import make_manifest, model_files, read_model


@pytest.fixture(params=sorted(ENGINES))
def trained(request, themed_corpus):
    return train(themed_corpus, EngineSettings(engine=request.param, n_topics=3))


@pytest.fixture
def files(trained):
    return model_files(trained, make_manifest(trained, labels=["a", "b", "c"], facts={"n_rows": 60}))


def test_a_model_is_read_as_it_was_written(trained, files, themed_corpus):
    _, model, vocabulary, _ = read_model(files.get)
    assert vocabulary.terms == themed_corpus.vocabulary.terms
    assert vocabulary.term_counts.tolist() == themed_corpus.vocabulary.term_counts.tolist()
    assert model.transform(themed_corpus).tobytes() == shares_of(trained).tobytes()


def test_a_model_with_a_retired_topic_has_a_format_of_its_own(trained, themed_corpus):
    order = np.array([0, -1, 1, 2])
    retired = np.ones((4, themed_corpus.n_terms))
    numbered = replace(trained, model=trained.model.reordered(order, retired))
    stored = model_files(numbered, make_manifest(numbered, labels=list("abcd"), facts={}))
    manifest, model, _, _ = read_model(stored.get)
    assert manifest["format_version"] == 2
    assert model.in_use.tolist() == [True, False, True, True]
    assert model.transform(themed_corpus)[:, order >= 0].tolist() == shares_of(trained).tolist()


def test_a_model_without_a_topic_in_use_is_damaged(trained, themed_corpus):
    none = replace(trained, model=trained.model.reordered(np.array([-1, -1]), np.ones((2, themed_corpus.n_terms))))
    stored = model_files(none, make_manifest(none, labels=list("ab"), facts={}))
    with pytest.raises(DataError, match="no topic is in use"):
        read_model(stored.get)


def test_stems_and_phrases_are_read_as_they_were_written_and_found_in_new_texts():
    preparation = Preparation(normal_form="stem", phrases="bigrams", phrase_min_count=2, max_document_share=1.0)
    words = ["army", "navy", "battle", "gold", "silver", "coin"]
    texts = [f"social security, pensions, {word}" for word in words] + [f"pension, {word}" for word in words[:4]]
    corpus, _ = build_corpus(english(texts), preparation)
    trained = train(corpus, EngineSettings(engine="gsdmm", n_topics=3))
    stored = model_files(
        trained, make_manifest(trained, labels=list("abc")[: len(trained.model.topic_term_distr)], facts={})
    )
    vocabulary = read_model(stored.get).vocabulary
    assert vocabulary.names_of_stems["pension"] == "pensions"
    assert ("social", "security") in vocabulary.phrases[0]
    assert vocabulary.names_of_stems == corpus.vocabulary.names_of_stems
    assert vocabulary.phrases == corpus.vocabulary.phrases
    new = bags_of_words(english(["Social security and the pension"]), vocabulary, preparation)
    assert {vocabulary.terms[i] for i in new.indices} == {"social security", "pensions"}


def test_the_same_model_is_written_in_the_same_bytes(trained, files):
    assert model_files(trained, make_manifest(trained, labels=["a", "b", "c"], facts={"n_rows": 60})) == files


def test_the_manifest_describes_the_training(trained, files):
    manifest = json.loads(files[MANIFEST])
    assert manifest["engine"] == trained.model.engine
    assert (manifest["format_version"], manifest["n_topics"], manifest["n_documents"]) == (1, 3, 60)
    assert manifest["library_versions"].keys() >= {"gensim", "numpy", "numba"}


@pytest.mark.parametrize("missing", [MANIFEST, VOCABULARY, ARRAYS])
def test_a_folder_that_lacks_a_file_is_no_model(files, missing):
    del files[missing]
    with pytest.raises(DataError, match=rf"no complete model \({missing} is missing\)"):
        read_model(files.get)


def test_a_newer_format_is_refused(files):
    files[MANIFEST] = json.dumps(
        {**json.loads(files[MANIFEST]), "format_version": 99, "plugin_version": "9.0.0"}
    ).encode()
    with pytest.raises(DataError, match=r"Text Explorer 9\.0\.0 in format 99.*Update the plugin"):
        read_model(files.get)


def test_a_manifest_of_another_program_is_refused(files):
    files[MANIFEST] = b'{"name": "something else"}'
    with pytest.raises(DataError, match=r"no model of Text Explorer \(manifest\.json has .*\)\. Select the folder"):
        read_model(files.get)


@pytest.mark.parametrize("path", [MANIFEST, VOCABULARY, ARRAYS])
def test_a_damaged_file_is_refused(files, path):
    files[path] = files[path][:20]
    with pytest.raises(DataError, match="damaged"):
        read_model(files.get)


def test_an_unknown_engine_is_refused(files):
    files[MANIFEST] = json.dumps({**json.loads(files[MANIFEST]), "engine": "magic"}).encode()
    with pytest.raises(DataError, match=r"method 'magic', which this version does not know\. Update the plugin"):
        read_model(files.get)


@pytest.fixture(scope="module")
def with_meaning(themed_corpus):
    return train(
        with_units(themed_corpus, near_directions(np.arange(60) % 3, 5, 0.2)), EngineSettings("gsdmm", n_topics=3)
    )


@pytest.fixture(scope="module")
def files_with_meaning(with_meaning):
    facts = {"n_rows": 60, "meaning": {"warning": "The embeddings\ndo not fit."}}
    return model_files(with_meaning, make_manifest(with_meaning, labels=["a", "b", "c"], facts=facts))


def test_the_meaning_of_a_model_is_read_as_it_was_written(with_meaning, files_with_meaning):
    manifest, model, _, _ = read_model(files_with_meaning.get)
    assert model.meaning.kappa == with_meaning.model.meaning.kappa
    assert model.meaning.projection.n_numbers == model.meaning.projection.n_dimensions == 5
    assert model.transform(with_meaning.corpus).tobytes() == shares_of(with_meaning).tobytes()
    assert manifest["meaning"]["warning"] == "The embeddings\ndo not fit."


def test_a_model_of_words_alone_has_no_array_of_meaning(themed_corpus):
    trained = train(themed_corpus, EngineSettings("gsdmm", n_topics=3))
    files = model_files(trained, make_manifest(trained, labels=["a", "b", "c"], facts={}))
    assert sorted(np.load(io.BytesIO(files[ARRAYS]))) == [
        "equation", "first_topics", "priors", "topic_docs", "topic_term_counts",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("forge", "fault"),
    [
        ({"meaning_kappa": GONE}, "the array meaning_kappa is missing"),
        ({"meaning_kappa": np.array(1e9)}, "the array meaning_kappa must hold numbers from 0 to 80"),
        ({"meaning_kappa": np.array(np.nan)}, "the array meaning_kappa must hold numbers"),
        ({"meaning_directions": GONE}, "it must hold the arrays"),
        ({"meaning_directions": np.ones(5, "f4")}, "meaning_directions must be a matrix of at most 64 columns"),
        ({"meaning_directions": np.ones((100, 65), "f4")}, "meaning_directions must be a matrix of at most 64 columns"),
        ({"meaning_directions": np.ones((5, 6), "f4")}, "no fewer than columns"),
        ({"meaning_directions": np.ones((9, 5), "f4")}, "meaning_centre must have the shape 9. Got 5"),
        ({"meaning_directions": with_value(7)}, "meaning_directions must hold numbers from -1.001 to 1.001"),
        ({"meaning_sums": np.ones((2, 5), "f4")}, "meaning_sums must have the shape 3 x 5. Got 2 x 5"),
        ({"meaning_sums": with_value(np.inf)}, "meaning_sums must hold numbers"),
        ({"meaning_n_vectors": with_value(-1)}, "meaning_n_vectors must hold numbers"),
    ],
)
def test_forged_meaning_is_refused_in_one_sentence(files_with_meaning, forge, fault):
    with pytest.raises(DataError, match=re.escape(fault)):
        read_model(arrays(**forge)(files_with_meaning).get)
