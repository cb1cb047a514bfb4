"""Topics and summaries of a column of text: the library behind the Text Explorer plugin of Dataiku DSS."""

__version__ = "0.1.0"
