"""Rows that workers write with their topics, and what they count of them, are those of one machine."""

from __future__ import annotations

import json
from operator import itemgetter
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from tests.python.spark.training.conftest import rows
from tests.python.spark.training.conftest import topics_on_spark as recipe
from tests.python.spark.training.test_corpus import TEXTS
from text_explorer.corpus.document_term_matrix import build_corpus
from text_explorer.corpus.language.document_languages import TextLanguages
from text_explorer.dss.batches.texts import row_ids
from text_explorer.dss.batches.topics import DocumentSums, TopicRowCounts, TopicsOfRows, topics_batch
from text_explorer.dss.forms.topics import read_topics_settings
from text_explorer.dss.spark.preflight import check_workers
from text_explorer.errors import DataError
from text_explorer.topics.describing.description import describe_topics
from text_explorer.topics.describing.representative_documents import Suitability
from text_explorer.topics.models.training import EngineSettings, train

COLUMNS = ["id", "text", "day", "group"]
CONFIG = {
    "text_column": "text", "language": "en", "id_column": "id", "date_column": "day", "group_columns": ["group"],
    "share_columns": True, "show_advanced": True,
}  # fmt: skip
ROWS = [(f"d{i}", text, f"2021-{1 + i % 12:02}-10", "ab"[i % 2]) for i, text in enumerate(TEXTS)]
DOCUMENTS = SimpleNamespace(name="documents", schema=[{"name": name, "type": "string"} for name in COLUMNS])


@pytest.fixture(scope="module", params=["gsdmm", "lda_gibbs"])
def on_one_machine(request):
    """Train and write on this machine; return also what rows depend on, and the sums of the documents."""
    settings = read_topics_settings(CONFIG, COLUMNS)
    languages = TextLanguages("en", detect=False, placeholders_as_empty=True)
    documents = [languages.with_language(languages.text_of(text)) for text in TEXTS]
    corpus, _ = build_corpus(documents, settings.preparation)
    trained = train(corpus, EngineSettings(request.param, 4, n_iterations=20))
    description = describe_topics(trained)
    of_rows = TopicsOfRows(
        trained.model.inference, corpus.vocabulary, settings.preparation, languages.without_counts(),
        description.labels, description.scores.shown, Suitability(corpus, description.scores), settings,
    )  # fmt: skip
    chunk, counts = pd.DataFrame(ROWS, columns=COLUMNS), TopicRowCounts.new(of_rows)
    texts = [document.text for document in documents]
    scored = corpus, description.doc_topic_distr
    added = topics_batch(chunk, row_ids(chunk, "id"), texts, scored, of_rows, counts)
    cells = added.astype(object).where(added.notna(), None).itertuples(index=False, name=None)
    return SimpleNamespace(
        of_rows=of_rows, sums=DocumentSums.of(corpus), counts=counts,
        rows={row[0]: (*row, *more) for row, more in zip(ROWS, cells)},
    )  # fmt: skip


@pytest.fixture
def write(on_two_workers, monkeypatch, on_one_machine):
    """Return a function that writes the rows on Spark; it returns what would be written, by id, and the counts."""
    shipment, written = check_workers(on_two_workers).shipment, []
    monkeypatch.setattr(
        rows.WorkedRows, "write", lambda worked, *_: written.extend(worked._batches.flatMap(itemgetter(0)).collect())
    )

    def write_rows(n_partitions, sums):
        frame = on_two_workers.session.createDataFrame(ROWS, ", ".join(f"`{name}` string" for name in COLUMNS))
        monkeypatch.setattr(rows, "read_frame", lambda *_: frame.repartition(n_partitions))
        write_on_workers = recipe._rows_writer(on_two_workers, shipment, sums)
        counts = write_on_workers("document_topics", DOCUMENTS, None, on_one_machine.of_rows)
        return sorted(written), counts

    return write_rows


@pytest.mark.parametrize("n_partitions", [1, 7])
def test_rows_and_counts_do_not_depend_on_the_partitions(write, on_one_machine, n_partitions):
    written, counts = write(n_partitions, on_one_machine.sums)
    assert [row[0] for row in written] == sorted(row[0] for row in ROWS)
    assert {row[0]: row for row in written} == on_one_machine.rows
    assert counts.n_rows == len(ROWS)
    assert counts.prevalence.files() == on_one_machine.counts.prevalence.files()
    n_topics = len(on_one_machine.of_rows.labels)
    assert examples_of(counts, n_topics) == examples_of(on_one_machine.counts, n_topics)
    assert json.loads(counts.examples.representative_json(0))


def examples_of(counts, n_topics):
    examples = counts.examples
    return [(examples.representative_json(topic), examples.borderline_json(topic)) for topic in range(n_topics)]


def test_documents_that_changed_since_the_training_are_refused_before_any_is_written(write, on_one_machine):
    others = DocumentSums(on_one_machine.sums.lengths, on_one_machine.sums.hashes ^ 1)
    with pytest.raises(DataError, match="The documents changed while the recipe ran"):
        write(2, others)
    fewer = DocumentSums(on_one_machine.sums.lengths.plus(type(others.lengths).of(np.array([3]))), others.hashes ^ 1)
    with pytest.raises(DataError, match="The documents changed"):
        write(2, fewer)
