"""Measures: what could be done, what each changes, and what it gives on the same draws."""
