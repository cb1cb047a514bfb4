"""The recipes that ask a language model of the instance."""
