"""What the agency does about it: measures, procedures, gaps and the control of plans."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from continuity.model.fields import (
    N_,
    choice,
    count,
    date,
    long_text,
    minutes,
    ref,
    refs,
    sek,
    text,
    values,
)
from continuity.model.kinds.base import ELEMENTS, Evidenced, Marked, Record, record_kind
from continuity.model.values import Change, CopyHolder

FAMILIES = {
    "people": N_("People"),
    "premises": N_("Premises"),
    "ict": N_("ICT"),
    "supplier": N_("Suppliers"),
    "information": N_("Information and copies"),
    "power": N_("Power and supplies"),
    "payment": N_("Payment"),
    "variant": N_("Variant of the model"),
}


@record_kind("measure", N_("Measure"), N_("Measures"), "M")
@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Evidenced):
    """A group of changes that can be switched on."""

    name: str = text(N_("Name"), required=True)
    description: str = long_text(N_("Description"))
    family: str = choice(N_("Kind"), FAMILIES, default="ict")
    status: str = choice(
        N_("Status"),
        {"existing": N_("Existing"), "decided": N_("Decided"), "idea": N_("Idea")},
        default="idea",
    )
    cost_once: int = sek(N_("Cost once"))
    cost_yearly: int = sek(N_("Cost per year"))
    owner: str | None = ref(N_("Owner"), "role")
    due: dt.date | None = date(N_("Due"))
    priority: int | None = count(
        N_("Order of priority"), default=None, low=1, help=N_("As reported in the RSB; 1 comes first.")
    )
    legal_basis: str = text(N_("Legal basis"))
    changes: tuple[Change, ...] = values(N_("Changes"), Change)


PROCEDURE_KINDS = {
    "card": N_("Action card"),
    "restart": N_("Restart"),
    "fallback": N_("Fallback"),
    "decision": N_("Decision"),
    "manual": N_("Manual routine"),
    "communication": N_("Communication"),
    "leaving": N_("Leaving a site"),
    "stand_down": N_("Stand-down"),
}


@record_kind("procedure", N_("Procedure"), N_("Procedures"), "H")
@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure(Marked):
    """An action card: who does what, in which order, until when."""

    name: str = text(N_("Name"), required=True)
    kind: str = choice(N_("Kind"), PROCEDURE_KINDS, default="card")
    about: tuple[str, ...] = refs(
        N_("Belongs to"), *ELEMENTS, "fallback", "measure", "site", "cycle", "stream"
    )
    trigger: str = long_text(N_("Trigger"))
    role: str | None = ref(N_("Who leads"), "role")
    material: str = long_text(N_("Forms and material"))
    stop: str = long_text(N_("Stop condition"))
    last_tested: dt.date | None = date(N_("Last tested"))


@record_kind("step", N_("Step"), N_("Steps"), "Y", parent="procedure", children="steps")
@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Record):
    """One step of a procedure."""

    procedure: str = ref(N_("Procedure"), "procedure", required=True, hidden=True)
    position: int = count(N_("Position"), hidden=True)
    what: str = long_text(N_("What to do"), required=True)
    role: str | None = ref(N_("Who"), "role")
    takes: int | None = minutes(N_("Takes"), default=None)
    form: str = text(N_("Form"))


@record_kind("gap", N_("Gap or action"), N_("Gaps and actions"), "G")
@dataclass(frozen=True, slots=True, kw_only=True)
class Gap(Evidenced):
    """Something needed that is not there yet, with owner and date."""

    name: str = text(N_("Name"), required=True)
    about: str | None = ref(N_("Concerns"), *ELEMENTS, "stream", "fallback", "site")
    needed: str = text(N_("Needed"))
    achievable: str = text(N_("Achievable"))
    measure: str | None = ref(N_("Measure"), "measure")
    owner: str | None = ref(N_("Owner"), "role")
    due: dt.date | None = date(N_("Due"))
    state: str = choice(
        N_("State"),
        {"open": N_("Open"), "started": N_("Started"), "done": N_("Done"), "accepted": N_("Accepted")},
        default="open",
    )
    note: str = long_text(N_("Note"))


@record_kind("plan", N_("Plan"), N_("Plans"), "Z")
@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Record):
    """Document control of one generated plan."""

    name: str = text(N_("Name"), required=True)
    covers: tuple[str, ...] = refs(N_("Functions"), "function")
    version: str = text(N_("Version"))
    owner: str | None = ref(N_("Owner"), "role")
    approved_by: str | None = ref(N_("Approved by"), "role")
    approved_on: dt.date | None = date(N_("Approved on"))
    valid_until: dt.date | None = date(N_("Valid until"))
    distribution: str = long_text(N_("Distribution list"))
    copies: int = count(N_("Numbered copies"), default=1)
    holders: tuple[CopyHolder, ...] = values(N_("Holders of numbered copies"), CopyHolder)
