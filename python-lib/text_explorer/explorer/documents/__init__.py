"""Queries on documents: filters, search, order, counts and export."""
