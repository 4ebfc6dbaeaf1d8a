"""Organisations in and out of other file formats."""
