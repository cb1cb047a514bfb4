"""Find the spans of words and sentences in a text."""
