"""What readers see of a topic: terms, representative documents, super-topics and map."""
