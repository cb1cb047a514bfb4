"""Edits of topics made in the webapp, as an append-only log in the model folder."""
