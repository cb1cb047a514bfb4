"""Assign topics to new documents and measure drift."""
