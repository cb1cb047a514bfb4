"""A module named like one of the standard library: it must lose against it."""
