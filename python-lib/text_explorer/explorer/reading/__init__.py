"""What needs the trained model: topics of a new text and of each word."""
