"""The words in which two sets of documents differ beyond chance."""
