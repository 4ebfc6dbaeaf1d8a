"""A run in sentences: people in need first, then payees, then SEK; causes and reasons in plain words."""

from __future__ import annotations

import math
from collections.abc import Callable

from continuity import messages
from continuity.model.kinds import Event, Fallback, Measure, Record, Scenario, Stage, Stream
from continuity.model.local_time import local_time
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.simulation.result import Cause, Comparison, Estimate, Paired, Proportion, RunMeta, RunResult
from continuity.words import N_, _, current, ngettext
from ui.runs.outcome import Outcome, meta_of
from ui.shown import name_of

#: Beginning of the codes of scenarios that the question "what if this is lost?" has made.
LOSS = "LOSS-"
_HALF_A_PERSON = 0.5
_RARE = 0.05

#: Cause → sentence; {name} is the element.
CAUSES: dict[str, str] = {
    "outage": N_("{name} is knocked out"),
    "failure": N_("{name} fails by itself"),
    "staff": N_("{name}: too few people"),
    "buffer_empty": N_("{name}: the buffer was not enough"),
    "standby_empty": N_("{name}: the standby was not enough"),
    "below_threshold": N_("{name} is below the level that is needed"),
    "late_stage": N_("{name} is done too late"),
    "black_start": N_("{name} waits for its black start"),
    "restart_lag": N_("{name} is restarting"),
    "backlog": N_("{name}: cases wait undecided"),
}

#: State of the payment file → what it is called.
FILE_STATES: dict[str, str] = {
    "not_made": N_("file not made"),
    "made": N_("file made, not sent"),
    "sent": N_("file sent"),
    "receipt_unknown": N_("file sent, receipt unknown"),
    "received": N_("file received, not executed"),
    "executed": N_("file executed"),
    "part_executed": N_("file executed in part"),
    "usable": N_("the payee can use the money"),
}


# --- figures ------------------------------------------------------------------------------------


def about(value: float) -> str:
    """Return a number of people rounded for reading: three figures that count."""
    if abs(value) < 1000:
        return current().number(round(value))
    step = 10 ** (int(math.log10(abs(value))) - 2)
    return current().number(round(value / step) * step)


def sek(value: float) -> str:
    """Return an amount rounded for reading: three figures that count below a million."""
    if 1000 <= abs(value) < 999_500:
        step = 10 ** (int(math.log10(abs(value))) - 2)
        value = round(value / step) * step
    return current().sek(value)


def amount(kronor: float, payees: float) -> str:
    """Return what ``payees`` are paid together; an amount that nobody has stated is not known."""
    return _("amount not known") if payees and not kronor else current().sek(kronor)


def people(value: float) -> str:
    """Return a number of people, short in tight places: ``558 000``, ``1,25 mn``."""
    if abs(value) < 999_500:
        return about(value)
    million = value / 1_000_000
    return _("{number} m", number=current().number(million, 1 if abs(million) >= 10 else 2))


def share(value: float) -> str:
    """Return a share 0-1 as per cent."""
    return current().percent(value)


def share_range(estimate: Estimate) -> str:
    """Return the middle eight of ten runs of a share, or an empty text where they are alike."""
    low, high = current().percent(estimate.p10), current().percent(estimate.p90)
    return "" if low == high else _("{low} to {high}", low=low, high=high)


def interval(proportion: Proportion) -> str:
    """Return the 95 % interval of a proportion."""
    words = current()
    return _("{low} to {high}", low=words.percent(proportion.low), high=words.percent(proportion.high))


def days(value: float) -> str:
    """Return a number of days with one decimal where it counts."""
    whole = round(value)
    if abs(value - whole) < 0.05:
        return ngettext("{n} day", "{n} days", whole)
    return _("{days} days", days=current().number(value, 1))


# --- sentences ----------------------------------------------------------------------------------


def headline(outcome: Outcome) -> str:
    """Return the outcome in one or two sentences: who in need waits, with and without measures."""
    if isinstance(outcome, Comparison):
        return _compared(outcome)
    return in_need(outcome)


