"""Command line tool for an instance of DSS: install the plugin, set up a first exploration, see and remove it."""
