"""Results: what a run says of people, money, functions and causes."""
