"""The inspector: the chosen record, field by field."""
