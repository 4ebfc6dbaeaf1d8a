"""Exercises: made from a run, played from control's desk with a screen for the players, and reported."""
