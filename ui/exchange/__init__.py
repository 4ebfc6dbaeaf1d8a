"""Files of other programs in and out, and documents of others merged in."""
