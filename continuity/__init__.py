"""Uthållig: continuity planning for agencies that must keep paying."""
