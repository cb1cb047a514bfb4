"""Jobs: which recipes a build needs, and their runs one after the other."""
