"""Embedding texts within limits, and files of vectors: with models that answer as a test wants."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter

import numpy as np
import pytest

from text_explorer.cells import text_key
from text_explorer.errors import DataError
from text_explorer.language_models.embedding.answers import EmbeddedText
from text_explorer.language_models.embedding.limited_embedder import LimitedEmbedder, TextCensus
from text_explorer.language_models.embedding.vector_files import folder_of, parse_vectors, vector_file
from text_explorer.language_models.embedding.vector_store import VectorStore
from text_explorer.language_models.limited_model import PAUSES, Limits

MODEL = "model, text overflow TRUNCATE"


def vector_of(text, n_numbers=4):
    return np.random.default_rng(text_key(text)).normal(size=n_numbers).astype(np.float32)


class Model:
    """A model that fails for texts as often as it is told."""

    def __init__(self, failures=(), lengths=()):
        self._failures, self._lengths = Counter(dict(failures)), dict(lengths)
        self.requests, self.texts = [], Counter()

    def __call__(self, texts):
        self.requests.append(len(texts))
        self.texts.update(texts)
        return [self._answer(text) for text in texts]

    def _answer(self, text):
        if self.texts[text] <= self._failures[text]:
            return EmbeddedText(None, f"{text} failed.")
        return EmbeddedText(vector_of(text, self._lengths.get(text, 4)))


def embedder(model, *, store=None, limits=None, **options):
    pauses = []
    made = LimitedEmbedder(
        model, store or VectorStore(MODEL), limits or Limits(10_000, 10**9), wait=pauses.append, **options
    )
    made.pauses = pauses
    return made


def statuses(found):
    return [embedding.status for embedding in found]


def test_texts_are_sent_in_batches_each_different_one_once_and_answers_come_in_order():
    model = Model()
    texts = [f"text {number % 50}" for number in range(200)]
    found = embedder(model, n_per_request=20).embeddings(texts)
    assert all(np.array_equal(embedding.vector, vector_of(text)) for embedding, text in zip(found, texts))
    assert sorted(model.requests) == [10, 20, 20]
    assert set(model.texts.values()) == {1}


def test_later_rows_with_the_same_text_are_not_sent_again_whether_it_failed_or_not():
    model = Model({"bad": 99})
    asked = embedder(model)
    assert statuses(asked.embeddings(["good", "bad"])) == ["ok", "no answer"]
    assert statuses(asked.embeddings(["bad", None, "good"])) == ["no answer", "empty text", "ok"]
    assert model.texts == {"good": 1, "bad": 3}


def test_failed_texts_alone_are_sent_three_times_after_growing_pauses():
    model = Model({"once": 1, "twice": 2, "always": 9})
    asked = embedder(model)
    assert statuses(asked.embeddings(["good", "once", "twice", "always"])) == ["ok", "ok", "ok", "no answer"]
    assert model.texts == {"good": 1, "once": 2, "twice": 3, "always": 3}
    assert asked.pauses == list(PAUSES) == sorted(PAUSES)
    assert asked.usage.errors == {"once failed.": 1, "twice failed.": 2, "always failed.": 3}


def test_failed_texts_of_several_requests_are_sent_again_together():
    model = Model({"text 3": 1, "text 77": 9})
    asked = embedder(model, n_per_request=10)
    found = asked.embeddings([f"text {number}" for number in range(100)])
    assert Counter(statuses(found)) == {"ok": 99, "no answer": 1}
    assert model.requests == [10] * 10 + [2, 1]
    assert asked.pauses == list(PAUSES)


class Blocking:
    """A model that refuses texts with one message, for some of them as often as it is told."""

    def __init__(self, failures):
        self._failures, self.texts = failures, Counter()

    def __call__(self, texts):
        self.texts.update(texts)
        return [
            EmbeddedText(None, "Blocked.") if self.texts[text] <= self._failures.get(text, 0) else
            EmbeddedText(vector_of(text)) for text in texts
        ]  # fmt: skip


def test_a_message_that_lasted_is_no_reason_to_send_other_texts_again():
    model = Blocking({"bad": 99, "worse": 99, "alone": 99})
    asked = embedder(model)
    for texts in (["good", "bad"], ["fine", "worse"], ["alone"]):
        asked.embeddings(texts)
    assert model.texts == {"good": 1, "bad": 3, "fine": 1, "worse": 1, "alone": 3}
    assert asked.pauses == [*PAUSES, *PAUSES]


def test_a_message_that_passed_for_any_text_is_one():
    model = Blocking({"bad": 99, "passing": 1, "later": 1})
    asked = embedder(model)
    assert statuses(asked.embeddings(["good", "bad", "passing"])) == ["ok", "no answer", "ok"]
    assert statuses(asked.embeddings(["fine", "later"])) == ["ok", "ok"]


def test_a_model_that_is_down_is_waited_for_before_more_is_sent():
    texts = [f"text {number}" for number in range(40)]
    model = Model(dict.fromkeys(texts[:20], 2))
    asked = embedder(model, n_per_request=10)
    assert set(statuses(asked.embeddings(texts))) == {"ok"}
    assert model.requests == [10] * 8


def test_beyond_a_hundred_messages_failures_are_counted_together():
    asked = embedder(Model({f"text {number}": 99 for number in range(150)}), n_per_request=25)
    found = asked.embeddings([f"text {number}" for number in range(150)])
    assert found[149].reason == "text 149 failed."
    assert (len(asked.usage.errors), asked.usage.errors["other"]) == (101, 150)


def test_the_same_texts_have_the_same_result_however_the_dataset_is_cut():
    texts = [f"text {number % 70}" for number in range(150)]
    model = {f"text {number}": number % 4 for number in range(70)}
    found = []
    for size in (150, 7):
        asked = embedder(Model(model), n_per_request=8)
        parts = [asked.embeddings(texts[first : first + size]) for first in range(0, 150, size)]
        found.append([(e.status, None if e.vector is None else e.vector.tolist()) for part in parts for e in part])
    assert found[0] == found[1]
    assert Counter(status for status, _ in found[0])["no answer"] > 0


def test_the_length_of_most_vectors_of_the_first_requests_is_that_of_all():
    asked = embedder(Model(lengths={"odd": 3}))
    found = asked.embeddings(["odd", "one", "two"])
    assert statuses(found) == ["answer refused", "ok", "ok"]
    assert found[0].reason == "The model sent a vector of 3 numbers, while others have 4."
    assert statuses(embedder(Model(lengths={"new": 9}), store=asked._store).embeddings(["new"])) == ["answer refused"]


def test_many_failures_in_a_row_stop_the_run_few_do_not():
    texts = [f"bad {number}" for number in range(300)]
    model = Model(dict.fromkeys(texts, 99))
    asked = embedder(model, n_per_request=50)
    found = asked.embeddings(texts)
    assert statuses(found) == ["no answer"] * 200 + ["not asked"] * 100
    assert found[-1].reason == "Not sent, since the 200 texts before all failed."
    mixed = [text for number, text in enumerate(texts) for text in ([text, "good"] if number == 150 else [text])]
    assert statuses(embedder(Model(dict.fromkeys(texts, 99)), n_per_request=50).embeddings(mixed)).count("ok") == 1


def test_retries_count_for_the_limit_of_texts():
    model = Model({"bad": 99})
    asked = embedder(model, limits=Limits(3, 10**9))
    assert statuses(asked.embeddings(["good", "bad", "other"])) == ["ok", "no answer", "ok"]
    assert statuses(asked.embeddings(["more"])) == ["not asked"]
    assert asked.usage.texts_sent == sum(model.texts.values()) == 3


def test_tokens_that_are_reported_count_and_others_are_estimated():
    asked = embedder(lambda texts: [EmbeddedText(vector_of(text), n_tokens=7) for text in texts])
    asked.embeddings(["gold", "silver"])
    assert (asked.usage.tokens, asked.usage.texts_with_estimated_tokens) == (14, 0)


def test_new_vectors_are_kept_file_by_file_and_load_again(monkeypatch):
    monkeypatch.setattr("text_explorer.language_models.embedding.vector_store.MOST_NEW", 35)
    kept = {}
    asked = embedder(Model(), n_per_request=10, keep=kept.__setitem__)
    texts = [f"text {number}" for number in range(70)]
    asked.embeddings(texts)
    assert len(kept) == 1  # 40 of the 70
    asked.keep_new()
    asked.keep_new()
    assert len(kept) == 2
    store, model = VectorStore(MODEL), Model()
    for path, content in kept.items():
        store.load(path, content)
    again = embedder(model, store=store).embeddings(texts)
    assert model.requests == []
    assert np.array_equal([e.vector for e in again], [vector_of(text) for text in texts])


def test_the_census_counts_different_new_texts_and_their_tokens(caplog):
    store = VectorStore(MODEL)
    store.add(text_key("known"), vector_of("known"))
    census = TextCensus()
    census.add(["known", None, "twelve bytes"])
    census.add(["twelve bytes", "x"])
    with caplog.at_level(logging.INFO):
        census.log("model", store, Limits(10, 1_000), 1)
    assert "5 rows have 3 different texts, of which 1 have an embedding" in caplog.text
    assert "2 texts with about 5 tokens will be sent to model in 2 requests" in caplog.text


def signed(body):
    return body + hashlib.blake2b(body, digest_size=16).digest()


def forged(changes, vectors=((1, 2), (3, 4))):
    _, content = vector_file(MODEL, np.array([5, 6]), np.array(vectors, dtype=np.float32))
    body = content[:-16]
    for old, new in changes.items():
        body = body.replace(old, new)
    return signed(body)


def test_a_file_of_vectors_is_read_as_written():
    path, content = vector_file(MODEL, np.array([5, -6]), np.array([[1, 2], [3, 4e-5]], dtype=np.float32))
    assert path.startswith(f"{folder_of(MODEL)}/")
    keys, vectors = parse_vectors(path, content, MODEL)
    assert (keys.tolist(), vectors.tolist()) == ([5, -6], [[1.0, 2.0], [3.0, float(np.float32(4e-5))]])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is damaged"),
        (signed(b""), "not"),
        (signed(b"[" * 5_000), "not"),
        (forged({b'"format_version": 1': b'"format_version": 2'}), "it is of another version"),
        (forged({b"model, text": b"other, text"}), "it is of another model"),
        (forged({b'"n_vectors": 2': b'"n_vectors": 3'}), "it does not hold the vectors it claims to"),
        (forged({b'"n_vectors": 2': b'"n_vectors": 999999999999'}), "it does not hold the vectors it claims to"),
        (forged({b'"n_numbers": 2': b'"n_numbers": -2'}), "n_numbers"),
        (forged({b'"n_numbers": 2': b'"n_numbers": NaN'}), "n_numbers"),
        (forged({}, ((1, 2), (float("nan"), 4))), "zeros or of numbers that are not finite"),
        (forged({}, ((0, 0), (3, 4))), "zeros or of numbers that are not finite"),
    ],
)
def test_a_file_that_is_damaged_or_forged_is_refused_in_a_sentence(content, reason):
    with pytest.raises(DataError, match=r"x\.vectors cannot be used .*so that its texts are embedded again") as refused:
        parse_vectors("x.vectors", content, MODEL)
    assert reason in str(refused.value)


def test_files_of_two_lengths_do_not_mix():
    store = VectorStore(MODEL)
    store.load(*vector_file(MODEL, np.array([1]), np.ones((1, 3), dtype=np.float32)))
    with pytest.raises(DataError, match="its vectors have 2 numbers, those of other files 3"):
        store.load(*vector_file(MODEL, np.array([2]), np.ones((1, 2), dtype=np.float32)))
    assert (1 in store, 2 in store, len(store)) == (True, False, 1)
