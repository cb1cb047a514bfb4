"""The topic models and what they share: training, inference and seeded starts."""
