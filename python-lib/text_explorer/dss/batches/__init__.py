"""What recipes do with a batch of rows, in their own process or in Spark's workers, which have nothing of DSS."""
