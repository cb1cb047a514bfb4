"""Seed terms: terms that users give to topics, and a report of their effect."""
