import threading

import numpy as np
import pytest

from tests.python.unit.explorer.memory_source import small_source
from tests.python.unit.explorer.trained_source import trained_source
from text_explorer.errors import DataError, SettingsError
from text_explorer.explorer.reading.model_cache import ModelCache
from text_explorer.explorer.shared.errors import NotReadyError


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def source():
    return trained_source()


@pytest.mark.parametrize("engine", ["gsdmm", "lda_gibbs", "lda_gensim"])
def test_a_model_of_every_engine_is_loaded_with_its_distributions(engine):
    model = ModelCache(trained_source(engine)).get()
    assert model.topic_term_distr.shape == (2, len(model.topics.vocabulary.terms))
    assert model.topic_term_distr.dtype == np.float32
    np.testing.assert_allclose(model.topic_term_distr.sum(axis=1), 1, rtol=1e-5)
    assert model.topic_weights.sum() == pytest.approx(1)
    # Both themes have 24 documents of about as many words.
    np.testing.assert_allclose(model.topic_weights, 0.5, atol=0.1)


def test_a_model_is_loaded_once_for_all_who_ask(source):
    keeper, reads = ModelCache(source), []
    read = source.model_file
    source.model_file = lambda path: reads.append(path) or read(path)
    models = []
    threads = [threading.Thread(target=lambda: models.append(keeper.get())) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(models) == 6
    assert len({id(model) for model in models}) == 1
    assert reads.count("model.npz") == 1


def test_a_model_that_was_retrained_is_loaded_again(source):
    clock = Clock()
    keeper = ModelCache(source, clock=clock)
    first = keeper.get()
    newer = trained_source("lda_gibbs")
    source.model, source.files = newer.model, newer.files
    clock.now = 9
    assert keeper.get() is first
    clock.now = 11
    assert keeper.get().topics.model.engine == "lda_gibbs"


def test_who_waits_too_long_is_asked_to_come_back_and_then_gets_it(source):
    gate, read = threading.Event(), source.model_file
    source.model_file = lambda path: gate.wait(10) and read(path)
    keeper = ModelCache(source, longest_wait=0.01)
    with pytest.raises(NotReadyError, match="The model is being loaded"):
        keeper.get()
    gate.set()
    keeper._longest_wait = 10
    assert keeper.get().topics.n_topics == 2


def test_a_folder_that_was_mended_is_tried_again(source):
    whole = source.files
    source.files = {path: content for path, content in whole.items() if path != "vocabulary.json"}
    keeper = ModelCache(source)
    with pytest.raises(DataError, match=r"vocabulary\.json is missing"):
        keeper.get()
    source.files = whole
    assert keeper.get().topics.n_topics == 2


def test_without_a_folder_the_reader_gets_a_sentence_on_what_to_choose():
    source = small_source()
    source.model = None
    with pytest.raises(SettingsError, match="Select 'Model' in the settings"):
        ModelCache(source).get()


def test_an_unexpected_fault_is_reported_without_its_details(source, caplog):
    def fail(path):
        raise RuntimeError("secret detail")

    source.model_file = fail
    with pytest.raises(DataError, match="unexpected error") as told:
        ModelCache(source).get()
    assert "secret" not in str(told.value)
    assert "secret detail" in caplog.text


def test_the_language_column_of_training_is_kept(source):
    source.model["settings"]["language_column"] = "lang"
    assert ModelCache(source).get().language_column == "lang"
