"""The race: our engine against what a planner could pick instead, on generated organisations."""
