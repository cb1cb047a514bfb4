"""The index file: its tables, and opening it for a request."""
