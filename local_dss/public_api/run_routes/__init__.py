"""Routes of what runs in a project: recipes, jobs, macros, scenarios, webapps."""
