"""The model folder: files written after training and read for scoring."""
