"""The language models of the instance (LLM Mesh), and the folder that keeps their answers."""
