"""The compiled inner loops of the topic models."""
