"""Read and write datasets and managed folders."""
