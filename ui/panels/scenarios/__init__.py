"""Scenarios: what could happen, laid out on a time line."""
