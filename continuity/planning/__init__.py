"""What the plans contain, as blocks, and how they are written: the room's front."""

from __future__ import annotations

from continuity.planning.package import write_package
from continuity.planning.preview import PlanName, available, preview, preview_pages
from continuity.planning.request import PlanCancelled, PlanPackage, PlanRequest
from continuity.planning.verify import verify_package

__all__ = [
    "PlanCancelled", "PlanName", "PlanPackage", "PlanRequest", "available", "preview", "preview_pages",
    "verify_package", "write_package",
]  # fmt: skip
