"""What a run means: breaches, criticality, gaps and comparisons."""