def in_need(result: RunResult) -> str:
    """Return who in need waits for money, in one sentence."""
    head = result.headline
    limit = ngettext("{n} day", "{n} days", head.hardship_days)
    if head.in_need_payees == 0:
        return _("No payment to people in need falls due in the time that was run.")
    if head.in_need_unpaid.mean < _HALF_A_PERSON:
        return _("Nobody in need waits more than {limit} for their money.", limit=limit)
    return _(
        "{people} people in need wait more than {limit} for their money; the longest wait is {wait}.",
        people=about(head.in_need_unpaid.mean),
        limit=limit,
        wait=days(head.longest_wait_days.mean),
    )


def _compared(outcome: Comparison) -> str:
    without, with_ = outcome.without.headline, outcome.with_.headline
    limit = ngettext("{n} day", "{n} days", without.hardship_days)
    if outcome.between:
        return _(
            "In the version “{name}” {without} people in need wait more than {limit} for their money; "
            "as it is now {with_}.",
            name=outcome.between[0],
            without=about(without.in_need_unpaid.mean),
            with_=about(with_.in_need_unpaid.mean),
            limit=limit,
        )
    if max(without.in_need_unpaid.mean, with_.in_need_unpaid.mean) < _HALF_A_PERSON:
        return _(
            "Nobody in need waits more than {limit} for their money, with or without the measures.",
            limit=limit,
        )
    return _(
        "Without measures {without} people in need wait more than {limit} for their money; "
        "with them {with_}.",
        without=about(without.in_need_unpaid.mean),
        with_=about(with_.in_need_unpaid.mean),
        limit=limit,
    )


_PAYEES_OWN = N_("Own benefits on time: {payees} of the payees; the amounts are not known.")
_PAYEES_OTHERS = N_("On behalf of others: {payees} of the payees; the amounts are not known.")


def on_time(result: RunResult) -> str:
    """Return the shares of payees and SEK paid on time, own and on behalf of others."""
    head, words = result.headline, current()
    parts = []
    for side, told in ((head.own, _PAYEES_OWN), (head.others, _PAYEES_OTHERS)):
        if side.payees and not side.sek:
            parts.append(_(told, payees=words.percent(side.payees_on_time.mean)))
    if head.own.payees and head.own.sek:
        parts.append(
            _(
                "Own benefits on time: {payees} of the payees, {sek} of the money.",
                payees=words.percent(head.own.payees_on_time.mean),
                sek=words.percent(head.own.sek_on_time.mean),
            )
        )
    if head.others.payees and head.others.sek:
        parts.append(
            _(
                "On behalf of others: {payees} of the payees, {sek} of the money.",
                payees=words.percent(head.others.payees_on_time.mean),
                sek=words.percent(head.others.sek_on_time.mean),
            )
        )
    return " ".join(parts)


def paired_people(paired: Paired) -> tuple[str, str]:
    """Return a difference in people in words, and its interval."""
    return _difference(paired, about, N_("{number} fewer"), N_("{number} more"))


def paired_share(paired: Paired) -> tuple[str, str]:
    """Return a difference of shares in percentage points in words, and its interval."""

    def points(value: float) -> str:
        return current().number(100 * value, 1)

    return _difference(paired, points, N_("{number} points lower"), N_("{number} points higher"))


def _difference(paired: Paired, shown: Callable[[float], str], fewer: str, more: str) -> tuple[str, str]:
    def said(value: float) -> str:
        return _(fewer if value < 0 else more, number=shown(abs(value)))

    low, high = sorted((paired.low, paired.high), key=abs)
    if low * high > 0:  # one direction, told by the mean
        ends = shown(abs(low)), shown(abs(high))
    else:
        ends = said(low), said(high)
    return said(paired.mean), _("95 %: {low} to {high}", low=ends[0], high=ends[1])


