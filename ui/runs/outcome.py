"""What a run gave: one result, or two on the same draws. Small questions about either."""

from __future__ import annotations

from collections.abc import Iterable

from continuity.model.kinds import Stream
from continuity.model.kinds.payments import IN_NEED
from continuity.model.organisation import Organisation
from continuity.simulation.request import RunRequest
from continuity.simulation.result import Cause, Comparison, PayDayResult, RunMeta, RunResult
from continuity.words import _

Outcome = RunResult | Comparison

#: From which share of the payees on a pay day counts as wholly on time, and below which as not at all.
ALL_PAID, NONE_PAID = 0.9995, 0.0005


def main_result(outcome: Outcome) -> RunResult:
    """Return the result by which an outcome goes: of a comparison the one with measures."""
    return outcome.with_ if isinstance(outcome, Comparison) else outcome


def results(outcome: Outcome) -> tuple[RunResult, ...]:
    """Return the results of ``outcome``: without and with measures, or the only one."""
    return (outcome.without, outcome.with_) if isinstance(outcome, Comparison) else (outcome,)


def meta_of(outcome: Outcome) -> RunMeta:
    """Return what was run."""
    return main_result(outcome).meta


def side_names(outcome: Outcome | None) -> tuple[str, str]:
    """Return what the two sides of a comparison are called."""
    if isinstance(outcome, Comparison) and outcome.between:
        return _("Version “{name}”", name=outcome.between[0]), _("As it is now")
    return _("Without measures"), _("With measures")


def request_of(outcome: Outcome) -> RunRequest:
    """Return the request that makes ``outcome`` again from the model as it is now."""
    from continuity.model.local_time import local_time

    meta = meta_of(outcome)
    return RunRequest(
        scenario=meta.scenario,
        measures=meta.measures,
        compare=isinstance(outcome, Comparison) and not outcome.between,
        start=local_time(meta.start, 0).date(),
        horizon_days=meta.horizon_days,
        replications=meta.replications,
        seed=meta.seed,
    )


def state_of_share(share: float) -> str:
    """Return the state of a pay day by the share of payees paid on time: full, reduced or lost."""
    return "full" if share >= ALL_PAID else "lost" if share <= NONE_PAID else "reduced"


def share_on_time(days: Iterable[PayDayResult]) -> float | None:
    """Return the share of the payees of ``days`` paid on time, or None where there are none."""
    listed = list(days)
    payees = sum(day.payees for day in listed)
    return sum(day.payees * day.on_time.mean for day in listed) / payees if payees else None


def unpaid(day: PayDayResult) -> float:
    """Return how many payees of ``day`` are not paid on time, in the mean."""
    return day.payees * (1 - day.on_time.mean)


def fallback_share(day: PayDayResult) -> float:
    """Return the share of the payees who are paid on time only because of a fallback."""
    covered = sum(use.payees.mean for use in day.fallbacks) / day.payees if day.payees else 0.0
    return max(0.0, min(covered, day.on_time.mean))


def people_late(day: PayDayResult, in_need: frozenset[str]) -> float:
    """Return person-days of lateness of ``day`` for streams in ``in_need``, else 0."""
    return unpaid(day) * day.late_days.mean if day.stream in in_need else 0.0


def streams_in_need(organisation: Organisation) -> frozenset[str]:
    """Return the ids of the streams of livelihood classes 1-2."""
    return frozenset(s.id for s in organisation.all(Stream) if s.livelihood in IN_NEED)


def all_causes(result: RunResult) -> list[tuple[str, Cause]]:
    """Return (what suffers, cause) over functions and pay days, the most frequent causes first."""
    found = [(f.element, cause) for f in result.functions for cause in f.causes]
    found += [(p.stream, cause) for p in result.pay_days for cause in p.causes]
    return sorted(found, key=lambda pair: -pair[1].share)
