"""The webapp's backend: an index of the datasets, queries on it and a Flask blueprint. Nothing here knows DSS."""
