"""The window: shows and changes a document through the session only."""
