"""The only package that imports ``dataiku``: datasets, folders, forms, recipes and the webapp's data."""
