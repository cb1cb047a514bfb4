"""The webapp's index of the datasets, its queries and its Flask blueprint; nothing here knows DSS."""
