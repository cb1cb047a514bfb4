"""The only door to the ``dataiku`` package: settings, datasets and folders of recipes and of the webapp."""
