"""The document model: sentences, their words and vectors, settings, and the columns of the recipes."""
