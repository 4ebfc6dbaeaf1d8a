"""Staff in numbers: what is promised, who stands in, who stays in war."""
