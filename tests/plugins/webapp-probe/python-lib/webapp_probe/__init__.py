"""The library of the probe plugin."""
