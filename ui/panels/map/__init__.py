"""The Map workspace."""
