"""Workers that cannot do the work are found before any, and named in one sentence."""

import gc
import importlib
import logging
import subprocess
import sys
import zipimport
from importlib.metadata import version

import pytest
from pyspark.sql.functions import udf

from tests.python.spark.training.conftest import spark_context
from text_explorer.dss.spark import preflight
from text_explorer.dss.spark.faults import SparkError, explain_spark_faults, sentence_of
from text_explorer.dss.spark.preflight import check_workers
from text_explorer.dss.spark.session import start_spark


def refusal(python):
    with spark_context("local[1]", str(python)) as spark, pytest.raises(SparkError) as refused:
        check_workers(spark)
    return str(refused.value)


def test_a_python_without_the_libraries_is_refused(tmp_path):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "bare")], check=True)
    sentence = refusal(tmp_path / "bare" / "bin" / "python")
    assert sentence.startswith("Spark's workers cannot run this recipe: missing: numpy, numba, scipy,")
    assert sentence.endswith(
        "Ask your administrator to build the plugin's code environment for the Spark configuration 'two-workers' (code "
        "environment, Containerized execution), or select another Spark configuration."
    )
    assert "\n" not in sentence


def test_another_version_of_a_library_is_refused(tmp_path):
    older = tmp_path / "older" / "numba-0.1.dist-info"
    older.mkdir(parents=True)
    (older / "METADATA").write_text("Metadata-Version: 2.1\nName: numba\nVersion: 0.1\n", "utf-8")
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{older.parent}:$PYTHONPATH" exec "{sys.executable}" "$@"\n', "utf-8")
    python.chmod(0o755)
    assert f"cannot run this recipe: numba 0.1 instead of {version('numba')} on " in refusal(python)


def test_a_python_that_is_not_there_is_named():
    assert refusal("/no/such/python").startswith(
        "Spark's workers cannot start Python: there is no program '/no/such/python' on them. Ask your administrator"
    )


@pytest.mark.parametrize(
    ("raised", "sentence"),
    [
        (
            "[PYTHON_VERSION_MISMATCH] Python in worker has different version (3, 9) than that in driver 3.11, ...",
            "Spark's workers run Python 3.9, but the recipe runs Python 3.11. ",
        ),
        (
            "Exception: Python in worker has different version 3.9 than that in driver 3.11, PySpark cannot run",
            "Spark's workers run Python 3.9, but the recipe runs Python 3.11. ",
        ),
        ("ModuleNotFoundError: No module named 'scipy.special'", "Spark's workers lack the Python package 'scipy'. "),
        ("ExecutorLostFailure: Container killed, exit code 137", "A worker of Spark ran out of memory. Raise "),
        ("is bigger than spark.driver.maxResultSize (1024.0 MiB)", "Counts of the workers exceed "),
        ("Master removed our application: FAILED", "Spark lost its workers too often, or altogether "),
    ],
)
def test_faults_of_spark_are_sentences(raised, sentence):
    with pytest.raises(SparkError) as explained, explain_spark_faults("big"):
        raise RuntimeError(f"An error occurred while calling o1.x.\n: java\n\tat {raised}\n\tat java")
    assert str(explained.value).startswith(sentence)
    assert "'big'" in str(explained.value)


def test_what_pyspark_words_itself_is_a_sentence_too(on_two_workers):
    def fail(_):
        raise ModuleNotFoundError("No module named 'scipy.special'")

    rows = on_two_workers.session.createDataFrame([(1,)], "number int").select(udf(fail, "int")("number"))
    with pytest.raises(SparkError, match="Spark's workers lack the Python package 'scipy'"), explain_spark_faults():
        rows.collect()


def test_other_errors_pass_as_they_are():
    assert sentence_of(RuntimeError("a fault of our own")) is None
    with pytest.raises(RuntimeError, match="a fault of our own"), explain_spark_faults():
        raise RuntimeError("a fault of our own")


def test_spark_connect_is_refused(monkeypatch):
    monkeypatch.setenv("SPARK_REMOTE", "sc://somewhere")
    with pytest.raises(SparkError, match="uses Spark Connect"):
        start_spark()


def archives_and_objects(_):
    """Return whether archives are read again, how many there are, and how many objects are never searched."""
    directories = {
        path: importer._files
        for path, importer in sys.path_importer_cache.items()
        if isinstance(importer, zipimport.zipimporter)
    }
    importlib.invalidate_caches()
    kept = {path: sys.path_importer_cache[path]._files for path in directories}
    return any(kept[path] is not files for path, files in directories.items()), len(directories), gc.get_freeze_count()


def test_later_tasks_of_a_worker_do_not_read_archives_and_search_modules_again():
    with spark_context("local[1]") as spark:
        numbers, workers = spark.context.range(1, numSlices=1), check_workers(spark)
        assert numbers.mapPartitions(workers.shipment.task(list)).collect() == [0]
        [(are_read_again, n_archives, n_objects)] = numbers.map(archives_and_objects).collect()
    assert not are_read_again
    assert n_archives > 0
    assert n_objects > 10_000


def test_a_cluster_that_does_not_answer_is_named_in_the_log(monkeypatch, caplog):
    monkeypatch.setattr(preflight, "PATIENCE", 0.0)
    with spark_context("local[1]") as spark, caplog.at_level(logging.WARNING):
        check_workers(spark)
    assert "fewer than the Spark configuration 'two-workers' asks for" in caplog.text
