"""Training in parts of the corpus: the same steps and the same bytes on one thread, on several and on other machines."""
