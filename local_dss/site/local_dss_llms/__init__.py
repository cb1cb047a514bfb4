"""Fake language models of the instance; used by the host and by the child processes, hence standard library alone."""
