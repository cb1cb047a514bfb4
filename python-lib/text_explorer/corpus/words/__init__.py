"""From one text to the spans of its words and sentences."""
