"""Routes of the instance: connection, plugins, code environments, language models."""
