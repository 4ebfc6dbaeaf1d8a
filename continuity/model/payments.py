"""Which fallback is allowed for a stream in a scenario, and why not; who confirms a stopped file.

A refusal is a :class:`Problem` whose code is kept in results (snake case) and whose facts fill its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from continuity.model.kinds import Contact, Element, Fallback, Role, Scenario, Stage, Stream
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem

#: Benefits on which SFB 112:4 forbids interim decisions, by their Swedish and English names.
_NO_INTERIM = re.compile(
    r"ålderspension|inkomstpension|tilläggspension|premiepension|garantipension|allmän pension|efterlevande"
    r"|änkepension|barnpension|omställningspension|adoptionsbidrag|bilstöd|särskilt pensionstillägg"
    r"|old-age pension|income pension|guarantee(d)? pension|survivor|adoption allowance"
    r"|car (support|allowance)|special pension supplement",
    re.IGNORECASE,
)


def refusals(
    organisation: Organisation, scenario: Scenario, stream: Stream, fallback: Fallback
) -> tuple[Problem, ...]:
    """Return every reason why ``fallback`` may not be used for ``stream`` in ``scenario``; none: it may."""
    codes = (*_switches(stream, fallback), *_law(scenario, stream, fallback), *_means(organisation, fallback))
    return tuple(obstacle(organisation, scenario, stream, fallback, code) for code in codes)


def obstacle(
    organisation: Organisation, scenario: Scenario, stream: Stream, fallback: Fallback, code: str
) -> Problem:
    """Return the problem for ``code``: of a refusal, or of what blocked the fallback in some runs."""
    if code == "receipt_unknown":
        return receipt_unknown(organisation, stream)
    facts: dict[str, object] = {
        "fallback": fallback.name or fallback.code,
        "stream": stream.name or stream.code,
        "scenario": scenario.name or scenario.code,
        "law": fallback.legal_basis,
        "owner": stream.owner_agency,
    }
    return Problem(code, "warning", "fallback", fallback.id, fallback.code, "", "", facts)


def _switches(stream: Stream, fallback: Fallback) -> Iterator[str]:
    if not fallback.enabled:
        yield "not_switched_on"
    if fallback.needs_ruling:
        yield "needs_ruling"
    if fallback.kind == "early" and not fallback.standing:
        yield "early_not_standing"
    if not stream.own and not fallback.owner_consent:
        yield "no_owner_consent"


def _law(scenario: Scenario, stream: Stream, fallback: Fallback) -> Iterator[str]:
    war = scenario.strain == "war"
    regulation = war or "benefit_regulation" in scenario.decrees
    ordered = regulation or "government_order" in scenario.decrees
    if stream.id not in fallback.streams:
        yield "not_legal_for_stream"
    if fallback.kind == "interim" and _NO_INTERIM.search(f"{stream.name} {stream.benefit}"):
        yield "interim_forbidden"
    if fallback.kind == "execute" and stream.entitlement != "FIX" and not regulation:
        yield "repeat_without_law"
    if fallback.kind == "certificate" and not regulation:
        yield "certificate_in_peace"
    elif fallback.kind == "order" and not ordered:
        yield "order_in_peace"
    elif fallback.precondition == "war" and not war:
        yield "no_war"
    elif fallback.precondition == "regulation" and not (ordered if fallback.kind == "order" else regulation):
        yield "no_regulation"


def _means(organisation: Organisation, fallback: Fallback) -> Iterator[str]:
    copy, counter = fallback.copy, fallback.counter
    needed = [organisation.of(Element, id_) for id_ in fallback.elements]
    if not all(element is not None and element.in_use for element in needed):
        yield "element_not_in_use"
    if fallback.kind == "execute" and copy is None:
        yield "no_copy"
    elif copy is not None and not copy.present:
        yield "copy_not_readable"
    if fallback.kind == "certificate" and counter is None:
        yield "no_counter"
    elif counter is not None and not counter.in_force:
        yield "counter_not_in_force"


def stop_stage(organisation: Organisation, stream: Stream) -> Stage | None:
    """Return the stage by which the bank confirms that a sent file was stopped, where one is in use."""
    for stage in organisation.parts(stream.id, Stage):
        element = organisation.of(Element, stage.element)
        if stage.reaches == "stop" and element is not None and element.in_use:
            return stage
    return None


def who_confirms_stop(organisation: Organisation, stream: Stream) -> tuple[Role | Contact, ...]:
    """Return whom to ring when the receipt of a file is unknown: role, then contacts, of the stop stage."""
    stage = stop_stage(organisation, stream)
    element = organisation.of(Element, stage.element) if stage else None
    role = organisation.of(Role, element.owner) if element else None
    if role is None:
        return ()
    return (role, *(c for c in organisation.all(Contact) if c.role == role.id))


def receipt_unknown(organisation: Organisation, stream: Stream) -> Problem:
    """Return the problem that says that no second file may go out, and whom to ring first."""
    rung = who_confirms_stop(organisation, stream)
    stage = stop_stage(organisation, stream)
    facts = {
        "stream": stream.name or stream.code,
        "who": ", ".join(r.name for r in rung[:1]),
        "stage": stage.name if stage else "",
    }
    code = "receipt_unknown" if rung else "receipt_unknown_nobody"
    return Problem(code, "warning", "stream", stream.id, stream.code, facts=dict(facts))
