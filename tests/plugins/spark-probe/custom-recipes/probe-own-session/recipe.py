"""Ask for a DataFrame in a session that this recipe starts itself, which DSS refuses."""

import dataiku
from dataiku import spark as dkuspark
from dataiku.customrecipe import get_input_names_for_role
from pyspark.sql import SparkSession

session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
dkuspark.get_dataframe(session, dataiku.Dataset(get_input_names_for_role("source")[0]))
