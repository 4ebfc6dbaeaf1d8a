"""Runs in the window: one board that holds them, and the parts with which they are asked for and told."""
