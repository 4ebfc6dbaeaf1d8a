"""What a run means: what breaks when, who is missed and last, what fallbacks gave, needed against achieved.

Facts in order of weight, as plain data: ids, numbers and codes; sentences are made by those who show them.
A comparison tells both sides: the figures are those without the measures, ``with_`` those with them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from continuity.analysis.gaps import GapFact, gaps
from continuity.model.kinds import Function, Stream
from continuity.model.kinds.payments import IN_NEED
from continuity.model.organisation import Organisation
from continuity.simulation.result import (
    Cause,
    Comparison,
    Estimate,
    FunctionResult,
    Paired,
    PayDayResult,
    Proportion,
    RunResult,
)

#: Shares of runs below this are left out of the facts (they stay in the result).
RARE = 0.005


@dataclass(frozen=True, slots=True)
class FunctionFact:
    """How one function breaks. Minutes; shares of the runs 0-1; None: nothing is demanded or it did not."""

    function: str
    down: float  # share of runs in which it was below its MBCO
    first_down: float | None  # median minute
    rto: int | None
    achieved: float  # nine of ten longest outages are shorter
    rto_breach: float | None
    mtpd: int | None
    mtpd_breach: float | None
    mtpd_breach_at: float | None  # median minute
    causes: tuple[Cause, ...]
    mtpd_breach_with: float | None  # the same with the measures
    achieved_with: float | None


@dataclass(frozen=True, slots=True)
class PayDayFact:
    """How one pay day goes."""

    stream: str
    nominal: dt.date
    date: dt.date
    in_need: bool
    own: bool
    payees: int
    on_time: float  # mean share of the payees
    unpaid: float  # payees not on time, mean
    late_days: float  # of those
    person_days: float  # payees times days late, mean
    fallback: str | None  # used in the most runs
    fallback_share: float
    refused: tuple[tuple[str, tuple[str, ...]], ...]  # fallback, why it may not be used
    gap: float  # payees that perfect foresight would have paid on time
    causes: tuple[Cause, ...]
    on_time_with: float | None
    late_days_with: float | None


@dataclass(frozen=True, slots=True)
class StreamFact:
    """How one stream fares over the run; the first is missed most, the last paid last."""

    stream: str
    in_need: bool
    own: bool
    payees: int  # that fall due in the run
    person_days: float  # payees times days late, mean
    worst_date: dt.date | None  # the pay day with the longest wait
    longest_days: float
    person_days_with: float | None


@dataclass(frozen=True, slots=True)
class FallbackFact:
    """What one fallback gave over all pay days."""

    fallback: str
    stream: str
    used: float  # activations per run
    needless: float
    too_late: float
    payees: float  # paid on time by it, per run
    refusals: tuple[str, ...]  # why it may not be used in this scenario
    blocked: tuple[tuple[str, float], ...]  # times per run that it was blocked, by reason


@dataclass(frozen=True, slots=True)
class Findings:
    """What a run, or a comparison of two, means."""

    run: str  # id
    scenario: str
    measures: tuple[str, ...]
    compared: bool
    in_need_unpaid: Estimate
    in_need_unpaid_with: Estimate | None
    gain: Paired | None  # people in need unpaid, with minus without
    functions: tuple[FunctionFact, ...]  # by median minute at which MTPD is broken, then share
    pay_days: tuple[PayDayFact, ...]  # people in need first, then by payees times days late
    streams: tuple[StreamFact, ...]
    last: str | None  # the stream that is paid last
    fallbacks: tuple[FallbackFact, ...]
    gaps: tuple[GapFact, ...]


def findings(organisation: Organisation, result: RunResult | Comparison) -> Findings:
    """Return what ``result`` means for ``organisation``."""
    compared = isinstance(result, Comparison)
    run = result.without if isinstance(result, Comparison) else result
    with_ = result.with_ if isinstance(result, Comparison) else None
    streams = _streams(organisation, run, with_)
    return Findings(
        run=(with_ or run).meta.id,
        scenario=run.meta.scenario,
        measures=(with_ or run).meta.measures,
        compared=compared,
        in_need_unpaid=run.headline.in_need_unpaid,
        in_need_unpaid_with=with_.headline.in_need_unpaid if with_ else None,
        gain=result.in_need_unpaid if isinstance(result, Comparison) else None,
        functions=_functions(organisation, run, with_),
        pay_days=_pay_days(organisation, run, with_),
        streams=streams,
        last=_last(streams),
        fallbacks=_fallbacks(run),
        gaps=gaps(organisation),
    )


# --- functions ----------------------------------------------------------------------------------


def _functions(
    organisation: Organisation, run: RunResult, with_: RunResult | None
) -> tuple[FunctionFact, ...]:
    later = {f.element: f for f in with_.functions} if with_ else {}
    found = [
        _function(organisation.of(Function, f.element), f, later.get(f.element))
        for f in run.functions
        if f.down.share >= RARE
    ]
    return tuple(sorted(found, key=_weight_of_function))


def _weight_of_function(fact: FunctionFact) -> tuple[float, float, float, str]:
    breach = fact.mtpd_breach or 0.0
    if breach >= RARE and fact.mtpd_breach_at is not None:
        return 0, fact.mtpd_breach_at, -breach, fact.function
    return 1, fact.first_down or 0.0, -fact.down, fact.function


def _function(record: Function | None, found: FunctionResult, later: FunctionResult | None) -> FunctionFact:
    return FunctionFact(
        function=found.element,
        down=found.down.share,
        first_down=_median(found.first_down),
        rto=record.rto if record else None,
        achieved=found.longest_down.p90,
        rto_breach=_share(found.rto_breach),
        mtpd=record.mtpd if record else None,
        mtpd_breach=_share(found.mtpd_breach),
        mtpd_breach_at=_median(found.mtpd_breach_at),
        causes=found.causes,
        mtpd_breach_with=_share(later.mtpd_breach) if later else None,
        achieved_with=later.longest_down.p90 if later else None,
    )


def _median(estimate: Estimate | None) -> float | None:
    return estimate.p50 if estimate else None


def _share(proportion: Proportion | None) -> float | None:
    return proportion.share if proportion else None


# --- pay days -----------------------------------------------------------------------------------

_Key = tuple[str, dt.date]


def _by_key(run: RunResult | None) -> dict[_Key, PayDayResult]:
    return {(d.stream, d.nominal): d for d in run.pay_days} if run else {}


def _pay_days(organisation: Organisation, run: RunResult, with_: RunResult | None) -> tuple[PayDayFact, ...]:
    later = _by_key(with_)
    found = [
        _pay_day(organisation.of(Stream, d.stream), d, later.get((d.stream, d.nominal)))
        for d in run.pay_days
        if d.on_time.mean <= 1 - RARE
    ]
    return tuple(sorted(found, key=_weight_of_day))


def _weight_of_day(fact: PayDayFact) -> tuple[bool, float, float, dt.date, str]:
    return not fact.in_need, -fact.person_days, -fact.unpaid, fact.date, fact.stream


def _pay_day(record: Stream | None, found: PayDayResult, later: PayDayResult | None) -> PayDayFact:
    most = max(found.fallbacks, key=lambda f: f.used.hits, default=None)
    used = most.used.share if most else 0.0
    return PayDayFact(
        stream=found.stream,
        nominal=found.nominal,
        date=found.date,
        in_need=bool(record and record.livelihood in IN_NEED),
        own=bool(record and record.own),
        payees=found.payees,
        on_time=found.on_time.mean,
        unpaid=found.payees * (1 - found.on_time.mean),
        late_days=found.late_days.mean,
        person_days=person_days(found),
        fallback=most.fallback if most and used else None,
        fallback_share=used,
        refused=tuple((f.fallback, f.refusals) for f in found.fallbacks if f.refusals),
        gap=found.foresight_gap.mean,
        causes=found.causes,
        on_time_with=later.on_time.mean if later else None,
        late_days_with=later.late_days.mean if later else None,
    )


# --- streams and fallbacks ----------------------------------------------------------------------


def person_days(day: PayDayResult) -> float:
    """Return the mean of payees times days late on ``day``."""
    return day.person_days.mean if day.person_days else 0.0


def _streams(organisation: Organisation, run: RunResult, with_: RunResult | None) -> tuple[StreamFact, ...]:
    later = _per_stream(with_) if with_ else {}
    found = []
    for id_, days in _per_stream(run).items():
        record = organisation.of(Stream, id_)
        worst = max(days, key=lambda d: person_days(d) / max(1, d.payees))
        missed = worst.on_time.mean < 1
        found.append(
            StreamFact(
                stream=id_,
                in_need=bool(record and record.livelihood in IN_NEED),
                own=bool(record and record.own),
                payees=sum(d.payees for d in days),
                person_days=sum(map(person_days, days)),
                worst_date=worst.date if missed else None,
                longest_days=worst.late_days.mean if missed else 0.0,
                person_days_with=sum(map(person_days, later[id_])) if id_ in later else None,
            )
        )
    return tuple(sorted(found, key=lambda s: (not s.in_need, -s.person_days, s.stream)))


def _per_stream(run: RunResult) -> dict[str, list[PayDayResult]]:
    found: dict[str, list[PayDayResult]] = {}
    for day in run.pay_days:
        found.setdefault(day.stream, []).append(day)
    return found


def _last(streams: tuple[StreamFact, ...]) -> str | None:
    late = [s for s in streams if s.longest_days > 0]
    return max(late, key=lambda s: (s.longest_days, s.person_days)).stream if late else None


def _fallbacks(run: RunResult) -> tuple[FallbackFact, ...]:
    found: dict[tuple[str, str], list[float]] = {}
    refusals: dict[tuple[str, str], tuple[str, ...]] = {}
    blocked: dict[tuple[str, str], dict[str, float]] = {}
    for day in run.pay_days:
        for use in day.fallbacks:
            key = (use.fallback, day.stream)
            sums = found.setdefault(key, [0.0] * 4)
            gave = (use.used.share, use.needless.share, use.too_late.share, use.payees.mean)
            found[key] = [a + b for a, b in zip(sums, gave, strict=True)]
            refusals[key] = use.refusals
            times = blocked.setdefault(key, {})
            for code, share in use.blocked:
                times[code] = times.get(code, 0.0) + share
    facts = [
        FallbackFact(
            *key, sums[0], sums[1], sums[2], sums[3], refusals[key], tuple(sorted(blocked[key].items()))
        )
        for key, sums in found.items()
    ]
    return tuple(sorted(facts, key=lambda f: (-f.payees, -f.used, f.fallback, f.stream)))
