"""Whom to ring, by role: codes of the contact page everywhere, numbers only where they may stand."""

from __future__ import annotations

import datetime as dt
import re

from continuity.model.calendar import BankCalendar
from continuity.model.kinds import Contact, Role, Stream
from continuity.planning.material import Material

#: Shorter names of roles are not looked for in running text.
_SHORTEST = 6


def codes(m: Material, role: str | None) -> str:
    """Return the codes of a role's lines on the contact page, or an empty text."""
    return ", ".join(c.code for c in m.organisation.all(Contact) if role and c.role == role)


def with_codes(m: Material, role: str | None) -> str:
    """Return a role's name with its codes on the contact page, or an empty text."""
    name, held = m.role(role), codes(m, role)
    if not name or not held:
        return name
    return m.words._("{role} (contact page: {codes})", role=name, codes=held)


def numbers(m: Material, role: str | None) -> str:
    """Return the numbers at which a role is rung, line by line, or an empty text."""
    held = [c for c in m.organisation.all(Contact) if role and c.role == role]
    return "\n".join(n for c in held for n in (c.phone, c.mobile) if n)


def outside(m: Material) -> list[Role]:
    """Return the roles outside the agency."""
    return [r for r in m.organisation.all(Role) if r.team == "external"]


def strategic(m: Material) -> list[Role]:
    """Return the strategic team, those who stand in for nobody first."""
    roles = m.organisation.all(Role)
    stand_ins = {id_ for r in roles for id_ in r.deputies}
    return sorted((r for r in roles if r.team == "strategic"), key=lambda r: r.id in stand_ins)


def head(m: Material) -> Role | None:
    """Return the role that leads the agency, where one is stated."""
    return next(iter(strategic(m)), None)


def named_in(m: Material, text: str) -> list[Role]:
    """Return the roles whose name stands in ``text``, in the order of the roles."""
    low = text.lower()
    names = [(r, name) for r in m.organisation.all(Role) for name in _names(r)]
    # A longer name hides the shorter one in it, such as the deputy head of the head.
    found = [
        (r, name) for r, name in names if len(name) >= _SHORTEST and re.search(rf"\b{re.escape(name)}", low)
    ]
    kept = [r for r, name in found if not any(name != other and name in other for _r, other in found)]
    return list(dict.fromkeys(kept))


def _names(role: Role) -> list[str]:
    """What a role is called: its name, and what stands in brackets behind it."""
    low = role.name.lower()
    return [re.sub(r"\s*\(.*\)", "", low), *re.findall(r"\(([^)]*)\)", low)]


def to_ring(m: Material, text: str) -> str:
    """Return the codes of the roles that a step names, as a remark, or an empty text."""
    held = [code for r in named_in(m, text) if (code := codes(m, r.id))]
    return m.words._("contact page: {codes}", codes=", ".join(held)) if held else ""


def owner_desk(m: Material, stream: Stream) -> str:
    """Return whom to ring at the agency that owns a stream's benefit, with codes, or an empty text."""
    wanted = stream.owner_agency.lower()
    held = [c for c in m.organisation.all(Contact) if wanted and same(wanted, c.organisation)]
    named = [f"{c.name or c.organisation} ({c.code})" for c in held]
    if not named and wanted:
        named = [with_codes(m, r.id) for r in m.organisation.all(Role) if same(wanted, r.unit)]
    return ", ".join(named)


def same(agency: str, organisation: str) -> bool:
    """Whether two names mean the same agency, a remark in brackets and the article aside."""
    wanted = agency.lower()
    name = re.sub(r"\s*\(.*\)", "", organisation).lower()
    return bool(name) and (wanted in name or name.removeprefix("the ") in wanted)


def working_hour(
    banks: BankCalendar, decide_by: dt.datetime, recall_by: dt.datetime | None
) -> dt.datetime | None:
    """Return the last bank-day hour to work by where ``decide_by`` is not one itself; else None.

    Not one itself: on a day without banks, or when the bank can no longer recall a sent file.
    """
    hour = min(decide_by, recall_by) if recall_by else decide_by
    if not banks.is_bank_day(hour.date()):
        close = (recall_by or hour).timetz() if recall_by else dt.time(15, tzinfo=hour.tzinfo)
        day = banks.onward(hour.date(), -dt.timedelta(days=1))
        hour = dt.datetime.combine(day, close)
    return hour if hour != decide_by else None
