"""GSDMM of words and embeddings: clusters with a direction of meaning beside their words."""
