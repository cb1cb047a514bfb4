"""Read the datasets into the index file."""
