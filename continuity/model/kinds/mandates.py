"""Who may decide in another's place, and who takes over whole functions: written down beforehand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from continuity.model.fields import N_, choice, date, long_text, ref, refs, text
from continuity.model.kinds.base import Marked, record_kind

DELEGATION_KINDS = {
    "delegation": N_("Delegation of authority"),
    "devolution": N_("Devolution: functions handed over"),
}


@record_kind("delegation", N_("Delegation"), N_("Delegations and devolution"), "DG")
@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation(Marked):
    """An authority, or whole functions, that pass to others on a trigger, within limits, until an end."""

    name: str = text(N_("What passes"), required=True)
    kind: str = choice(N_("Kind"), DELEGATION_KINDS, default="delegation")
    covers: tuple[str, ...] = refs(N_("Functions"), "function")
    giver: str | None = ref(N_("From"), "role")
    takers: tuple[str, ...] = refs(N_("To, in order"), "role")
    site: str | None = ref(N_("Taken over at"), "site")
    trigger: str = long_text(N_("Trigger"))
    limits: str = long_text(N_("Limits"))
    ends: str = long_text(N_("Ends when"))
    reference: str = text(N_("Reference of the decision"))
    decided_on: dt.date | None = date(N_("Decided on"))
