"""Copy a dataset by Spark in the way asked for, or note what the workers have."""

import sys

import dataiku
import spark_probe_library
from dataiku import spark as dkuspark
from dataiku.customrecipe import get_input_names_for_role, get_output_names_for_role, get_recipe_config
from pyspark import SparkContext
from pyspark.sql import SparkSession, SQLContext, functions

assert spark_probe_library
sc = SparkContext.getOrCreate()
sql = SQLContext(sc)
session = SparkSession(sc)
source = dataiku.Dataset(get_input_names_for_role("source")[0])
copy = dataiku.Dataset(get_output_names_for_role("copy")[0])
how = get_recipe_config().get("how")


def importable(name):
    """Return whether a Python worker can import a module."""
    import importlib.util

    return [(name, str(importlib.util.find_spec(name) is not None))]


if how == "facts":
    df = dkuspark.get_dataframe(session, source)
    orders = {str([row[0] for row in df.select(df.columns[0]).collect()]) for _ in range(3)}
    facts = [
        ("master", sc.master), ("workers_python", sc.pythonExec), ("driver_python", sys.executable),
        ("partitions", str(df.rdd.getNumPartitions())), ("orders", str(len(orders))),
        ("schema", df.schema.simpleString()),
    ]  # fmt: skip
    names = ["spark_probe_library", "dataiku", "local_dss_storage"]
    facts += sc.parallelize(names, 2).flatMap(importable).collect()
    dkuspark.write_with_schema(copy, session.createDataFrame(facts, "name string, value string"))
elif how == "empty":
    dkuspark.write_with_schema(copy, dkuspark.get_dataframe(sql, source).limit(0))
elif how == "parts":
    dkuspark.write_with_schema(copy, dkuspark.get_dataframe(sql, source).repartition(5))
elif how == "append":
    dkuspark.write_dataframe(copy, dkuspark.get_dataframe(sql, source), delete_first=False)
elif how == "failing":
    fail = functions.udf(lambda cell: 1 // 0, "int")
    df = dkuspark.get_dataframe(sql, source)
    dkuspark.write_with_schema(copy, df.withColumn("failed", fail(df.columns[0])))
elif how == "unsupported":
    df = dkuspark.get_dataframe(sql, source)
    dkuspark.write_with_schema(copy, df.withColumn("bytes", functions.encode(df.columns[0], "utf-8")))
elif how == "other columns":
    copy.write_schema([{"name": "another", "type": "string"}])
    dkuspark.write_dataframe(copy, dkuspark.get_dataframe(sql, source))
elif how == "read output":
    dkuspark.get_dataframe(sql, copy)
elif how == "write input":
    dkuspark.write_dataframe(source, dkuspark.get_dataframe(sql, source))
elif how == "python worker":
    print(sc.parallelize([1]).map(lambda one: one).collect())
else:
    dkuspark.write_with_schema(copy, dkuspark.get_dataframe(sql, source))
