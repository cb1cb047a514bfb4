"""Copy a dataset by Spark in several ways, and note what is refused and what the workers have."""

import importlib.util

import dataiku
import spark_probe_library
from dataiku import spark as dkuspark
from dataiku.customrecipe import get_input_names_for_role, get_output_names_for_role, get_recipe_config
from pyspark import SparkContext
from pyspark.sql import SparkSession, SQLContext, functions

LIBRARY = spark_probe_library.__name__


def output(role):
    """Return the dataset of an output role."""
    return dataiku.Dataset(get_output_names_for_role(role)[0])


def importable(name):
    """Return whether a Python worker can import a module."""
    return name, str(importlib.util.find_spec(name) is not None)


def refusal(call, *arguments):
    """Return why a call is refused."""
    try:
        call(*arguments)
    except Exception as error:  # noqa: BLE001, whatever is refused is noted
        return str(error)
    return "not refused"


sc = SparkContext.getOrCreate()
session = SparkSession(sc)
source = dataiku.Dataset(get_input_names_for_role("source")[0])
df = dkuspark.get_dataframe(SQLContext(sc), source)
if get_recipe_config().get("fails"):
    fail = functions.udf(lambda cell: 1 // 0, "int")
    dkuspark.write_with_schema(output("copy"), df.withColumn("failed", fail("id")))

dkuspark.write_with_schema(output("copy"), df)
dkuspark.write_with_schema(output("parts"), df.repartition(3))
dkuspark.write_with_schema(output("twice"), df)
dkuspark.write_dataframe(output("twice"), df, delete_first=False)
dkuspark.write_with_schema(output("none"), df.limit(0))
nested = "array(1, 2) numbers, map('a', 0.5D) shares, named_struct('b', true) both, date'2020-02-29' d"
dkuspark.write_with_schema(output("nested"), session.sql(f"select {nested}"))
orders = {tuple(row.id for row in df.select("id").collect()) for _ in range(5)}
facts = [
    ("master", sc.master),
    ("python of workers", sc.pythonExec),
    ("partitions", str(df.rdd.getNumPartitions())),
    ("orders", "one" if len(orders) == 1 else "several"),
    ("schema", df.schema.simpleString()),
    ("unsupported", refusal(dkuspark.write_with_schema, output("facts"), df.select(functions.encode("code", "utf-8")))),
    ("same names", refusal(dkuspark.write_with_schema, output("facts"), df.select("id", "id"))),
    ("other columns", refusal(dkuspark.write_dataframe, output("copy"), df.select("id"))),
    ("output read", refusal(dkuspark.get_dataframe, session, output("copy"))),
    ("input written", refusal(dkuspark.write_dataframe, source, df)),
    ("no session", refusal(dkuspark.get_dataframe, None, source)),
    *sc.parallelize([LIBRARY, "dataiku", "local_dss_storage", "pyspark"], 2).map(importable).collect(),
]
dkuspark.write_with_schema(output("facts"), session.createDataFrame(facts, "name string, value string"))
