"""What the plans contain, as blocks."""
