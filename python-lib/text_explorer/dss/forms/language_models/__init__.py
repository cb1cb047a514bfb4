"""Forms of the recipes that ask a model of the instance."""
