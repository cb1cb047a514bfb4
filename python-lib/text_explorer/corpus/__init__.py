"""Text in, term-id arrays out: language, tokens, sentences, stop words and vocabulary."""
