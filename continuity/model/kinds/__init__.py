"""Every record kind, declared once."""

from continuity.model.kinds.base import (
    ELEMENTS,
    KINDS,
    MARKINGS,
    Evidenced,
    Kind,
    Marked,
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

from continuity.model.values import CONFIDENCE  # isort: skip
from continuity.model.kinds.impact import ImpactScale  # isort: skip
from continuity.model.kinds.dependencies import Cycle, Need, Supply  # isort: skip
from continuity.model.kinds.payments import ClosedDay, Fallback, Stage, Stream  # isort: skip
from continuity.model.kinds.scenarios import Event, Scenario  # isort: skip
from continuity.model.kinds.actions import Gap, Measure, Plan, Procedure, Step  # isort: skip
from continuity.model.kinds.mandates import Delegation  # isort: skip
from continuity.model.kinds.duties import Duty  # isort: skip
from continuity.model.kinds.views import View  # isort: skip
from continuity.model.kinds.waivers import Waiver  # isort: skip
from continuity.model.kinds.exercise import Exercise, Inject, Objective  # isort: skip

__all__ = [
    "CONFIDENCE", "ELEMENTS", "KINDS", "MARKINGS", "Agency", "ClosedDay", "Contact", "Cycle", "Delegation",
    "Duty", "Element", "Event", "Evidenced", "Exercise", "Fallback", "Function", "Gap", "ImpactScale",
    "Inject", "Kind", "Marked", "Measure", "Need", "Objective", "Plan", "Procedure", "Record", "Resource",
    "Role", "Scenario", "Site", "StaffGroup", "Stage", "Step", "Stream", "Supply", "View", "Waiver",
    "kind_of",
]  # fmt: skip
