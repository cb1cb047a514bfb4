"""The instance: the public API over HTTP, for the real client, and what it starts."""
