"""Ask the language models of the instance: questions, checks of their answers, limits, and answers kept for re-runs."""
