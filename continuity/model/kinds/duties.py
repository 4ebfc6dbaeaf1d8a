"""What comes again: reviews, tests, exercises, checks of contacts, reports."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from continuity.model.fields import N_, choice, count, date, long_text, ref, text
from continuity.model.kinds.base import Record, record_kind

DUTY_KINDS = {
    "review": N_("Review"),
    "test": N_("Test"),
    "exercise": N_("Exercise"),
    "contacts": N_("Check of contacts"),
    "report": N_("Report"),
}

#: What a duty holds for one by one, by the date that each record itself states.
DUTY_SUBJECTS = {
    "functions": N_("Each function (last review)"),
    "contacts": N_("Each contact (last tested)"),
    "procedures": N_("Each procedure (last tested)"),
    "copies": N_("Each verified copy (last restore test)"),
    "placements": N_("Each staff group (date of the check)"),
}


@record_kind("duty", N_("Recurring duty"), N_("Recurring duties"), "RD")
@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(Record):
    """One duty of the year wheel; done and due by its own dates, or by those of the records it holds for."""

    name: str = text(N_("Name"), required=True)
    kind: str = choice(N_("Kind"), DUTY_KINDS, default="review")
    each: str | None = choice(
        N_("Holds for each"),
        DUTY_SUBJECTS,
        default=None,
        help=N_("Blank: for the agency as a whole, by the dates below."),
    )
    role: str | None = ref(N_("Who sees to it"), "role")
    every: int = count(N_("Every so many months"), default=12, low=1, high=120)
    last_done: dt.date | None = date(N_("Last done"))
    first_due: dt.date | None = date(N_("Due first, or at the latest"))
    source: str = text(N_("Source"))
    note: str = long_text(N_("Note"))
