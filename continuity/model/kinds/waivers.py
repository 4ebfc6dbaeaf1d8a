"""Problems that somebody has looked at and accepted, with the reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from continuity.model.fields import N_, date, long_text, ref, text
from continuity.model.kinds.base import KINDS, Record, record_kind


# It may concern a record of any kind, so that it is declared after all others.
@record_kind("waiver", N_("Accepted problem"), N_("Accepted problems"), "V")
@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver(Record):
    """A problem that is known and left as it is; it goes with the record that it concerns."""

    name: str = text(N_("What was said"), required=True, help=N_("As it was said when it was accepted."))
    about: str = ref(N_("Concerns"), *KINDS, required=True)
    rule: str = text(N_("Rule"), hidden=True)
    field: str = text(N_("Field"), hidden=True)
    reason: str = long_text(N_("Reason"), required=True)
    by: str = text(N_("Accepted by"))
    on: dt.date | None = date(N_("Accepted on"))
    until: dt.date | None = date(
        N_("Until"), help=N_("After this day the problem is shown again. Blank: for good.")
    )
