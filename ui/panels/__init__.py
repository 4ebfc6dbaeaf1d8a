"""The workspaces; none knows another."""
