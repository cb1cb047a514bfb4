"""Read a plugin's descriptors and check settings as DSS's forms do."""
