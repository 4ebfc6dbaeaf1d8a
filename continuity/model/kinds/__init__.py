"""Every record kind, declared once."""

from continuity.model.kinds.base import (
    CONFIDENCE,
    ELEMENTS,
    KINDS,
    Evidenced,
    Kind,
    Record,
    kind_of,
)
from continuity.model.kinds.organisation import (
    Agency,
    Contact,
    Element,
    Function,
    Resource,
    Role,
    Site,
    StaffGroup,
)

from continuity.model.kinds.dependencies import Cycle, Need, Supply  # isort: skip
from continuity.model.kinds.payments import ClosedDay, Fallback, Stage, Stream  # isort: skip
from continuity.model.kinds.scenarios import Event, Scenario  # isort: skip
from continuity.model.kinds.actions import Gap, Measure, Plan, Procedure, Step  # isort: skip

__all__ = [
    "CONFIDENCE", "ELEMENTS", "KINDS", "Agency", "ClosedDay", "Contact", "Cycle", "Element", "Event",
    "Evidenced", "Fallback", "Function", "Gap", "Kind", "Measure", "Need", "Plan", "Procedure", "Record",
    "Resource", "Role", "Scenario", "Site", "StaffGroup", "Stage", "Step", "Stream", "Supply", "kind_of",
]  # fmt: skip
