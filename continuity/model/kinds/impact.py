"""The impact scale: how the agency judges what an outage does, as data that it may change."""

from __future__ import annotations

from dataclasses import dataclass

from continuity.model.fields import N_, count, text, values
from continuity.model.kinds.base import Record, record_kind
from continuity.model.values import CriticalityClass, ImpactStep, ImpactType, QuickQuestion


@record_kind("impact_scale", N_("Impact scale"), N_("Impact scales"), "I")
@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactScale(Record):
    """Time steps, types of impact with the words of their grades, classes; one record per document."""

    name: str = text(N_("Name"), required=True)
    intolerable: int = count(
        N_("Intolerable from grade"),
        default=4,
        low=1,
        high=4,
        help=N_("The first time step at which any type reaches this grade proposes the MTPD."),
    )
    steps: tuple[ImpactStep, ...] = values(N_("Time steps"), ImpactStep, group="impact")
    types: tuple[ImpactType, ...] = values(N_("Types of impact"), ImpactType, group="impact")
    grade_0: str = text(N_("Grade 0"), group="impact")
    grade_1: str = text(N_("Grade 1"), group="impact")
    grade_2: str = text(N_("Grade 2"), group="impact")
    grade_3: str = text(N_("Grade 3"), group="impact")
    grade_4: str = text(N_("Grade 4"), group="impact")
    classes: tuple[CriticalityClass, ...] = values(
        N_("Criticality classes, strictest first"), CriticalityClass, group="impact"
    )
    questions: tuple[QuickQuestion, ...] = values(
        N_("Questions of the pre-analysis"), QuickQuestion, group="impact"
    )
    source: str = text(N_("Source"), group="evidence")
