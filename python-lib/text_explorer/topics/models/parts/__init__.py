"""Training in parts of a corpus: the same steps and bytes on one thread, several threads and several machines."""
