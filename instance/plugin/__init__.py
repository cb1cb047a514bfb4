"""The plugin on the instance: its zip, its installation, its code environment."""
