"""The model folder: what is written after training and read for scoring."""