def leading(causes: tuple[Cause, ...], most: int) -> list[Cause]:
    """Return the causes worth telling: without the rare ones where there are others."""
    common = [c for c in causes if c.share >= _RARE]
    return (common or list(causes))[:most]


def cause(organisation: Organisation, found: Cause, result: RunResult) -> str:
    """Return a cause as a sentence with its time and its share of the runs."""
    return _(
        "{what} from {when}, in {share} of the cases",
        what=cause_short(organisation, found),
        when=when(result.meta, found.minute),
        share=current().percent(found.share),
    )


def cause_short(organisation: Organisation, found: Cause) -> str:
    """Return a cause without time and share."""
    template = CAUSES.get(found.code)
    name = element_name(organisation, found.element)
    return _(template, name=name) if template else f"{name}: {found.code}"


def element_name(organisation: Organisation, id_: str) -> str:
    """Return what ``id_`` is called; a stage with what does it."""
    record = organisation.get(id_)
    if isinstance(record, Stage):
        return _("{stage} ({element})", stage=record.name, element=name_of(organisation.get(record.element)))
    return name_of(record) or _("something no longer in the model")


def when(meta: RunMeta, minute: float) -> str:
    """Return a minute of the run as a date and hour."""
    return current().datetime(local_time(meta.start, round(minute)), "short")


def after(minute: float) -> str:
    """Return a minute of the run as time since the start."""
    if minute < 1:
        return _("at once")
    return _("T + {time}", time=current().duration(minute, coarse=True))


def refusal(organisation: Organisation, code: str, stream: str, fallback: str, scenario: str) -> str:
    """Return why a fallback is not allowed."""
    plan = organisation.of(Fallback, fallback)
    facts: dict[str, object] = {
        "fallback": name_of(plan),
        "stream": name_of(organisation.get(stream)),
        "scenario": name_of(organisation.get(scenario)),
        "law": plan.legal_basis if plan else "",
        "owner": getattr(organisation.of(Stream, stream), "owner_agency", ""),
    }
    return messages.sentence(
        Problem(code, "warning", "fallback", fallback, plan.code if plan else "", facts=facts)
    )


def how_soon(minute: float) -> str:
    """Return how soon after the start something happens: ``at once``, ``after 3 h``."""
    if minute < 1:
        return _("at once")
    return _("after {time}", time=current().duration(minute, coarse=True))


# --- what was run -------------------------------------------------------------------------------


def scenario_name(organisation: Organisation, meta: RunMeta) -> str:
    """Return the scenario of a run by name, or its code where it is gone."""
    scenario = organisation.of(Scenario, meta.scenario)
    if scenario is None:
        return meta.scenario_code
    return _loss_name(organisation, scenario) or scenario.name


def _loss_name(organisation: Organisation, scenario: Scenario) -> str:
    """Return what a quick loss is called in the language spoken now; an empty text for any other."""
    events = organisation.parts(scenario.id, Event) if scenario.code.startswith(LOSS) else ()
    element = organisation.get(events[0].elements[0]) if len(events) == 1 and events[0].elements else None
    return _("{name} is lost", name=name_of(element)) if element is not None else ""


def measures_said(organisation: Organisation, ids: tuple[str, ...]) -> str:
    """Return the measures that are on, in few words."""
    if not ids:
        return _("no measures")
    if len(ids) == 1:
        found: Record | None = organisation.of(Measure, ids[0])
        return name_of(found) or _("one measure")
    return ngettext("{n} measure", "{n} measures", len(ids))


def what_was_run(organisation: Organisation, outcome: Outcome) -> str:
    """Return scenario, start, measures and size of a run in one line."""
    meta, words = meta_of(outcome), current()
    parts = [
        scenario_name(organisation, meta),
        _("from {start}", start=words.datetime(meta.start)),
        measures_said(organisation, meta.measures),
        ngettext("{n} day", "{n} days", meta.horizon_days),
        ngettext("{n} replication", "{n} replications", meta.replications),
    ]
    return " · ".join(parts)
