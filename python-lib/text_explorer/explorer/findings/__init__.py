"""What the documents say in sentences: the story, two selections compared, what changed, and drivers of a number."""
