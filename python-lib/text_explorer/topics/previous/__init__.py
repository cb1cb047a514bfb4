"""Training that goes on from a previous model: its topics as edited, their ids, and what changed since."""
