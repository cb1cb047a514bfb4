"""Read the files of a model folder without trusting them: JSON, arrays and append-only logs."""
