"""The sentences of a document, with the words and settings that rank them."""
