"""Queries on terms: their topics, contexts and related documents."""
