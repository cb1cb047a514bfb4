"""Seed terms: what users ask a topic to be about, and a report of what came of it."""
