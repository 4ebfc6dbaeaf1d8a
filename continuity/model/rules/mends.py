"""What can be mended with one click: for a problem, the edit that does it and the facts that describe it.

A mend is offered only where it is plainly right or plainly said; what needs thought is left to people.
Its sentence stands in ``messages/mends.py`` under its code.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from continuity.model.durations import DAY, format_duration
from continuity.model.edits import Add, Edit, Group, amend, is_empty
from continuity.model.ids import new_id
from continuity.model.kinds import (
    KINDS,
    Contact,
    Cycle,
    Event,
    Fallback,
    Function,
    Gap,
    Need,
    Procedure,
    Record,
    Role,
    Scenario,
    StaffGroup,
    Stage,
    Stream,
    Supply,
    kind_of,
)
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.model.rules.owners import owner_of
from continuity.model.rules.waivers import Reason, acceptance

_WHOLE = 1000
_TO_CLOSE = dt.timedelta(days=90)  # a first date for a gap; whoever owns it sets a better one


@dataclass(frozen=True, slots=True)
class Mend:
    """One mend: the code of its sentence, the edit, and what the sentence tells."""

    code: str
    edit: Edit
    facts: dict[str, object] = field(default_factory=dict)


def mend_of(problem: Problem, organisation: Organisation, today: dt.date) -> Mend | None:
    """Return how ``problem`` can be mended with one click, or None."""
    record = organisation.get(problem.id)
    make = _MENDERS.get(problem.code)
    if record is None or make is None:
        return None
    return make(_Case(problem, record, organisation, today))


def mends_of(problems: Iterable[Problem], organisation: Organisation, today: dt.date) -> Group:
    """Return the one edit that mends what can be mended of ``problems``, each after those before it."""
    trial, edits = organisation.copy(), []
    for problem in problems:
        mend = mend_of(problem, trial, today)
        if mend is None or is_empty(mend.edit):
            continue
        trial.apply(mend.edit)
        edits.append(mend.edit)
    return Group("mend", tuple(edits))


@dataclass(frozen=True, slots=True)
class _Case:
    problem: Problem
    record: Any
    organisation: Organisation
    today: dt.date

    def name(self, id_: str | None) -> str:
        """Return what people call a record."""
        record = self.organisation.get(id_)
        return str(getattr(record, "name", "") or (record.code if record else ""))

    def set(self, code: str, values: dict[str, Any], **facts: object) -> Mend:
        """Return the mend that gives the record new values."""
        return Mend(code, amend(self.record, **values), facts)


# --- functions ---------------------------------------------------------------------------------


def _owner(case: _Case) -> Mend | None:
    """Take the owner that all other functions of the same unit have."""
    unit = case.record.unit if isinstance(case.record, Function) else ""
    others = {f.owner for f in case.organisation.all(Function) if unit and f.unit == unit and f.owner}
    if len(others) != 1:
        return None
    [role] = others
    return case.set("set-owner", {"owner": role}, role=case.name(role), unit=unit)


def _deputy(case: _Case) -> Mend | None:
    """Take the first deputy of the owner's role."""
    owner = case.organisation.of(Role, case.record.owner)
    if owner is None or not owner.deputies:
        return None
    role = owner.deputies[0]
    return case.set("set-deputy", {"deputy": role}, role=case.name(role), owner=owner.name)


def _shorter_recovery(case: _Case) -> Mend | None:
    room = case.record.mtpd - (case.record.wrt or 0)
    return case.set("set-rto", {"rto": room}, rto=format_duration(room)) if room > 0 else None


def _reviewed(case: _Case) -> Mend:
    return case.set("reviewed-today", {"last_review": case.today}, date=str(case.today))


# --- resources, staff, needs -------------------------------------------------------------------


def _out_of_use(case: _Case) -> Mend:
    return case.set("out-of-use", {"in_use": False}, name=case.name(case.record.id))


def _fewer(case: _Case) -> Mend | None:
    primary = [s for s in case.organisation.parts(case.record.id, Supply) if not s.standby]
    return case.set("set-k", {"k": len(primary)}, k=len(primary)) if primary else None


def _not_checked(case: _Case) -> Mend | None:
    group: StaffGroup = case.record
    known = sum(number or 0 for number in (group.placed_here, group.placed_elsewhere, group.checked_free))
    rest = group.headcount - known
    return case.set("set-not-checked", {"not_checked": rest}, count=rest) if rest >= 0 else None


def _gap(case: _Case) -> Mend | None:
    """Note it as a gap with an owner and a day, and as known until then."""
    organisation, record = case.organisation, case.record
    about = record.dependent if isinstance(record, Need) else record.id
    allowed = KINDS["gap"].specs["about"].kinds
    concerned = organisation.get(about)
    if concerned is None or kind_of(concerned).name not in allowed:
        return None
    if any(gap.about == about and gap.state in ("open", "started") for gap in organisation.all(Gap)):
        return None
    owner = _answers(concerned, organisation)
    if owner is None:
        return None  # a gap that nobody owns would only be the next problem
    name, due = case.name(about), case.today + _TO_CLOSE
    facts = case.problem.facts
    gap = Gap(
        id=new_id(),
        code=organisation.free_code(KINDS["gap"]),
        name=name,
        about=about,
        needed=str(facts.get("needed") or facts.get("activation") or ""),
        achievable=str(facts.get("achievable") or facts.get("buffer") or ""),
        owner=owner,
        due=due,
    )
    told = [(case.problem, case.problem.record or name)]
    why = Reason(f"{gap.code} {name}", case.name(owner), case.today, due)
    known = acceptance(told, why, organisation)
    said: dict[str, object] = {"name": name, "owner": case.name(owner), "date": str(due)}
    return Mend("add-gap", Group("add", (Add(gap), known)), said)


