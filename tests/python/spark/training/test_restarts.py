"""A job that is run again goes on from where it stopped, and ends with the same model."""

import logging
from pathlib import Path

import numpy as np
import pytest

from tests.python.spark.training.chains import CORPUS, runner_on
from text_explorer.dss.spark.preflight import check_workers
from text_explorer.dss.spark.training import runner as running
from text_explorer.dss.spark.training.runner import SparkRunner
from text_explorer.dss.spark.training.stored_arrays import arrays_of_bytes, arrays_to_bytes
from text_explorer.topics.models.elsewhere import Elsewhere
from text_explorer.topics.models.gibbs_lda import fit_gibbs_lda
from text_explorer.topics.models.gsdmm import fit_gsdmm
from text_explorer.topics.models.meaning.sampler import most_likely_state
from text_explorer.topics.models.parts.part import split
from text_explorer.topics.models.parts.runners import Serial

N_PARTS = 3
PASSES = {"lda": 2, "lda of fewer sums": 2, "lda from first topics": 2, "gsdmm": 5}
"""Passes between two states stored; odd ones for GSDMM, whose sweeps have four."""

FITS = {
    "lda": (fit_gibbs_lda, 5, {"n_iterations": 10}),
    "lda of fewer sums": (fit_gibbs_lda, 5, {"n_iterations": 16, "sweeps_between_sums": 3}),
    "lda from first topics": (fit_gibbs_lda, 5, {"n_iterations": 10, "first_topics": np.arange(CORPUS.n_docs) % 5}),
    "gsdmm": (fit_gsdmm, 12, {"n_iterations": 4}),
}
SEEDS = np.zeros((12, CORPUS.n_terms), dtype=np.int64)
SEEDS[3, 7] = SEEDS[8, 20] = 15


class StoppedError(RuntimeError):
    """Stands for an abort of the job."""


class Stopping(SparkRunner):
    """Counts the passes, and stops before one of them."""

    last = None
    n_passes = 0

    def apply(self, step, shared, seed):
        self.n_passes += 1
        if self.n_passes == self.last:
            raise StoppedError
        return super().apply(step, shared, seed)


@pytest.fixture(scope="module")
def workers_of_two(on_two_workers):
    return check_workers(on_two_workers)


@pytest.fixture
def fit(on_two_workers, workers_of_two, tmp_path, monkeypatch):
    """Return a function that fits a model on Spark with a checkpoint folder; it returns the arrays and the runner."""

    def fit_model(engine, last=None, seed=7, expected=False):
        monkeypatch.setattr(running, "PASSES_BETWEEN_CUTS", PASSES[engine])
        function, n_topics, given = FITS[engine]
        first_topics = given.get("first_topics")
        runner = Serial(split(CORPUS, N_PARTS, first_topics))
        if not expected:
            options = {"runner_type": Stopping, "restart_address": str(tmp_path / "kept")}
            runner = runner_on(on_two_workers, workers_of_two, N_PARTS, first_topics=first_topics, **options)
            runner.last = last
        try:
            seeds = SEEDS[:n_topics]
            model = function(
                CORPUS,
                n_topics,
                seed=seed,
                seed_counts=seeds,
                elsewhere=Elsewhere(lambda *_: runner, most_likely_state),
                **given,
            )
            return {name: array.tobytes() for name, array in model.arrays().items()}, runner
        finally:
            if not expected:
                runner.close()

    return fit_model


def heads(folder):
    return sorted(path.name for path in folder.rglob("head-*"))


@pytest.mark.parametrize(
    ("engine", "last", "left"),
    [("lda", 10, 3), ("lda of fewer sums", 11, 3), ("lda from first topics", 10, 3), ("gsdmm", 13, 7)],
)
def test_a_job_that_is_run_again_ends_with_the_bytes_of_an_undisturbed_one(fit, tmp_path, caplog, engine, last, left):
    caplog.set_level(logging.INFO)
    expected, _ = fit(engine, expected=True)
    with pytest.raises(StoppedError):
        fit(engine, last)
    (stored,) = heads(tmp_path / "kept")
    number = int(stored.rpartition("-")[2])
    with pytest.raises(StoppedError):  # of another seed: it has states of its own
        fit(engine, 2, seed=8)
    assert "of other texts or settings" in caplog.text
    assert heads(tmp_path / "kept") == [stored]
    found, runner = fit(engine, last=None)
    assert found == expected
    assert f"the training goes on from pass {number} of a stopped job" in caplog.text
    assert runner.n_passes - 1 <= left + 1  # less the count of what was stored
    runner.finish()
    assert list((tmp_path / "kept").iterdir()) == []


@pytest.mark.parametrize("damage", ["cut", "forged"])
def test_a_damaged_state_is_ignored(on_two_workers, fit, tmp_path, caplog, damage):
    with pytest.raises(StoppedError):
        fit("lda", 4)
    if damage == "cut":
        (head,) = (tmp_path / "kept").rglob("head-*")
        content = head.read_bytes()
        head.write_bytes(content[: len(content) // 2])
        (head.parent / f".{head.name}.crc").unlink(missing_ok=True)  # Hadoop's own check of local files
    else:
        forge_assignments(on_two_workers.session, tmp_path / "kept")
    found, runner = fit("lda")
    assert found == fit("lda", expected=True)[0]
    assert "in 'Checkpoint folder' is damaged and ignored" in caplog.text
    assert runner.n_passes >= 11


def forge_assignments(session, folder: Path):
    """Write topics that the model does not have, with right digests."""
    (table,) = folder.rglob("parts-*")
    rows = [(row.number, arrays_of_bytes(bytes(row.content))) for row in session.read.parquet(str(table)).collect()]
    assert sorted(number for number, _ in rows) == list(range(N_PARTS))
    forged = [
        (number, bytearray(arrays_to_bytes({**arrays, "assignments": arrays["assignments"] + np.uint16(60_000)})))
        for number, arrays in rows
    ]
    session.createDataFrame(forged, "number int, content binary").write.mode("overwrite").parquet(str(table))
