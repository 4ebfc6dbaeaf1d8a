"""The door to plans: write a package, preview one plan, verify a package."""

from __future__ import annotations

from continuity.session_runs import Running


class Planning(Running):
    """Plans of the document."""
