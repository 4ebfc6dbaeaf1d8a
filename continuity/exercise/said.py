"""What a situation holds in words: hours, spans, states, entries; the same on the desk and in its papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from continuity.exercise.moments import is_double
from continuity.model.kinds.scenarios import STRAIN
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.words import N_, Words, local

if TYPE_CHECKING:
    from continuity.exercise.log import Row
    from continuity.exercise.pay_risks import PayRisk, Span

STATE_WORDS: Final = {"down": N_("Down"), "reduced": N_("Reduced"), "up": N_("Up")}
TRUST_WORDS: Final = {"confirmed": N_("Confirmed"), "likely": N_("Likely"), "rumour": N_("Rumour")}
RHYTHM_WORDS: Final = {
    "briefing": N_("Briefing"), "report": N_("Report"), "decision": N_("Decision"),
    "handover": N_("Handover"),
}  # fmt: skip
WAY_WORDS: Final = {"in": N_("Message in"), "out": N_("Message out")}
FILE_WORDS: Final = {
    "": N_("Nobody has said"), "not_made": N_("Not made"), "made": N_("Made, not sent"),
    "sent": N_("Sent, not received yet"), "receipt_unknown": N_("Sent, receipt unknown"),
    "received": N_("Received"), "part": N_("Executed in part"), "executed": N_("Executed"),
}  # fmt: skip
KIND_WORDS: Final = {
    "report": N_("Report"), "task": N_("Task"), "task_done": N_("Task done"), "message": N_("Message"),
    "rhythm": N_("Rhythm"), "note": N_("Note"), "decision": N_("Decision"), "correction": N_("Correction"),
    "measure": N_("Measure"), "file": N_("Payment file"), "fallback": N_("Fallback"),
    "posture": N_("Strain level"),
}  # fmt: skip
BASIS_WORDS: Final = {
    "stated": N_("as stated in the report"),
    "overdue": N_("the stated return has passed: its repair time from now on"),
    "law": N_("its repair time in the model, given how long it has lasted"),
    "long": N_("it has lasted longer than its repair time in the model: as long again, with a wide range"),
    "none": N_("nothing is known: one day, one in ten over a week"),
}
BRIDGE_WORDS: Final = {"buffer_empty": N_("buffer runs empty"), "standby_empty": N_("standby runs empty")}
_HOUR, _DAY = 60, 1440
_LONG: Final = 2 * _DAY  # from here on in days


def name_of(organisation: Organisation, id_: str | None) -> str:
    """Return the name of a record, a dash where there is none."""
    record = organisation.get(id_)
    return str(getattr(record, "name", "") or getattr(record, "code", "")) if record else "–"


def hour(words: Words, moment: dt.datetime, now: dt.datetime) -> str:
    """Return a local hour, with its day where that is another; of an hour that comes twice, which."""
    text = words.time(moment)
    here = local(moment)
    if here.date() != local(now).date():
        day = words.date(moment, "short").split(" ")[0]
        text = f"{day} {here.day}/{here.month} {text}"
    if is_double(moment):
        which = words._("summer time") if here.dst() else words._("winter time")
        text = f"{text} ({which})"
    return text.replace(" ", "\u00a0")


def minutes_before(now: dt.datetime, minutes: int) -> dt.datetime:
    """Return the moment so many minutes before ``now``."""
    return now - dt.timedelta(minutes=minutes)


def hour_typed(moment: dt.datetime) -> str:
    """Return a moment as :func:`~continuity.exercise.moments.read_moment` reads it back."""
    return f"{local(moment):%Y-%m-%d %H:%M}"


def countdown(words: Words, moment: dt.datetime, now: dt.datetime) -> str:
    """Return how long it is to a moment, or how long ago."""
    minutes = round((moment - now).total_seconds() / 60)
    if abs(minutes) >= _LONG:
        minutes = round(minutes / _HOUR) * _HOUR
    if minutes < 0:
        return words._("{time} ago", time=words.duration(-minutes, coarse=True))
    return words._("in {time}", time=words.duration(minutes, coarse=True)) if minutes else words._("now")


def span(words: Words, when: Span, now: dt.datetime) -> str:
    """Return a range to the hour at best: how long it is, and which hours that are."""
    low, high = when.p10 // _HOUR, -(-max(when.p90, 1) // _HOUR)
    if high <= 1:
        length = words._("within the hour")
    elif when.p90 - when.p10 <= _HOUR:
        length = words._("about {time}", time=words.duration(round(when.p50 / _HOUR) * _HOUR))
    elif when.p10 < _HOUR and high * _HOUR > _DAY:
        length = words._("within {time}", time=words.duration(-(-when.p90 // _DAY) * _DAY))
    elif high * _HOUR <= _LONG:
        length = words._("{low}–{high} h", low=low, high=high)
    else:
        first, last = when.p10 // _DAY, -(-when.p90 // _DAY)
        length = words._("{low}–{high} d", low=first, high=last)
    begins, ends = (now + dt.timedelta(minutes=m) for m in (when.p10, when.p90))
    return f"{length} ({_hours(words, begins, ends, now)})"


def _hours(words: Words, begins: dt.datetime, ends: dt.datetime, now: dt.datetime) -> str:
    """Whole hours around the range, the day said once where it is the same."""
    first = begins.replace(minute=0, second=0, microsecond=0)
    last = max(ends + dt.timedelta(minutes=59), first + dt.timedelta(hours=1))
    last = last.replace(minute=0, second=0, microsecond=0)
    if local(first).date() == local(last).date():
        return f"{hour(words, first, now)}–{words.time(last)}"
    return f"{hour(words, first, now)} – {hour(words, last, now)}"


def share(words: Words, part: float) -> str:
    """Return how many of ten futures, in words that do not pretend to more."""
    if part >= 0.995:
        return words._("in all runs")
    if part <= 0.005:
        return words._("in no run")
    tenths = min(9, max(1, round(part * 10)))
    return words._("in {n} runs of 10", n=tenths)


def risk(words: Words, one: PayRisk, now: dt.datetime) -> str:
    """Return how sure a pay day is, in words."""
    if one.file == "executed":
        return words._("Executed")
    if one.file == "receipt_unknown" and one.reported:
        return words._("Not known: receipt unknown")
    if one.due <= now and one.late:
        return words._("Overdue: not paid")
    if one.late >= 0.995:
        return words._("Late in all runs")
    if one.late <= 0.005:
        return words._("On time in all runs")
    return words._("Late in {n} runs of 10", n=min(9, max(1, round(one.late * 10))))


def strain(words: Words, code: str) -> str:
    """Return the word of a strain level."""
    return words._(STRAIN[code]) if code in STRAIN else code


def refusal(words: Words, problem: Problem, level: str) -> Problem:
    """Return why a fallback is refused, the strain level named in place of a scenario."""
    return replace(problem, facts={**problem.facts, "scenario": strain(words, level)})


def subject(organisation: Organisation, payload: Mapping[str, Any]) -> str:
    """Return what a report is about."""
    element = str(payload.get("element", ""))
    return name_of(organisation, element) if element else str(payload.get("words", "")) or "–"


def entry(words: Words, organisation: Organisation, row: Row, now: dt.datetime) -> tuple[str, str]:
    """Return the kind of an entry and what it says, in one line."""
    _, payload = words._, row.payload
    kind = _(KIND_WORDS.get(row.kind, row.kind))
    match row.kind:
        case "report":
            text = _report(words, organisation, payload, now)
        case "task":
            text = _joined(payload.get("what"), payload.get("who"), _by(words, payload.get("due"), now))
        case "task_done":
            kind = kind if payload.get("done", True) else _("Task open again")
            text = _("task of entry {n}", n=payload["task"])
        case "message":
            kind = _(WAY_WORDS.get(str(payload.get("way")), row.kind))
            text = _joined(payload.get("channel"), payload.get("party"), payload.get("text"))
        case "rhythm":
            parts = [
                f"{_(word)} {hour(words, dt.datetime.fromisoformat(payload[name]), now)}"
                for name, word in RHYTHM_WORDS.items()
                if payload.get(name)
            ]
            text = ", ".join(parts)
        case "decision":
            text = _joined(*(payload.get(name) for name in ("decision", "who", "why", "options")))
        case "correction":
            withdrawn = _("withdrawn") if payload.get("withdrawn") else ""
            about = _("of entry {n}", n=payload.get("corrects"))
            text = _joined(about, withdrawn, payload.get("text"))
        case "measure":
            use = _("in use") if payload.get("on", True) else _("no longer in use")
            text = _joined(name_of(organisation, payload.get("measure")), use)
        case "file":
            text = _joined(_pay_day(words, organisation, payload), _(FILE_WORDS[str(payload["state"])]))
        case "fallback":
            use = _("decided") if payload.get("on", True) else _("no longer decided")
            name = name_of(organisation, payload.get("fallback"))
            text = _joined(_pay_day(words, organisation, payload), name, use)
        case "posture":
            text = strain(words, str(payload.get("strain")))
        case _:
            text = str(payload.get("text", ""))
    return kind, text


def _report(words: Words, organisation: Organisation, payload: Mapping[str, Any], now: dt.datetime) -> str:
    _ = words._
    state = _(STATE_WORDS.get(str(payload.get("state")), "–"))
    if payload.get("state") == "reduced":
        known = f"{words.level(int(payload['level']))}" if payload.get("level") else _("level not known")
        state = f"{state} ({known})"
    happened = payload.get("happened")
    since = hour(words, dt.datetime.fromisoformat(happened), now) if happened else ""
    again = _("corrects entry {n}", n=payload["corrects"]) if payload.get("corrects") else ""
    extra = str(payload.get("words", "")) if payload.get("element") else ""
    trust = _(TRUST_WORDS.get(str(payload.get("trust", "likely")), "–")).lower()
    return _joined(
        f"{subject(organisation, payload)}: {state.lower()}",
        since,
        trust,
        payload.get("source"),
        extra,
        again,
    )


def _pay_day(words: Words, organisation: Organisation, payload: Mapping[str, Any]) -> str:
    day = words.date(dt.date.fromisoformat(str(payload["nominal"])), "short")
    return f"{name_of(organisation, payload.get('stream'))}, {day}"


def _by(words: Words, due: object, now: dt.datetime) -> str:
    return words._("by {hour}", hour=hour(words, dt.datetime.fromisoformat(str(due)), now)) if due else ""


def _joined(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)
