"""Detect languages, and reduce words to stems and stop words by language."""
