"""What `benchmarks/topics.py` runs in processes of their own."""
