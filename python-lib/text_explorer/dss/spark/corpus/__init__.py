"""Texts become a corpus in Spark's workers: read, counted, numbered and divided into parts."""
