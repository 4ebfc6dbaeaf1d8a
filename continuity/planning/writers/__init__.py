"""One writer per output format; none knows another."""
