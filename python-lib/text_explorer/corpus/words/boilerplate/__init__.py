"""Lines and sentences of a text as units that may repeat in other texts, and how those that do are blanked."""
