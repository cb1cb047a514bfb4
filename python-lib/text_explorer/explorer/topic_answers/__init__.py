"""Queries on topics: overview, details, similarity, merge previews and other models."""
