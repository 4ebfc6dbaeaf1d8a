"""Exercises made from runs: injects, clock, log and report."""
