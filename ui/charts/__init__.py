"""Charts: pictures of numbers, each with its numbers as a table behind it."""
