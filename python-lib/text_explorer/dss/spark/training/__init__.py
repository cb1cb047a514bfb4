"""Train on Spark: the parts of a corpus in an RDD, the work on them, and what keeps and restores it."""
