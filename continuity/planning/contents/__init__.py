"""What each plan says: pure functions from material to documents."""
