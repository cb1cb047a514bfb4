"""Extractive summaries of one document or of a group of documents."""
