"""Plans: choose, look, write and verify what is handed over."""
