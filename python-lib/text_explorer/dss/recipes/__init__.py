"""What each recipe does between its form and its outputs."""
