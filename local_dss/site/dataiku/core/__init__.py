"""Internals of the stand-in, under the module names that plugins import from the real package."""
