"""Helpers of the probe recipes."""
