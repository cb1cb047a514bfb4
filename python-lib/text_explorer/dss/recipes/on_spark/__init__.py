"""Run recipes on Spark: the settings, columns and work are those of the recipes without it."""
