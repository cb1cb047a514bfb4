"""Import and export datasets and folders as files."""