def _answers(concerned: Record, organisation: Organisation) -> str | None:
    """Return the role that answers for ``concerned``; for a stream perhaps through who pays it."""
    owner = owner_of(concerned, organisation)
    if owner is None and isinstance(concerned, Stream):
        doers = (organisation.get(stage.element) for stage in organisation.parts(concerned.id, Stage))
        owner = next((found for doer in doers if (found := owner_of(doer, organisation))), None)
    return owner


def _cycle(case: _Case) -> Mend | None:
    members = _present(case)
    if not members:
        return None
    names = [case.name(id_) for id_ in members]
    cycle = Cycle(
        id=new_id(),
        code=case.organisation.free_code(KINDS["cycle"]),
        name=" – ".join(names[:3]),
        members=members,
    )
    return Mend("add-cycle", Group("add", (Add(cycle),)), {"members": ", ".join(names)})


def _members(case: _Case) -> Mend | None:
    members = _present(case)
    if not members:
        return None
    return case.set("set-members", {"members": members}, members=", ".join(map(case.name, members)))


def _present(case: _Case) -> tuple[str, ...]:
    """Return the ids that the problem names, if they are all still there."""
    ids = case.problem.facts.get("ids")
    if not isinstance(ids, tuple) or not all(id_ in case.organisation for id_ in ids):
        return ()
    return ids


def _procedure(case: _Case) -> Mend | None:
    """Write an empty restart card for the cycle; its steps are for people."""
    cycle: Cycle = case.record
    if cycle.procedure is not None:
        return None
    kind = KINDS["procedure"]
    card = Procedure(
        id=new_id(),
        code=case.organisation.free_code(kind),
        name=cycle.name,
        kind="restart",
        about=(cycle.id,),
        role=cycle.owner,
    )
    edits = (Add(card), amend(cycle, procedure=card.id))
    return Mend("add-procedure", Group("add", edits), {"name": cycle.name})


# --- payments ----------------------------------------------------------------------------------


def _whole_shares(case: _Case) -> Mend | None:
    days = case.record.pay_days
    total = sum(day.share for day in days)
    if not total:
        return None
    shares = [day.share * _WHOLE // total for day in days]
    by_rest = sorted(range(len(days)), key=lambda n: -(days[n].share * _WHOLE % total))
    for place in by_rest[: _WHOLE - sum(shares)]:
        shares[place] += 1
    whole = tuple(dataclasses.replace(d, share=s) for d, s in zip(days, shares, strict=True))
    return case.set("whole-shares", {"pay_days": whole}, total=total)


def _to_the_payee(case: _Case) -> Mend:
    last = case.organisation.parts(case.record.id, Stage)[-1]
    return Mend("to-the-payee", amend(last, reaches="usable"), {"stage": last.name})


def _lawful_fallbacks(case: _Case) -> Mend:
    stream: Stream = case.record
    kept = tuple(
        id_
        for id_ in stream.fallbacks
        if (fallback := case.organisation.of(Fallback, id_)) and stream.id in fallback.streams
    )
    gone = ", ".join(case.name(id_) for id_ in stream.fallbacks if id_ not in kept)
    return case.set("drop-fallbacks", {"fallbacks": kept}, names=gone, stream=stream.name)


def _war_rule(case: _Case) -> Mend:
    return case.set("set-regulation", {"precondition": "regulation"})


def _await_ruling(case: _Case) -> Mend:
    return case.set("await-ruling", {"needs_ruling": True, "enabled": False})


# --- scenarios, contacts, procedures ------------------------------------------------------------


def _longer(case: _Case) -> Mend | None:
    event: Event = case.record
    scenario = case.organisation.of(Scenario, event.scenario)
    days = event.offset // DAY + 1
    most = KINDS["scenario"].specs["horizon_days"].high
    if scenario is None or (most is not None and days > most):
        return None
    return Mend("set-horizon", amend(scenario, horizon_days=days), {"days": days, "scenario": scenario.name})


def _without_idle(case: _Case) -> Mend:
    event: Event = case.record
    held = {e.id: e for e in case.organisation.elements}
    kept = tuple(id_ for id_ in event.elements if id_ in held and held[id_].in_use)
    return case.set("drop-idle-targets", {"elements": kept}, event=event.name)


def _tested(case: _Case) -> Mend:
    name = "tested" if isinstance(case.record, Contact) else "last_tested"
    return case.set("tested-today", {name: case.today}, date=str(case.today))


_MENDERS: dict[str, Callable[[_Case], Mend | None]] = {
    "no-owner": _owner,
    "no-deputy": _deputy,
    "rto-over-mtpd": _shorter_recovery,
    "needed-under-achievable": _gap,
    "buffer-under-activation": _gap,
    "single-supplier": _gap,
    "no-fallback": _gap,
    "no-verified-copy": _gap,
    "never-reviewed": _reviewed,
    "stale-review": _reviewed,
    "orphan": _out_of_use,
    "k-over-n": _fewer,
    "placement-sum": _not_checked,
    "cycle-missing": _cycle,
    "cycle-wrong": _members,
    "cycle-without-procedure": _procedure,
    "shares-not-whole": _whole_shares,
    "not-to-the-payee": _to_the_payee,
    "fallback-not-legal": _lawful_fallbacks,
    "certificate-in-peace": _war_rule,
    "repeat-without-law": _await_ruling,
    "event-after-horizon": _longer,
    "hits-out-of-use": _without_idle,
    "contact-untested": _tested,
    "contact-test-old": _tested,
    "procedure-untested": _tested,
    "procedure-test-old": _tested,
}


def mendable() -> frozenset[str]:
    """Return the codes of the problems for which there may be a mend."""
    return frozenset(_MENDERS)
