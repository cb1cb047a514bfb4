"""Topics of several sites that exchange counts and never texts: rounds, contributions, their sum, and privacy."""
