"""Forms of the recipes: params, their checks, and the settings they become."""
