"""Ordered work over threads and over processes."""
