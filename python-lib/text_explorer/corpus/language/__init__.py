"""Which language a text is written in, and which of its words count."""
