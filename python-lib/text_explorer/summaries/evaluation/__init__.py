"""Evaluate summaries with ROUGE, without references, and against baselines."""
