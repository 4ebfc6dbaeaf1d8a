"""Tables derived from the specs of the fields."""
