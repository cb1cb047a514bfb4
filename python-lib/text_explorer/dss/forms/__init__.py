"""Forms of the recipes: params, their validation, and the settings built from them."""
