"""Run recipes and flows as jobs in processes of their own."""
