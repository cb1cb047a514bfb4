"""Run a federated training over several instances: copy rounds and counts, and nothing else."""
