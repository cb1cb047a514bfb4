"""Read, validate and save edits of topics."""
