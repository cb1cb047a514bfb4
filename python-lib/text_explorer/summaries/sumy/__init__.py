"""Scores by which the same sentences as by the package sumy are chosen."""
