"""Set up a text exploration in a project: datasets, recipes, scenario, article and webapp, by the public API."""
