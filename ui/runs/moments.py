"""What happens in one replication, in sentences."""

from __future__ import annotations

import datetime as dt

from continuity.model.organisation import Organisation
from continuity.simulation.film import Moment
from continuity.words import N_, _, current, ngettext
from ui.runs import said
from ui.shown import name_of

#: Code → sentence; {name} is the element or stream, {cause} what is to blame, {part} a stage or fallback.
MOMENTS: dict[str, str] = {
    "outage": N_("{name} is knocked out"),
    "failure": N_("{name} fails by itself"),
    "staff_loss": N_("{name}: people are missing"),
    "struck": N_("{name} is knocked out"),
    "buffer_empty": N_("{name} falls: its buffer is used up"),
    "standby_empty": N_("{name} falls: its standby is used up"),
    "function_down": N_("{name} is down, because of {cause}"),
    "receipt_unknown": N_("{name}: the file was sent, its receipt is unknown"),
    "cutoff_missed": N_("{name}: {part} misses its cut-off"),
    "decide": N_("{name}: the last hour to decide on {part}"),
    "fallback_used": N_("{name}: {part} is put to use"),
    "late": N_("{name}: {people} are not paid on time"),
    "paid_late": N_("{name}: {people} are paid late"),
    "paid": N_("{name}: {people} are paid on time"),
    "function_up": N_("{name} works again"),
    "restored": N_("{name} is whole again"),
}
BAD = frozenset({"late", "function_down", "cutoff_missed", "receipt_unknown"})


def moment(organisation: Organisation, found: Moment) -> str:
    """Return what happens as a sentence without its time."""
    template = MOMENTS.get(found.code)
    name = said.element_name(organisation, found.about)
    if template is None:
        return f"{name}: {found.code}"
    text = _(
        template,
        name=name,
        cause=name_of(organisation.get(found.cause)) or _("itself"),
        part=name_of(organisation.get(found.part)),
        people=ngettext("{n} payee", "{n} payees", found.payees),
    )
    if found.hit > 1:
        text = _("{what}, and {n} more with it", what=text, n=found.hit - 1)
    return text


def at(start: dt.datetime, minute: int) -> str:
    """Return the date and hour of a minute, and how long it is since the start."""
    when = (start + dt.timedelta(minutes=minute)).astimezone(dt.UTC)
    return f"{current().datetime(when, 'short')} · {said.after(minute)}"
