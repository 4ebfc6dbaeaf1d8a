"""From an organisation and a scenario to timelines of levels and payments."""
