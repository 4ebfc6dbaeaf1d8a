"""The list of problems: what was found, the filters, accepting with a reason."""
