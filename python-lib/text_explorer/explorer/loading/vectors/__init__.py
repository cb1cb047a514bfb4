"""Keep the vectors of the documents' embeddings, and lay the documents out on a map."""
