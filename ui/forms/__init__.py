"""Forms derived from the specs of the fields."""
