"""Serve a plugin's standard webapp as a DSS instance would: page, resources, and backend processes."""
