"""From texts to a document-term matrix: terms, phrases, vocabulary and statistics."""
