"""The webapp's datasets, its visitor and what it writes."""
