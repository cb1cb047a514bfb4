"""Embeddings of documents: read from cells, projected to few dimensions, one unit vector a document."""
