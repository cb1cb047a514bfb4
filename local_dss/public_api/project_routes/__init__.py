"""Routes of what a project holds: datasets, folders, zones, wiki."""
