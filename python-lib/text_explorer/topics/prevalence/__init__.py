"""How frequent topics are, overall, by group and by period."""
