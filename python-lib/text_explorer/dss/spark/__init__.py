"""Work on the machines of Spark: what DSS leaves undocumented about PySpark recipes is met here alone."""
