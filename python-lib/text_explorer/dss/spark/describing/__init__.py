"""Count the documents of a corpus where Spark holds them, for the numbering and the description of topics."""
