"""Scenarios: the kinds of steps, and the runs of steps one after the other."""
