"""Embeddings by a model of the instance: asked in batches, within limits, and kept for re-runs."""
