"""Rules about payment streams, their stages and fallbacks."""

from __future__ import annotations

from collections.abc import Iterator

from continuity.model.kinds import Fallback, Measure, Stage, Stream
from continuity.model.kinds.payments import REACHES
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.model.rules.said import said

_FIXED = "FIX"


def streams_have_days_and_stages(organisation: Organisation) -> Iterator[Problem]:
    """A stream says when it is paid, to how many, and by which stages."""
    for stream in organisation.all(Stream):
        if not stream.pay_days:
            yield said("no-pay-days", "error", stream, "pay_days")
        elif (total := sum(day.share for day in stream.pay_days)) != 1000:
            yield said("shares-not-whole", "error", stream, "pay_days", total=total)
        if not organisation.parts(stream.id, Stage):
            yield said("no-stages", "error", stream)
        if not stream.own and not stream.owner_agency:
            yield said("no-owner-agency", "warning", stream, "owner_agency")


def stages_end_with_the_payee(organisation: Organisation) -> Iterator[Problem]:
    """States of the file only go forward, and the last stage is money that can be used."""
    order = [state for state in REACHES if state not in ("none", "stop")]
    for stream in organisation.all(Stream):
        states = [s.reaches for s in organisation.parts(stream.id, Stage) if s.reaches in order]
        if states and states != sorted(states, key=order.index):
            yield said("states-out-of-order", "error", stream)
        if states and states[-1] != "usable":
            yield said("not-to-the-payee", "warning", stream)


def streams_have_fallbacks(organisation: Organisation) -> Iterator[Problem]:
    """A stream has a fallback, and only such as are legal for it."""
    for stream in organisation.all(Stream):
        if not stream.fallbacks:
            yield said("no-fallback", "warning", stream, "fallbacks")
        for id_ in stream.fallbacks:
            fallback = organisation.of(Fallback, id_)
            if fallback and stream.id not in fallback.streams:
                facts = {"fallback": fallback.name, "law": fallback.legal_basis}
                yield said("fallback-not-legal", "error", stream, "fallbacks", **facts)


def fallbacks_have_law_and_copy(organisation: Organisation) -> Iterator[Problem]:
    """A fallback says by which law, who decides, and from which verified copy it pays."""
    for fallback in organisation.all(Fallback):
        if not fallback.legal_basis:
            yield said("no-legal-basis", "error", fallback, "legal_basis")
        if fallback.decider is None:
            yield said("no-decider", "warning", fallback, "decider")
        if fallback.kind in ("execute", "early") and fallback.copy is None:
            yield said("no-verified-copy", "warning", fallback, "copy")
        if fallback.kind == "certificate" and fallback.precondition == "peace":
            yield said("certificate-in-peace", "error", fallback, "precondition")
        if fallback.kind == "certificate" and not (fallback.counter and fallback.counter.in_force):
            yield said("no-counter", "warning", fallback, "counter")
        if fallback.kind == "execute" and fallback.enabled and not fallback.needs_ruling:
            yield from _repeats_without_decision(organisation, fallback)


def _repeats_without_decision(organisation: Organisation, fallback: Fallback) -> Iterator[Problem]:
    for id_ in fallback.streams:
        stream = organisation.of(Stream, id_)
        if stream and stream.entitlement != _FIXED:
            yield said("repeat-without-law", "error", fallback, "streams", stream=stream.name)


def measures_have_owner_and_date(organisation: Organisation) -> Iterator[Problem]:
    """A measure that is decided has an owner and a date; what is not in the model yet changes something."""
    for measure in organisation.all(Measure):
        if measure.status == "decided" and (measure.owner is None or measure.due is None):
            yield said("measure-without-owner", "warning", measure, "owner")
        if not measure.changes and measure.status != "existing":
            yield said("measure-changes-nothing", "warning", measure, "changes")


RULES = (
    streams_have_days_and_stages,
    stages_end_with_the_payee,
    streams_have_fallbacks,
    fallbacks_have_law_and_copy,
    measures_have_owner_and_date,
)
