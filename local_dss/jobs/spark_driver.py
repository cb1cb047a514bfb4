"""The driver of a PYSPARK recipe: the named configuration it runs with, and the environment Spark is started by."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Optional

from local_dss.errors import LocalDssError
from local_dss.jobs.spark_cluster import ADDRESS, SHORT_RUNS, spark_cluster
from local_dss.site.local_dss_storage.settings import load_settings

DEFAULT_CONFIGURATION = "default"
_JOB_PROPERTY = "local.dss.job"
_CONF = {
    "spark.driver.host": ADDRESS,
    "spark.driver.bindAddress": ADDRESS,
    "spark.driver.memory": "1g",
    "spark.driver.extraJavaOptions": SHORT_RUNS,
    "spark.executor.extraJavaOptions": SHORT_RUNS,
    "spark.executor.memory": "512m",
    "spark.sql.shuffle.partitions": "8",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
_OWNED_PREFIXES = ("SPARK_", "PYSPARK_", "PYTHONPATH")


def spark_faults(home: Path, kind: str, spark_config: Optional[Mapping[str, Any]]) -> list[str]:
    """Return what is wrong with ``params.sparkConfig`` of a recipe, or what a PYSPARK recipe misses on this machine."""
    if kind != "PYSPARK":
        if spark_config is None:
            return []
        return [f'A recipe of kind {kind} takes no Spark configuration: remove "sparkConfig" of its params.']
    names, name = list(load_settings(home).spark_configs), (spark_config or {}).get("inheritConf")
    faults = []
    if name not in {*names, DEFAULT_CONFIGURATION, None}:
        faults.append(f'There is no Spark configuration "{name}". Known: {", ".join(names)}.')
    if importlib.util.find_spec("pyspark") is None:
        faults.append("A recipe of kind PYSPARK needs the Python package pyspark: pip install 'pyspark>=3.5,<3.6'.")
    if find_java() is None:
        faults.append("A recipe of kind PYSPARK needs Java 17: install it (apt-get install openjdk-17-jre-headless).")
    return faults


def find_java() -> Optional[str]:
    """Return the path of Java: that of JAVA_HOME, else the one on the path."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")


def spark_home() -> Path:
    """Return the folder of Spark inside the package pyspark."""
    found = importlib.util.find_spec("pyspark")
    if found is None or found.origin is None:
        raise LocalDssError("The Python package pyspark is not installed.")
    return Path(found.origin).parent


@contextmanager
def spark_environment(
    home: Path, spark_config: Mapping[str, Any], environment: Mapping[str, str], python: str
) -> Iterator[dict[str, str]]:
    """Yield the environment in which the process of a PYSPARK recipe starts Spark with a named configuration.

    The stand-in's own modules are not in it: the driver finds them beside its bootstrap, Python workers do not. The
    workers' interpreter is the driver's unless the configuration names another. All files of Spark are in a folder
    that is removed at the end, and a cluster of the configuration runs until then.
    """
    configurations, name = load_settings(home).spark_configs, spark_config.get("inheritConf")
    chosen = configurations[name] if name in configurations else next(iter(configurations.values()))
    with tempfile.TemporaryDirectory(prefix="local-dss-spark-") as folder:
        own = _own_environment(Path(folder), environment, chosen.get("python") or python, python)
        conf = {**_CONF, **chosen.get("conf", {}), **_entries(spark_config)}
        options = f"-D{_JOB_PROPERTY}=1 -Djava.io.tmpdir={folder}/tmp"
        conf["spark.driver.extraJavaOptions"] = f"{conf['spark.driver.extraJavaOptions']} {options}"
        conf["spark.sql.warehouse.dir"] = f"{folder}/warehouse"
        if not chosen.get("workers"):
            yield _with_conf(Path(folder), own, conf)
            return
        cluster = spark_cluster(spark_home(), Path(folder), own, n_workers=chosen["workers"])
        with cluster as master:
            yield _with_conf(Path(folder), own, {**conf, "spark.master": master})


def _own_environment(folder: Path, inherited: Mapping[str, str], workers_python: str, python: str) -> dict[str, str]:
    (folder / "tmp").mkdir()
    (folder / "conf").mkdir()
    quiet = "rootLogger.level = warn\nrootLogger.appenderRef.stderr.ref = console\nappender.console.type = Console\n"
    layout = "appender.console.name = console\nappender.console.target = SYSTEM_ERR\n"
    pattern = "appender.console.layout.type = PatternLayout\nappender.console.layout.pattern = %p %c{1} - %m%n%ex\n"
    (folder / "conf" / "log4j2.properties").write_text(quiet + layout + pattern, encoding="utf-8")
    environment = {name: value for name, value in inherited.items() if not name.startswith(_OWNED_PREFIXES)}
    environment.update(
        {
            "SPARK_HOME": str(spark_home()),
            "SPARK_CONF_DIR": str(folder / "conf"),
            "SPARK_LOCAL_DIRS": str(folder / "tmp"),
            "SPARK_LOCAL_IP": ADDRESS,
            "PYSPARK_PYTHON": workers_python,
        }
    )
    if python != sys.executable:  # Spark brings its Python part along
        environment["PYTHONPATH"] = os.pathsep.join(map(str, sorted((spark_home() / "python" / "lib").glob("*.zip"))))
    return environment


def _entries(spark_config: Mapping[str, Any]) -> dict[str, str]:
    """Return the entries that a recipe adds to its named configuration."""
    return {str(entry["key"]): str(entry["value"]) for entry in spark_config.get("conf") or ()}


def _with_conf(folder: Path, environment: dict[str, str], conf: Mapping[str, str]) -> dict[str, str]:
    lines = "".join(f"{name} {value}\n" for name, value in conf.items())
    (folder / "conf" / "spark-defaults.conf").write_text(lines, encoding="utf-8")
    return environment
