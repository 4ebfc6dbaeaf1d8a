"""How a run ends that its user stopped."""

from __future__ import annotations


class RunCancelled(Exception):  # noqa: N818 - a wish, not a fault
    """The run was cancelled by whoever asked for it."""
