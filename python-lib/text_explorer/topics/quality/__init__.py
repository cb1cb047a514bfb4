"""How good topics are: coherence, diagnostics, warnings, distances and predictive likelihood."""
