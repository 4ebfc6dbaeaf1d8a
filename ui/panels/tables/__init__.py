"""The Tables workspace."""
