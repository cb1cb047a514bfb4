"""The only door to the ``dataiku`` package: datasets, folders, forms, recipes and the webapp's data."""
