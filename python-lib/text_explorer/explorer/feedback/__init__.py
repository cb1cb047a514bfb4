"""What readers contribute besides edits: review answers and stop words."""
