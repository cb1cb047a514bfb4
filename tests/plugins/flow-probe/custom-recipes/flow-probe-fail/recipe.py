"""Fail."""

print("printed before failing")
raise ValueError("The source has too few rows.\nGot 1.")
